from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    name = "programs"
    verbose_name = _("The Table")

    def ready(self) -> None:
        from catalogue import kinds as entry_kinds
        from network.choices import Role
        from network.roles import open_model
        from programs import cases, desk, import_case, import_desk, notices  # noqa: F401 - they register what they know
        from programs.entries import ProjectEntries

        entry_kinds.register(ProjectEntries())
        open_model("programs.project", "view", "add", "change", to=(Role.ADMINISTRATOR, Role.TABLE_EDITOR))
        open_model("programs.importbatch", "view", to=(Role.ADMINISTRATOR, Role.TABLE_EDITOR, Role.REVIEWER))
