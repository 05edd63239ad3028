"""From a raw record to a row that says what was understood, what is wrong with it, and what will become of it."""

import re
from dataclasses import dataclass, field

from core.forms.fields import shows
from programs.importing import annex, dates, money, websites
from programs.importing.cleaning import cleaned, plain
from programs.importing.dates import Dates, NotADate
from programs.importing.folding import fold, one_line
from programs.importing.records import Formula, Raw, ReadRow, TypedYear, Understood, Value
from programs.importing.vocabulary import Vocabulary

LONG_TEXTS = (
    *(
        "description",
        "objectives",
        "implementation_strategy",
        "population_served",
        "human_resources",
        "financial_resources",
    ),
    *("non_financial_resources", "results", "lessons_learned", "information_source"),
)
NAMES = ("title", "title_original", "region", "website", "institution", "partner_or_funder", "funding_source")
REQUIRED = (
    ("title", "title"),
    ("type", "category"),
    ("country", "country"),
    ("area", "area"),
    ("theme", "theme"),
    ("description", "description"),
)
DATES = ("start", "end", "period")
_LANGUAGES = {
    "es": "es|espanol|spanish|castellano|espanhol|espagnol|spa",
    "en": "en|ingles|english|anglais|eng",
    "pt": "pt|pt br|portugues|portuguese|portugais|por",
    "fr": "fr|frances|french|francais|fra",
}
_LANGUAGE = {name: code for code, names in _LANGUAGES.items() for name in names.split("|")}
_LONGEST = 200_000
_PERMANENT = re.compile(r"^T-?(\d{3,9})$", re.IGNORECASE)
_THEME_CODE = re.compile(r"^[A-Z]{3}-\d{1,2}$")


@dataclass
class Judge:
    """Reads record after record of one file and remembers what was seen, to tell a record that comes twice."""

    vocabulary: Vocabulary
    text_limit: int = 40_000
    title_limit: int = 300
    seen: dict[int, dict] = field(default_factory=dict)

    def judge(self, raw: Raw) -> ReadRow:
        """The row as understood."""
        row = ReadRow(
            "import", raw.row, raw.line, raw.sheet, raw.block, raw.hidden, extra=raw.extra, written=raw.written
        )
        if raw.ignored:
            row.action = "ignore"
            return row
        reading = Reading(raw, self.vocabulary)
        row.title_seen = "" if raw.fault == "missing_heading_block" else reading.title
        row.formulas = [raw.headings.get(f, f) for f, value in raw.fields.items() if isinstance(value, Formula)]
        if fault := raw.fault or ("formula_without_result" if row.formulas else ""):
            row.action, row.reasons = "reject", [fault]
            row.cells = reading.cells()
            return row
        reading.understand()
        row.lengths = self._too_long(reading)
        row.values, row.cells = reading.values, reading.cells()
        row.reasons = reading.reasons + (["description_too_long"] if row.lengths else [])
        self._decide(row, reading)
        return row

    def _decide(self, row: ReadRow, reading: "Reading") -> None:
        if row.reasons:
            row.action = "reject"
            return
        first = self.seen.setdefault(reading.same(), row.place)
        if first is not row.place and first != row.place:
            row.action = "skip_duplicate"
            row.repeats = ReadRow("import", **first)
            return
        row.normalised, row.warnings = reading.normalised(), reading.warnings
        row.action = "import_with_warning" if row.warnings else "import"

    def _too_long(self, reading: "Reading") -> dict[str, int]:
        limits = {
            **dict.fromkeys(LONG_TEXTS, self.text_limit),
            **dict.fromkeys(NAMES, self.title_limit),
            "website": 500,
        }
        return {
            f: len(reading.texts.get(f, "")) for f, limit in limits.items() if len(reading.texts.get(f, "")) > limit
        }


