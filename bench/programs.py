"""Programmes with their published form, in numbers: who, where, for whom and since when as one would expect it in life."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from django.db import transaction
from django.utils.text import slugify

from bench.copying import Table, raise_sequence
from bench.texts import RARE_WORD, Writer
from network.choices import InstitutionKind
from network.models import Country, Institution
from portfolio.choices import SubmissionState, YesNo
from portfolio.models import ConsolidatedProgram, Submission
from taxonomy.choices import Coverage, Population
from taxonomy.models import ProgramCategory, Theme

SEED = 20260301
FIRST = 1001  # below it are those written by hand
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
BUSY = {"BR": 12, "MX": 11, "AR": 10, "CO": 8, "CL": 8, "PE": 6, "US": 5, "CA": 5, "UY": 4, "CR": 4}
TEXTS = (
    ("needs_addressed", 4), ("description", 10), ("objectives", 3), ("coverage_text", 1), ("population_text", 2),
    ("actors_text", 1), ("funding_text", 1), ("non_monetary_support", 1), ("other_sustainability", 2),
    ("achievements", 4), ("lessons_learned", 3), ("aspects_to_improve", 2), ("sharing_text", 1),
)  # fmt: skip
CURRENCIES = ("USD", "BRL", "MXN", "CAD", "ARS")


class Programs:
    """Yields the rows of programmes number `first` to `last`, each number always the same."""

    def __init__(self):
        self.institutions = ministries()
        self.countries = list(Country.objects.order_by("number").values_list("iso2", "languages"))
        self.weights = [BUSY.get(code, 1) for code, _ in self.countries]
        self.themes = list(Theme.objects.order_by("number").values_list("code", flat=True))
        self.theme_weights = [1 + 6 / place for place in range(1, len(self.themes) + 1)]
        self.categories = list(ProgramCategory.objects.order_by("number").values_list("code", flat=True))
        self.other_categories = [code for code in self.categories if code != "SKL"]
        self.other_groups = [code for code in Population.values if code != "YOU"]
        self.group_weights = [6 if code in ("WRK", "UNE", "EMP") else 2 for code in self.other_groups]
        self.random = Random(SEED)
        self.writer = Writer(self.random)

    def rows(self, first: int, last: int) -> Iterator[tuple[dict, dict]]:
        """(programme, submission) for each number."""
        for number in range(first, last + 1):
            self.random.seed(SEED + number)
            submission = self._submission(number)
            yield self._program(number, submission), submission

    def _submission(self, number: int) -> dict:
        chance = self.random.random
        country, languages = self.random.choices(self.countries, self.weights)[0]
        language = languages[0] if languages and languages[0] in self.writer.words else "en"
        row = {name: self.writer.text(language, sentences) for name, sentences in TEXTS}
        row["title"] = self.writer.title(language)
        if number % 100 == 7:
            row["description"] += f" {RARE_WORD.capitalize()}."
        if number % 1000 == 7:
            row["title"] = f"{row['title']} · {RARE_WORD}"
        submitted = NOW - timedelta(minutes=self.random.randint(1, 3_000_000))
        return {
            **row, **self._codes(), **self._dates(), **self._parts(language),
            "id": number, "program_id": number, "country": country, "language": language,
            "state": SubmissionState.SUBMITTED, "is_open": False, "reference": f"INLA-2025-{number:06d}",
            "submitted_at": submitted, "saved_at": submitted, "created_at": submitted,
            "website": f"https://programme-{number}.example/" if chance() < 0.6 else "",
            "registry_consent": YesNo.YES, "sharing_commitment": YesNo.YES if chance() < 0.4 else YesNo.NO,
        }  # fmt: skip

    def _codes(self) -> dict:
        pick, chance = self.random.choices, self.random.random
        # SKL on 35 % and young people on 20 % of the records: 7 % carry both
        categories = {"SKL"} if chance() < 0.35 else set()
        populations = {"YOU"} if chance() < 0.20 else set()
        categories.update(pick(self.other_categories, k=1 if not categories or chance() < 0.3 else 0))
        populations.update(
            pick(self.other_groups, self.group_weights, k=pick((0, 1, 2), (3, 4, 2))[0] or not populations)
        )
        themes = set(pick(self.themes, self.theme_weights, k=self.random.choice((1, 1, 2, 3))))
        return {
            "categories": [code for code in self.categories if code in categories],
            "populations": [code for code in Population.values if code in populations],
            "themes": [code for code in self.themes if code in themes],
            "coverage": sorted(set(pick(Coverage.values, (10, 2, 2, 3), k=self.random.choice((1, 1, 1, 2))))),
        }

    def _dates(self) -> dict:
        start = 2026 - int(28 * self.random.random() ** 1.6)
        ongoing = self.random.random() < 0.45
        end = None if ongoing else min(start + self.random.randint(1, 8), 2030)
        month = self.random.randint(1, 12)
        return {"start_year": start, "start_month": month, "end_year": end, "ongoing": ongoing}

    def _parts(self, language: str) -> dict:
        random, writer = self.random, self.writer
        evaluation = {
            "kind": random.choice(("internal", "external")),
            "year": random.randint(2010, 2025),
            "by": writer.name(),
            "findings": writer.sentence(language),
        }
        funding = {
            "source": writer.name(),
            "amount": str(random.randint(10, 9000) * 1000),
            "currency": random.choice(CURRENCIES),
            "year": random.randint(2010, 2025),
        }
        return {
            "evaluations": [evaluation] if random.random() < 0.35 else [],
            "funding": [funding] * random.choice((0, 1, 2)),
            "actors": [{"name": writer.name(), "part": "both"} for _ in range(random.randint(1, 3))],
            "population_number": random.randint(50, 2_000_000) if random.random() < 0.5 else None,
        }

    def _program(self, number: int, submission: dict) -> dict:
        country, published = submission.pop("country"), submission["submitted_at"] + timedelta(days=12)
        return {
            "id": number, "institution_id": self.institutions[country], "country_id": country,
            "slug": f"{slugify(submission['title'])[:100].strip('-')}-{number}", "published_id": number,
            "first_published_at": published, "published_at": published, "created_at": submission["created_at"],
            "confirmed_on": published.date(), "version": 1,
            "contact_name": self.writer.name(), "contact_position": self.writer.words["en"]["subjects"][number % 20],
            "contact_email": f"contact{number}@ministry.example", "contact_telephone": "+1 202 555 0100",
            "registry_consent": submission["registry_consent"], "sharing_commitment": submission["sharing_commitment"],
            "themes": submission["themes"], "categories": submission["categories"],
            "populations": submission["populations"],
        }  # fmt: skip


def ministries() -> dict[str, int]:
    """One ministry for each country; an invented one where the reference data hold none."""
    found: dict[str, int] = {}
    for country in Country.objects.all():
        ministry = country.institutions.filter(kind=InstitutionKind.MINISTRY).order_by("pk").first()
        found[country.pk] = (ministry or Institution.objects.create(
            country=country, kind=InstitutionKind.MINISTRY, name=f"Ministry of labour, {country.label_en}"
        )).pk  # fmt: skip
    return found


def copy_programs(programs: Programs, first: int, last: int) -> None:
    """Write programmes `first` to `last` with their submitted form."""
    batch = list(programs.rows(first, last))
    with transaction.atomic():
        list(Table(ConsolidatedProgram).copy(program for program, _ in batch))
        list(Table(Submission).copy(submission for _, submission in batch))


def raise_sequences() -> None:
    """The next programme and form follow those generated."""
    raise_sequence(ConsolidatedProgram)
    raise_sequence(Submission)
