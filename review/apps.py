from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "review"

    def ready(self):
        from network.choices import Role
        from network.roles import open_model
        from review import notices  # noqa: F401 - registers its kinds of notice

        for model in ("case", "event", "seal"):
            open_model(f"review.{model}", "view", to=(Role.REVIEWER, Role.ADMINISTRATOR))
        open_model("review.kindsetting", "view", to=(Role.REVIEWER,))
        open_model("review.kindsetting", "view", "change", to=(Role.ADMINISTRATOR,))
