"""The repeated parts of Annex I as dataclasses: one checks each line of a JSON list on a ProjectRevision."""

from dataclasses import dataclass

from core.lines import Line


@dataclass(frozen=True)
class BudgetLine(Line):
    """Annex I, financial resources: amounts are decimals in text, `currency` ISO 4217, `year` a number."""

    source: str = ""
    budgeted: str | None = None
    executed: str | None = None
    currency: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Evaluation(Line):
    """Annex I, results: `kind` internal or external."""

    kind: str = ""
    year: int | None = None
    by: str = ""
    findings: str = ""


@dataclass(frozen=True)
class Partner(Line):
    """Who else takes part: `role` is a code of PartnerRole, `country` ISO 3166-1 alpha-2."""

    name: str = ""
    role: str = ""
    country: str = ""


PARTS = {"budget": BudgetLine, "evaluations": Evaluation, "partners": Partner}


def lines(revision, name: str) -> list[Line]:
    """The lines of one repeated part, as dataclasses."""
    return [PARTS[name].from_row(row) for row in getattr(revision, name)]
