from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    name = "portfolio"

    def ready(self) -> None:
        from catalogue import kinds as entry_kinds
        from network.choices import Role
        from network.roles import open_model
        from portfolio import cases, desk, notices  # noqa: F401 - they register what they know
        from portfolio.entries import ProgramEntries

        entry_kinds.register(ProgramEntries())
        for model in ("consolidatedprogram", "submission"):
            open_model(f"portfolio.{model}", "view", to=(Role.REVIEWER, Role.ADMINISTRATOR))
