"""Cases as they come in: a complete form of the Chilean agency, endorsed, and a ministry's own."""

import pytest

from portfolio import services as portfolio
from portfolio.models import Submission
from review import services
from tests import factories

ANSWERS = {
    "title": "Formación en el puesto de trabajo",
    "language": "es",
    "contact_name": "Ana Rojas",
    "contact_email": "ana@demo.example",
    "categories": ["SKL"],
    "themes": ["EMP-1"],
    "needs_addressed": "Las empresas no encuentran personal.",
    "description": "La empresa contrata y forma a la persona durante seis meses.",
    "objectives": "Formar a 2.000 personas.",
    "start_year": 2019,
    "ongoing": True,
    "registry_consent": "yes",
    "sharing_commitment": "yes",
}
SKIPPED = (
    "website", "address", "contact_telephone", "contact_fax", "coverage", "populations", "actors", "funding",
    "non_monetary_support", "other_sustainability", "achievements", "lessons_learned", "aspects_to_improve",
    "evaluations", "documents",
)  # fmt: skip


def fill(draft: Submission, **changes) -> Submission:
    """Every question answered or marked, as a person would have left it."""
    for name, value in {**ANSWERS, **changes}.items():
        setattr(draft.program if name.startswith("contact_") else draft, name, value)
    draft.not_applicable = [name for name in SKIPPED if name not in changes]
    draft.program.save()
    draft.save()
    return draft


@pytest.fixture
def ministry_officer(ministry_cl):
    return factories.person("olga@demo.example", name="Olga Silva", roles=[("officer", ministry_cl)])


@pytest.fixture
def submit(ministry_officer, ministry_cl):
    """submit(**answers) -> the open case of a new form of the ministry, which needs no endorsement."""

    def submitted(**answers):
        draft = portfolio.start(ministry_cl, by=ministry_officer, language="es", title="Formación")
        fill(draft, **answers)
        return portfolio.submit(draft, by=ministry_officer).case

    return submitted


@pytest.fixture
def case(submit):
    return submit()


@pytest.fixture
def open_plain(ministry_cl):
    """open_plain(...) -> a case that stands in the queue without a form behind it, for counting and listing."""

    def opened(**fields):
        fields = {"title": "A case", "stream": "case:test", "institution": ministry_cl, "country": "CL", **fields}
        return services.open_case("portfolio.submission", by=None, **fields)

    return opened


@pytest.fixture
def answer(ministry_officer):
    """answer(case, **answers): fill in the next round and send it."""

    def answered(case, **answers):
        draft = case.submissions.get(state="draft")
        fill(draft, **{name: getattr(draft, name) for name in ANSWERS if hasattr(draft, name)} | answers)
        return portfolio.submit(draft, by=ministry_officer).case

    return answered
