"""Budgets and spending of an IATI activity: one element for each amount that says its year and currency."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from programs.choices import PartnerRole
from programs.parts import BudgetLine, lines

ORIGINAL = "1"
DISBURSEMENT, EXPENDITURE = "3", "4"
FUNDERS = {PartnerRole.FUNDING, PartnerRole.EXTENDING}


class Money:
    """A period of a budget is a calendar year, the longest that the standard allows."""

    def __init__(self, activity):
        self.activity, self.xml = activity, activity.xml
        self.lines = lines(activity.text, "budget")

    @property
    def currency(self) -> str:
        """The one currency of all amounts, or nothing."""
        named = {line.currency for line in self.lines if line.currency}
        return named.pop() if len(named) == 1 else ""

    def write(self) -> None:
        """Budgets, then transactions, as the schema orders them."""
        for line in self.lines:
            amount = self._amount(line, line.budgeted)
            if amount is not None:
                self._budget(line, amount)
        for line in self.lines:
            amount = self._amount(line, line.executed)
            if amount is not None:
                self._transaction(line, amount)

    def _amount(self, line: BudgetLine, written: str | None) -> str | None:
        """The amount, or None with a remark where the line lacks what the standard wants."""
        if not written:
            return None
        try:
            amount = Decimal(written)
        except InvalidOperation:
            amount = None
        if amount is None or not amount.is_finite() or not line.currency or not _is_year(line.year):
            self.xml.comment(f"an amount is left out: {written} {line.currency}, its year or currency is not known")
            return None
        return f"{amount:f}"

    def _budget(self, line: BudgetLine, amount: str) -> None:
        first, last = date(line.year, 1, 1).isoformat(), date(line.year, 12, 31).isoformat()
        with self.xml.inside("budget", {"type": ORIGINAL}):
            self.xml.element("period-start", attributes={"iso-date": first})
            self.xml.element("period-end", attributes={"iso-date": last})
            self._value(line, amount, first)

    def _transaction(self, line: BudgetLine, amount: str) -> None:
        day = self._day(line.year)
        if day is None:
            self.xml.comment(f"an amount is left out: {amount} {line.currency}, executed in {line.year}, still to come")
            return
        with self.xml.inside("transaction"):
            kind = DISBURSEMENT if line.source and line.source.casefold() in self._funders() else EXPENDITURE
            self.xml.element("transaction-type", attributes={"code": kind})
            self.xml.element("transaction-date", attributes={"iso-date": day.isoformat()})
            self._value(line, amount, day.isoformat())
            with self.xml.inside("description"):
                self.activity.ours(_("Executed in %(year)s; the day is not known.") % {"year": line.year})
            if line.source:
                with self.xml.inside("provider-org"):
                    self.activity.own(line.source)

    def _day(self, year: int) -> date | None:
        """The last day of the year; of a year that was not over when the record was published, that day."""
        published = self.activity.project.published_at.date()
        if year > published.year:
            return None
        return min(date(year, 12, 31), published)

    def _funders(self) -> set[str]:
        partners = lines(self.activity.text, "partners")
        return {partner.name.casefold() for partner in partners if partner.role in FUNDERS}

    def _value(self, line: BudgetLine, amount: str, day: str) -> None:
        self.xml.element("value", amount, {"currency": line.currency, "value-date": day})


def _is_year(year: int | None) -> bool:
    return year is not None and 1000 <= year <= 9999
