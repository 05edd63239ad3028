from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExpertsConfig(AppConfig):
    name = "experts"
    verbose_name = _("Experts")

    def ready(self) -> None:
        from catalogue import kinds as entry_kinds
        from experts.entries import ExpertEntries

        entry_kinds.register(ExpertEntries())
