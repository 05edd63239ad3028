from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortfolioConfig(AppConfig):
    name = "portfolio"
    verbose_name = _("Portfolio")

    def ready(self) -> None:
        from catalogue import kinds as entry_kinds
        from network.choices import Role
        from network.roles import open_model
        from portfolio import cases, desk, notices  # noqa: F401 - they register what they know
        from portfolio.entries import ProgramEntries

        entry_kinds.register(ProgramEntries())
        for model in ("consolidatedprogram", "submission"):
            open_model(f"portfolio.{model}", "view", to=(Role.REVIEWER, Role.ADMINISTRATOR))
