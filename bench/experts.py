"""Experts with their published profile, in numbers, and their entries, written by the catalogue's own code."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from random import Random

from django.db import connection, transaction
from django.utils.text import slugify

from bench.batches import set_up, write_experts
from bench.copying import Table, raise_sequence
from bench.entries import BATCH, PROCESSES, count_anew
from bench.programs import BUSY, SEED, ministries
from bench.texts import RARE_WORD, Writer
from experts.choices import Level, Shown, Stated
from experts.entries import KEY
from experts.models import Expert, ProfileRevision
from network.models import Country, User
from taxonomy.choices import Modality, Profession
from taxonomy.models import Theme

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
OTHERS = [code for code in Profession.values if code != Profession.OFFICIAL]
LANGUAGES = ("es", "pt", "fr", "en")


class Experts:
    """Yields the rows of experts number `first` to `last`, each number always the same."""

    def __init__(self):
        self.institutions = ministries()
        self.countries = list(Country.objects.order_by("number").values_list("iso2", "languages"))
        self.weights = [BUSY.get(code, 1) for code, _ in self.countries]
        self.themes = list(Theme.objects.order_by("number").values_list("code", flat=True))
        self.theme_weights = [1 + 6 / place for place in range(1, len(self.themes) + 1)]
        self.random = Random(SEED)
        self.writer = Writer(self.random)

    def rows(self, first: int, last: int) -> Iterator[tuple[dict, dict]]:
        """(expert, profile) for each number."""
        for number in range(first, last + 1):
            self.random.seed(SEED + number)
            profile = self._profile(number)
            yield self._expert(number, profile), profile

    def _profile(self, number: int) -> dict:
        random, writer = self.random, self.writer
        home, languages = random.choices(self.countries, self.weights)[0]
        language = languages[0] if languages and languages[0] in writer.words else "en"
        submitted = NOW - timedelta(minutes=random.randint(1, 450_000))
        rare = f" {RARE_WORD.capitalize()}." if number % 100 == 7 else ""
        known = {language, *random.choices(LANGUAGES, k=random.choice((0, 1, 1, 2)))}
        return {
            "id": number, "expert_id": number, "state": "submitted", "is_open": False, "language": language,
            "submitted_at": submitted, "saved_at": submitted, "created_at": submitted,
            "name": f"{writer.name()} {writer.name()} {number}",
            # officials on 35 % and Portuguese on a fifth of the profiles: some 7 % have both
            "profession": Profession.OFFICIAL if random.random() < 0.35 else random.choice(OTHERS),
            "position": random.choice(writer.words[language]["subjects"])[:200],
            "institution_id": self.institutions[home], "residence_id": home,
            "countries": sorted({home, *(code for code, _ in random.choices(self.countries, k=random.randint(0, 4)))}),
            "theme_lines": [
                {"theme": code, "level": random.choice(Level.values)}
                for code in dict.fromkeys(random.choices(self.themes, self.theme_weights, k=random.randint(1, 4)))
            ],
            "languages": [code for code in LANGUAGES if code in known],
            "modalities": sorted(set(random.choices(Modality.values, k=random.randint(1, 3)))),
            "biography": writer.text(language, 6) + rare,
            "publications": [{"title": writer.title(language), "year": 2020} for _ in range(random.randint(0, 3))],
            "activities": [
                {"title": writer.title(language), "year": 2021, "country": home, "role": ""} for _ in range(random.randint(0, 3))
            ],
        }  # fmt: skip

    def _expert(self, number: int, profile: dict) -> dict:
        published = profile["submitted_at"]
        return {
            "id": number, "user_id": number, "slug": f"{slugify(profile['name'])[:100]}", "published_id": number, "version": 1,
            "first_published_at": published, "published_at": published, "created_at": published,
            "confirmed_on": published.date(), "registry_consent": "yes", "shown": list(Shown.values),
            "availability": self.random.choices(Stated.values, (5, 3, 2))[0], "notice_weeks": 3,
        }  # fmt: skip


def account(profile: dict) -> dict:
    """Whoever has none is asked nothing."""
    number = profile["id"]
    return {"id": number, "email": f"expert{number}@bench.example", "name": profile["name"], "password": "!"}


def copy_experts(experts: Experts, first: int, last: int) -> None:
    """Write experts `first` to `last` with their account, which cannot sign in, and their submitted profile."""
    batch = list(experts.rows(first, last))
    with transaction.atomic():
        list(Table(User).copy(account(profile) for _, profile in batch))
        list(Table(Expert).copy(expert for expert, _ in batch))
        list(Table(ProfileRevision).copy(profile for _, profile in batch))


def add_experts(first: int, last: int, advance) -> None:
    """Experts number `first` to `last` and their entries, two batches at a time; calls advance(how many) as it goes."""
    ministries()  # before two processes look for them
    batches = [(low, min(low + BATCH - 1, last)) for low in range(first, last + 1, BATCH)]
    if len(batches) < 3:
        for low, high in batches:
            advance(write_experts(low, high))
    else:
        connection.close()
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(PROCESSES, mp_context=spawn, initializer=set_up) as pool:
            for written in pool.map(write_experts, *zip(*batches, strict=True)):
                advance(written)
    raise_sequence(User)
    raise_sequence(Expert)
    raise_sequence(ProfileRevision)
    count_anew(KEY)
