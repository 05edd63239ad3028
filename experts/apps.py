from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExpertsConfig(AppConfig):
    name = "experts"
    verbose_name = _("Experts")

    def ready(self) -> None:
        from catalogue import kinds as entry_kinds
        from experts import admin_advice, advice_desk, advice_notices, advice_tasks, answer_cases, cases, desk, notices  # noqa: F401 - they register  # noqa: F401 - what they know
        from experts.answer_entries import AnswerEntries
        from experts.entries import ExpertEntries
        from network.choices import Role
        from network.roles import open_model

        entry_kinds.register(ExpertEntries())
        entry_kinds.register(AnswerEntries())
        open_model("experts.expert", "view", to=(Role.ADMINISTRATOR, Role.REVIEWER))
        open_model("experts.expertinvitation", "view", to=(Role.ADMINISTRATOR,))
        open_model("experts.advicerequest", "view")
