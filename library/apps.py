from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "library"
    verbose_name = _("The library")

    def ready(self) -> None:
        from catalogue import kinds as entry_kinds
        from library import cases, desk, notices  # noqa: F401 - they register what they know
        from library.entries import ItemEntries
        from network.choices import Role
        from network.roles import open_model

        entry_kinds.register(ItemEntries())
        open_model("library.libraryitem", "view", "add", "change", to=(Role.ADMINISTRATOR,))
        open_model("library.libraryitem", "view", to=(Role.REVIEWER,))
