"""Cases in every state and of every registered kind, as a queue would hold them after some years."""

from datetime import timedelta
from random import Random

from django.db import transaction

from bench.copying import Table, raise_sequence
from bench.programs import NOW, SEED
from bench.texts import Writer
from network.models import Country, Institution
from review import kinds
from review.choices import CaseState
from review.models import Case
from taxonomy.models import ProgramCategory, Theme

STATES = {
    CaseState.IN_REVIEW: 10,
    CaseState.QUESTIONS: 5,
    CaseState.ON_HOLD: 2,
    CaseState.APPROVED: 65,
    CaseState.DECLINED: 12,
    CaseState.WITHDRAWN: 6,
}
DECIDED = (CaseState.APPROVED, CaseState.DECLINED)
FOUR = ("es", "pt", "fr", "en")


class Cases:
    """Yields rows of cases, each number always the same."""

    def __init__(self, reviewers: list[int]):
        self.kinds = [kind.key for kind in kinds.registered()] or ["portfolio.submission"]
        self.reviewers = reviewers
        self.countries = list(Country.objects.order_by("pk").values_list("pk", flat=True))
        self.institutions = list(Institution.objects.order_by("pk").values_list("pk", "name")[:200])
        self.themes = list(Theme.objects.values_list("code", flat=True))
        self.categories = list(ProgramCategory.objects.values_list("code", flat=True))
        self.random = Random(SEED)
        self.writer = Writer(self.random)

    def rows(self, first: int, last: int):
        for number in range(first, last + 1):
            self.random.seed(SEED - number)
            yield self._case(number)

    def _case(self, number: int) -> dict:
        random, pick = self.random, self.random.choice
        state = random.choices(list(STATES), STATES.values())[0]
        # one kind fills most of the queue, as submissions do
        kind = self.kinds[-1] if random.random() < 0.8 else pick(self.kinds)
        opened = NOW - timedelta(minutes=random.randint(1, 1_500_000))
        institution, name = pick(self.institutions)
        decided = opened + timedelta(days=random.randint(3, 60)) if state in DECIDED else None
        waits = state in (CaseState.QUESTIONS, CaseState.ON_HOLD)
        return {
            "id": number, "reference": f"INLA-2024-{number:06d}", "kind": kind, "state": state,
            "round": pick((1, 1, 1, 2)), "stream": f"bench:{number}", "title": self.writer.title(pick(FOUR)),
            "language": pick(FOUR), "country": pick(self.countries), "institution_id": institution,
            "institution_name": name, "themes": random.sample(self.themes, 2), "categories": [pick(self.categories)],
            "opened_at": opened, "state_since": decided or opened, "due_at": opened + timedelta(days=30),
            "assignee_id": pick(self.reviewers) if random.random() < 0.6 else None,
            "clock_stopped_at": opened + timedelta(days=4) if waits else None, "decided_at": decided,
            "decided_by_id": pick(self.reviewers) if decided else None,
        }  # fmt: skip


def add_cases(first: int, last: int, reviewers: list[int], advance) -> None:
    """Write cases `first` to `last`; calls advance(how many) as it goes."""
    with transaction.atomic():
        for written in Table(Case).copy(Cases(reviewers).rows(first, last)):
            advance(written)
        raise_sequence(Case)
