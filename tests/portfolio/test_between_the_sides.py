"""What each side reads of the other, and when: a round reaches the OAS whole, and goes back with its reason."""

import pytest
from django.urls import reverse

from notifications.models import Notice
from portfolio import services, walk
from portfolio.models import ConsolidatedProgram
from review import kinds
from review import services as review
from tests import factories

pytestmark = pytest.mark.django_db
ANSWER = "Casi tres mil personas."


@pytest.fixture
def asked(ana, carla, agency_cl, bruno):
    """The second round of an agency's form: the OAS asked how many; Ana's answer and another objective are written, not sent."""
    sent = services.submit(factories.draft_submission(ana, agency_cl), by=ana)
    case = services.endorse(sent, by=carla).case
    review.draft_question(case, "objectives", "¿Cuántas personas?", by=bruno)
    review.ask(case, by=bruno)
    draft = sent.program.submissions.open().get()
    review.answer_question(draft.case.questions.get(), ANSWER, by=ana)
    services.save_section(draft, by=ana, values={"objectives": "Formar a tres mil personas."})
    draft.refresh_from_db()
    return draft


def page_of(client, case) -> str:
    return client.get(reverse("admin:review_case_change", args=[case.pk])).content.decode()


def test_the_oas_reads_an_answer_when_it_was_submitted_and_endorsed_not_before(asked, ana, carla, bruno, client_of):
    reviewer = client_of(bruno)
    assert ANSWER not in page_of(reviewer, asked.case) and "Not answered yet." in page_of(reviewer, asked.case)
    sent = services.submit(asked, by=ana)
    assert ANSWER not in page_of(reviewer, sent.case)
    services.refuse_endorsement(sent, by=carla, reason="Falta el anexo.")
    assert ANSWER not in page_of(reviewer, sent.case)
    again = services.submit(sent.program.submissions.open().get(), by=ana)
    services.endorse(again, by=carla)
    assert ANSWER in page_of(reviewer, sent.case)


def test_an_earlier_form_shows_no_answer_that_is_not_sent(asked, ana, carla, bruno, client_of):
    """Both who decide read the earlier rounds: what is being written belongs to none of them."""
    first = asked.program.submissions.order_by("number").first()
    where, endorse = (reverse(f"portfolio:{name}", args=[first.pk]) for name in ("submission", "endorse"))
    for reader in (bruno, carla):
        assert ANSWER not in client_of(reader).get(where).text
    late = client_of(carla).post(endorse, {"then": "refuse", "reason": ""})
    assert late.status_code == 403 and ANSWER not in late.text
    assert ANSWER in client_of(ana).get(reverse("portfolio:submission", args=[asked.pk])).text
    services.submit(asked, by=ana)
    assert ANSWER in client_of(carla).get(reverse("portfolio:endorse", args=[asked.pk])).text


def test_the_coordinator_is_told_that_the_statement_on_the_criteria_changed(asked, ana, carla, client_of):
    sent = services.submit(asked, by=ana)
    services.refuse_endorsement(sent, by=carla, reason="Falta la evidencia.")
    draft = sent.program.submissions.open().get()
    services.save_section(
        draft, by=ana, values={"criteria": [{"criterion": "relevance", "statement": "Con evidencia de 2025."}]}
    )
    again = services.submit(sent.program.submissions.open().get(), by=ana)
    page = client_of(carla).get(reverse("portfolio:endorse", args=[again.pk])).text
    assert "1 answer of the form is other than in round 2" in page and "Con evidencia de 2025." in page


def test_a_code_that_the_ministry_takes_out_does_not_come_back_as_the_reviewers(asked, ana, carla, bruno, client_of):
    """What the reviewer's page sends along of the ministry's own ticks is no draft of the reviewer."""
    case = asked.case
    before = kinds.of(case).completion_form(case)
    own = {name: field.own for name, field in before.fields.items()}
    kept = client_of(bruno).post(
        reverse("admin:review_case_change", args=[case.pk]),
        {**own, "completion": "1", "letter": "", "do": "save", "version": case.version, "form_key": "k" * 20},
    )
    assert kept.status_code == 302
    case.refresh_from_db()
    assert not any(case.draft.get(name) for name in own)


def test_an_answer_that_was_never_sent_stays_with_the_institution(asked, ana, bruno, client_of):
    services.withdraw(asked, by=ana)
    assert ANSWER not in page_of(client_of(bruno), asked.case)


