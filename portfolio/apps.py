from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    name = "portfolio"

    def ready(self) -> None:
        from portfolio import desk, notices  # noqa: F401 - they register what they know
        from catalogue import kinds as entry_kinds
        from portfolio import cases  # noqa: F401 - registers its kind of case
        from portfolio.entries import ProgramEntries

        entry_kinds.register(ProgramEntries())
