from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    name = "programs"
    verbose_name = _("The Table")

    def ready(self) -> None:
        from catalogue import kinds as entry_kinds
        from programs import notices  # noqa: F401 - it registers what it knows
        from programs.entries import ProjectEntries

        entry_kinds.register(ProjectEntries())