def test_both_sides_count_the_same_rounds(asked, ana, carla, bruno, client_of):
    """A round that the coordinator returned never came to the OAS, and has its number all the same."""
    sent = services.submit(asked, by=ana)
    services.refuse_endorsement(sent, by=carla, reason="Falta el anexo.")
    third = services.submit(sent.program.submissions.open().get(), by=ana)
    case = services.endorse(third, by=carla).case
    assert third.round == case.round == 3
    review.draft_question(case, "objectives", "¿Y cuándo?", by=bruno)
    review.ask(case, by=bruno)
    assert "asked in round 3" in page_of(client_of(bruno), case)


def test_the_coordinator_reads_what_was_asked_and_answered_and_what_is_new(asked, ana, carla, client_of):
    sent = services.submit(asked, by=ana)
    page = client_of(carla).get(reverse("portfolio:endorse", args=[sent.pk])).content.decode()
    assert "¿Cuántas personas?" in page and ANSWER in page
    assert "1 answer of the form is other than in round 1:" in page and 'href="#a-objectives"' in page
    assert page.count('id="a-objectives"') == 1


def test_a_first_round_has_nothing_to_be_held_against(ana, agency_cl, carla, client_of):
    sent = services.submit(factories.draft_submission(ana, agency_cl), by=ana)
    page = client_of(carla).get(reverse("portfolio:endorse", args=[sent.pk])).content.decode()
    assert "than in round" not in page and "Questions of the OAS" not in page


def test_what_the_coordinator_returned_says_so_wherever_the_officer_works(ana, agency_cl, carla, client_of):
    sent = services.submit(factories.draft_submission(ana, agency_cl), by=ana)
    services.refuse_endorsement(sent, by=carla, reason="Falta <el> anexo.")
    draft = sent.program.submissions.open().get()
    client = client_of(ana)
    for address in (
        reverse("home:desk"),
        *(reverse(f"portfolio:{name}", args=[draft.pk]) for name in ("tasklist", "check")),
    ):
        assert "Falta &lt;el&gt; anexo." in client.get(address).content.decode(), address
    services.submit(draft, by=ana)
    assert "Falta" not in client.get(reverse("home:desk")).content.decode()


def test_what_was_withdrawn_had_no_decision(victor, ministry_br, client_of):
    sent = services.submit(factories.draft_submission(victor, ministry_br, language="pt"), by=victor)
    services.withdraw(sent, by=victor)
    page = client_of(victor).get(reverse("portfolio:submission", args=[sent.pk])).content.decode()
    assert "The decision is made" not in page and "withdrawn before a decision" in page
    sent.refresh_from_db()
    assert [str(step["words"]) for step in walk.steps(sent)][-1] == "Withdrawn"


@pytest.fixture
def correction(victor, ministry_br, bruno):
    """A correction in review, of a programme whose consent was withdrawn meanwhile."""
    sent = services.submit(factories.draft_submission(victor, ministry_br, language="pt"), by=victor)
    review.approve(sent.case, by=bruno)
    program = ConsolidatedProgram.objects.get()
    corrected = services.submit(services.correct(program, by=victor), by=victor)
    services.withdraw_registry_consent(program, by=victor)
    return corrected


def test_whoever_decides_and_whoever_hears_of_it_know_that_nothing_is_shown(correction, victor, bruno, client_of):
    reviewer = client_of(bruno)
    before = page_of(reviewer, correction.case)
    assert "Withdrawn since: whatever is approved is not shown in public" in before
    assert "which is not shown in public" in before
    review.approve(correction.case, by=bruno)
    after = page_of(reviewer, correction.case)
    assert "The approved text is kept and not shown in public" in after
    assert after.count("published the programme") == before.count("published the programme") == 1
    assert Notice.objects.filter(recipient=victor, kind="portfolio.approved_unlisted").count() == 1
    assert Notice.objects.filter(recipient=victor, kind="portfolio.approved").count() == 1, "the first one"
    own = client_of(victor).get(reverse("portfolio:submission", args=[correction.pk])).content.decode()
    assert own.count("Published.") == 1 and "as the institution wishes" in own


def test_the_reviewer_adds_codes_and_takes_none_of_the_ministrys_away(victor, ministry_br, bruno, client_of):
    draft = factories.draft_submission(
        victor, ministry_br, language="pt", categories=["OSH", "GEN"], themes=["LAB-5", "LAB-6"]
    )
    case = services.submit(draft, by=victor).case
    page = page_of(client_of(bruno), case)
    assert page.count("What the ministry chose stays") == 3
    assert '<input type="hidden" form="case-form" name="categories" value="OSH">' in page
    review.approve(case, by=bruno, completion={"categories": ["SKL"], "themes": ["EMP-3"], "populations": []})
    program = ConsolidatedProgram.objects.get()
    assert set(program.categories) == {"OSH", "GEN", "SKL"} and set(program.themes) == {"LAB-5", "LAB-6", "EMP-3"}
