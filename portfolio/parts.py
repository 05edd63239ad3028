"""The repeated parts of Annex II as dataclasses: one checks each line of a JSON list on a Submission."""

from dataclasses import dataclass

from core.lines import Line


@dataclass(frozen=True)
class FundingLine(Line):
    """Annex II, IV.a: `amount` is a decimal in text, `currency` ISO 4217, `year` a number; all but the source may be missing."""

    source: str = ""
    amount: str | None = None
    currency: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Evaluation(Line):
    """Annex II, V.d: `kind` internal or external."""

    kind: str = ""
    year: int | None = None
    by: str = ""
    findings: str = ""


@dataclass(frozen=True)
class Actor(Line):
    """Annex II, III.g: `part` design, implementation or both."""

    name: str = ""
    part: str = ""


@dataclass(frozen=True)
class Document(Line):
    """Annex II, VI, cited: `kind` and `shows` are codes of portfolio.choices."""

    kind: str = ""
    title: str = ""
    citation: str = ""
    url: str = ""
    shows: str = ""


@dataclass(frozen=True)
class CriterionStatement(Line):
    """The submitter's own word on one of the four criteria, with evidence. Never blocks."""

    criterion: str = ""
    statement: str = ""
    evidence: str = ""


PARTS = {
    "funding": FundingLine,
    "evaluations": Evaluation,
    "actors": Actor,
    "documents": Document,
    "criteria": CriterionStatement,
}


def lines(submission, name: str) -> list[Line]:
    """The lines of one repeated part, as dataclasses."""
    return [PARTS[name].from_row(row) for row in getattr(submission, name)]
