from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "review"
    verbose_name = _("Review")

    def ready(self):
        from network.choices import Role
        from network.roles import open_model
        from review import desk, notices  # noqa: F401 - they register what they know

        open_model("review.case", "view", to=(Role.REVIEWER, Role.ADMINISTRATOR, Role.MODERATOR))
        open_model("review.kindsetting", "view", "change")
        for model in ("review.event", "review.seal", "notifications.delivery"):
            open_model(model, "view")