class Reading:
    """One record: its texts cleaned, its names and dates recognised."""

    def __init__(self, raw: Raw, vocabulary: Vocabulary):
        self.raw, self.vocabulary = raw, vocabulary
        self.texts: dict[str, str] = {}
        self.reasons: list[str] = []
        self.warnings: list[str] = []
        self.values: dict = {}
        self.mended = False
        self.money = money.Money()
        for name, value in raw.fields.items():
            self.texts[name] = self._clean(name, value)
        for name in NAMES:
            if name in self.texts:
                self.texts[name] = one_line(self.texts[name])
        self.title = self.texts.get("title", "")

    def understand(self) -> None:
        """Recognise everything; what cannot be recognised gives a reason."""
        self._split_area_and_theme()
        missing = [
            f for f, _code in REQUIRED if not self.texts.get(f) and not (f == "country" and self.texts.get("region"))
        ]
        self.reasons += [f"missing_{code}" for f, code in REQUIRED if f in missing]
        self._names()
        self._dates()
        self._money()
        self.values |= {f: self.texts.get(f, "") for f in (*NAMES, *LONG_TEXTS)}
        self._details()
        if any(isinstance(value, TypedYear) for value in self.raw.fields.values()):
            self.warnings.append("year_as_date")
        if self.mended:
            self.warnings.append("possible_mojibake")

    def normalised(self) -> dict:
        """Exactly the keys and values of the expected outcome."""
        v = self.values
        said = {
            "title": v["title"],
            "category": self.vocabulary.type_names.get(v["type"], v["type"]),
            "country": v["countries"][0] if len(v["countries"]) == 1 else v["countries"],
            "start": v["start"],
            "end": v["end"],
            "area": annex.AREAS.get(v["area"], v["area"]),
            "theme": annex.THEMES.get(v["theme"], v["theme"]),
        }
        if self.money.currency:
            said |= {"amount": self.money.amount, "currency": self.money.currency}
        return said | ({"ongoing": True} if v["ongoing"] else {})

    def same(self) -> int:
        """Title, country and start, folded: two records that agree in them are the same one."""
        places = tuple(sorted(self.values["countries"])) or fold(self.values["region"])
        return hash((fold(self.title) or self.title, places, self.values["start"]))

    def cells(self) -> dict[str, Understood]:
        """Each column: what was written and what was understood."""
        told = {}
        for name, value in self.raw.fields.items():
            code = self.values.get({"country": "countries"}.get(name, name), self.texts.get(name, ""))
            understood = "; ".join(code) if isinstance(code, list) else str(code)
            told[name] = Understood(self.raw.headings.get(name, name), str(value), understood)
        return told

    def _clean(self, name: str, value: Value) -> str:
        if isinstance(value, Formula):
            return ""
        if isinstance(value, float):
            value = f"{value:.10f}".rstrip("0").rstrip(".")
        if len(str(value)) > _LONGEST:
            return str(value)  # far over every limit: rejected with its length
        text, damaged = cleaned(str(value), links=name in ("information_source", "website"))
        self.mended = self.mended or damaged
        says_nothing = len(text) < 40 and dates.is_nothing(text, is_date=name in DATES)
        return "" if says_nothing or not shows(text) else text

    def _split_area_and_theme(self) -> None:
        both = self.texts.get("area_theme", "")
        if both and not self.texts.get("area") and not self.texts.get("theme"):
            self.texts["area"], self.texts["theme"] = self.vocabulary.area_and_theme(both) or (both, "")
        if not self.texts.get("area") and _THEME_CODE.match(self.texts.get("theme", "")):
            theme = self.vocabulary.theme(self.texts["theme"])  # the code of a theme names its area
            self.texts["area"] = self.vocabulary.theme_area.get(theme, "")

    def _names(self) -> None:
        words, texts, values = self.vocabulary, self.texts, self.values
        values["type"] = words.type(texts.get("type", "")) or ""
        values["countries"] = words.countries_in(texts["country"]) if texts.get("country") else []
        if texts.get("type") and not values["type"]:
            self.reasons.append("unknown_category")
        if texts.get("country") and not values["countries"]:
            self.reasons.append("country_not_member")
        self._area_and_theme()

    def _area_and_theme(self) -> None:
        area = self.vocabulary.area(self.texts.get("area", "")) or ""
        written = self.texts.get("theme", "")
        themes = self.vocabulary.themes_in(written) if written else []
        if written and not themes:
            pair = self.vocabulary.area_and_theme(written)  # `Empleo: Servicios de empleo`
            theme = self.vocabulary.theme(pair[1]) if pair and self.vocabulary.area(pair[0]) == area else None
            themes = [theme] if theme else []
        self.values |= {"area": area, "theme": themes[0] if themes else "", "further_themes": themes[1:]}
        if written and not themes:
            self.reasons.append("unknown_theme")
        elif themes and self.texts.get("area") and self.vocabulary.theme_area.get(themes[0]) != area:
            self.reasons.append("theme_not_in_area")

    def _dates(self) -> None:
        try:
            found = self._span()
        except NotADate:
            self.values |= {"start": "", "end": "", "ongoing": False}
            self.reasons.append("invalid_date")
            return
        self.values |= {"start": found.start, "end": found.end, "ongoing": found.ongoing}
        if found.start and found.end:
            start, end = dates.comparable(found.start, found.end)
            if end < start:
                self.reasons.append("end_before_start")
        if not found.start:
            self.warnings.append("missing_start")

    def _span(self) -> Dates:
        """The dates of the columns Start, End and Period, which may say the same thing once."""
        fields = self.raw.fields
        first = dates.span(_cell(fields, "start")) if self.texts.get("start") else Dates()
        period = dates.span(_cell(fields, "period")) if self.texts.get("period") else Dates()
        if not first.start and not first.end and not first.ongoing:
            first = period
        end, ongoing = dates.one(_cell(fields, "end")) if self.texts.get("end") else ("", False)
        if ongoing and first.end or end and first.ongoing or (end and first.end and end != first.end):
            raise NotADate("two endings")
        return Dates(first.start, end or first.end, ongoing or first.ongoing)

    def _money(self) -> None:
        fields, texts = self.raw.fields, self.texts
        source = "financial_resources" if texts.get("financial_resources") else "amount"
        countries = self.values["countries"]
        if texts.get(source):
            heading = self.raw.headings.get(source, "")
            currency, times = money.heading_hint(heading)
            own = money.currency_of(texts.get("currency", ""), countries) or currency
            value = fields[source] if isinstance(fields[source], int | float) else texts[source]
            self.money = money.read(value, countries=countries, currency=own, times=times)
            if currency or times > 1:  # the amount alone would not say what the heading says
                texts[source] = f"{one_line(plain(heading)).rstrip(':')}: {texts[source]}"
        if source == "amount" and texts.get("amount"):
            texts["financial_resources"] = one_line(f"{texts['amount']} {texts.get('currency', '')}")
        if self.money.warning:
            self.warnings.append(self.money.warning)

    def _details(self) -> None:
        texts = self.texts
        permanent = _PERMANENT.match(texts.get("permanent_id", ""))
        website = websites.of_cell(texts.get("website", ""))
        if website.warning:
            self.warnings.append(website.warning)
        self.values |= {
            "amount": self.money.amount,
            "currency": self.money.currency,
            "website": website.address
            if texts.get("website")
            else websites.of_source(texts.get("information_source", "")),
            "website_left": website.left,
            "language": _LANGUAGE.get(fold(texts.get("language", "")), ""),
            "permanent_id": f"T-{int(permanent[1]):06d}" if permanent else "",
        }


def _cell(fields: dict[str, Value], name: str) -> Value:
    """A number stays a number; a text is cleaned of HTML and broken letters."""
    value = fields[name]
    if isinstance(value, str) and len(value) > _LONGEST:
        raise NotADate("far too long")
    return value if isinstance(value, int | float) else cleaned(value)[0]
