"""The pages of a request: from the form to the knowledge base, for both sides."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalogue.models import Entry
from core.choices import YesNo
from experts.choices import OfferState, RequestState
from experts.models import AdviceFile, AdviceRequest, Answer, Offer
from experts.services import answers
from network.managers import today
from review import services as review
from tests.access.world import PNG
from tests.experts.factories import QUESTION, accepted, asked, closed, expert, request

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(client_of, form_key):
    def send(user, name, *args, **data):
        return client_of(user).post(reverse(name, args=args), {"form_key": form_key(), **data})

    return send


def sent(**more) -> dict:
    return {**QUESTION, "goes_on": "on", "then": "send", **more}


def test_from_the_form_to_the_knowledge_base(ana, agency_cl, bruno, client_of, post):
    one = expert("Elena Ríos")
    answer = post(ana, "experts:request_new", **sent())
    made = AdviceRequest.objects.get()
    assert answer.url == reverse("experts:request_choose", args=[made.pk])
    page = client_of(ana).get(answer.url).content.decode()
    assert "Elena Ríos" in page and "Has led work on:" in page and "Knows Chile" in page
    assert post(ana, "experts:request_choose", made.pk, expert=one.pk).url == reverse("experts:request", args=[made.pk])
    offer = Offer.objects.get()
    page = client_of(one.user).get(reverse("experts:offer", args=[offer.pk])).content.decode()
    assert QUESTION["question"] in page and "Ana Rojas" in page
    assert post(one.user, "experts:offer", offer.pk, then="accept").url == reverse("experts:request", args=[made.pk])
    post(one.user, "experts:request", made.pk, text="By consent of the household.", then="answer")
    assert (
        "By consent of the household."
        in client_of(ana).get(reverse("experts:request", args=[made.pk])).content.decode()
    )
    post(ana, "experts:request_close", made.pk, outcome="used", rating="5", comment="Good", consent="on")
    post(one.user, "experts:request_close", made.pk, rating="4", consent="on")
    for person in (ana, one.user):
        text = reverse("experts:kept_text", args=[made.pk])
        assert client_of(person).get(text).status_code == 200
        version = Answer.objects.get().revisions.get().version
        post(person, "experts:kept_text", made.pk, title=QUESTION["title"], question=QUESTION["question"],
             reply="By consent of the household.", language="es", country_id="", version=version, then="agree")  # fmt: skip
    case = Answer.objects.get().revisions.get().case
    assert case.kind == "experts.answer" and case.institution is None
    review.approve(case, by=bruno)
    kept = Answer.objects.get()
    page = client_of(ana).get(reverse("experts:answer", args=[kept.slug])).content.decode()
    assert (
        "By consent of the household." in page
        and "Elena" not in page.replace("Elena Ríos", "")
        and agency_cl.name not in page
    )
    listed = client_of(ana).get(reverse("experts:answers")).content.decode()
    assert QUESTION["title"] in listed
    assert QUESTION["title"] in client_of(ana).get(reverse("home:search"), {"q": "inspecting"}).content.decode()
    assert QUESTION["title"] in client_of(ana).get(reverse("experts:answers_feed")).content.decode()


@pytest.fixture
def published(ana, agency_cl, bruno):
    """A request whose answer is public."""
    made = closed(ana, agency_cl, expert("Elena Ríos"))
    text = answers.text_of(made)
    text = answers.agree(text, by=ana, version=text.version)
    text = answers.agree(text, by=made.expert.user, version=text.version)
    review.approve(text.case, by=bruno)
    return made


@pytest.mark.parametrize("side", ["requester", "expert"])
def test_consent_taken_back_by_either_side_leaves_no_trace(published, side, client, post):
    kept = Answer.objects.get()
    address = reverse("experts:answer", args=[kept.slug])
    assert client.get(address).status_code == 200
    person = published.requester if side == "requester" else published.expert.user
    post(person, "experts:request_consent", published.pk, consent="no")
    assert client.get(address).status_code == 404
    assert client.get(f"/id/{kept.permanent_id}").status_code == 404
    assert not Entry.objects.filter(kind="answers").exists()


def test_questions_of_the_oas_open_a_round_to_which_both_agree_anew(ana, agency_cl, bruno, client_of, post):
    made = closed(ana, agency_cl, expert())
    text = answers.text_of(made)
    for person in (ana, made.expert.user):
        text = answers.agree(text, by=person, version=text.version)
    review.draft_question(text.case, "reply", "Which law?", by=bruno)
    review.ask(text.case, by=bruno)
    page = client_of(ana).get(reverse("experts:kept_text", args=[made.pk])).content.decode()
    assert "Which law?" in page
    draft = Answer.objects.get().revisions.get(is_open=True)
    assert draft.round == 2 and not draft.requester_agrees
    question = draft.case.questions.get()
    data = {name: getattr(draft, name) for name in ("title", "question", "reply", "language", "version")}
    post(
        ana, "experts:kept_text", made.pk, **data, country_id="", then="agree", **{f"answer-{question.pk}": "The Code."}
    )
    question.refresh_from_db()
    assert question.answer == "The Code."
    answers.agree(draft, by=made.expert.user, version=draft.version)
    draft.case.refresh_from_db()
    assert draft.case.state == "in_review" and draft.case.round == 2


def test_a_change_of_the_text_asks_the_other_side_again(ana, agency_cl):
    made = closed(ana, agency_cl, expert())
    text = answers.text_of(made)
    text = answers.agree(text, by=made.expert.user, version=text.version)
    text = answers.save_text(text, by=ana, values={"reply": "Shorter."}, version=text.version)
    assert not text.expert_agrees and not text.requester_agrees


def test_names_in_the_text_are_pointed_out(ana, agency_cl, client_of):
    made = closed(ana, agency_cl, expert("Elena Ríos"), question="Ana Rojas of Chile asks what Elena would do.")
    page = client_of(ana).get(reverse("experts:kept_text", args=[made.pk])).content.decode()
    assert "The text holds names" in page
    for name in ("Ana Rojas", "Elena", "Chile"):
        assert name in page.split("The text holds names")[1].split("</p>")[0]


def test_nothing_is_drafted_without_the_consent_of_both(ana, agency_cl):
    made = closed(ana, agency_cl, expert(), consent=False)
    assert answers.text_of(made) is None
    answers.give_consent(made, by=ana)
    assert answers.text_of(made) is None
    assert AdviceRequest.objects.get().requester_consent == YesNo.YES and not Answer.objects.exists()


def test_whoever_is_involved_does_not_decide(ana, agency_cl, bruno, oas):
    from review.permissions import may_act

    made = closed(ana, agency_cl, expert(user=bruno))
    text = answers.text_of(made)
    for person in (ana, bruno):
        text = answers.agree(text, by=person, version=text.version)
    assert not may_act(bruno, text.case)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"needed_by": (today() - timedelta(days=1)).isoformat()}, "This day has passed"),
        ({"needed_by": "31/12/2030"}, "Choose the day"),
        ({"theme_id": ""}, "Choose the theme"),
        ({"question": ""}, "Write the question"),
        ({"title": "x" * 201}, "200"),
        ({"language": "xx"}, "xx"),
    ],
)
def test_a_wrong_answer_is_said_and_nothing_is_kept(ana, agency_cl, post, changes, words):
    answer = post(ana, "experts:request_new", **sent(**changes))
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not AdviceRequest.objects.exists()


def test_a_file_that_cannot_be_taken_is_said_and_nothing_is_kept(ana, agency_cl, post):
    upload = SimpleUploadedFile("run.exe", b"MZ\x90\x00", content_type="application/pdf")
    answer = post(ana, "experts:request_new", **sent(file=upload))
    assert answer.status_code == 422 and not AdviceRequest.objects.exists()


def test_files_open_for_those_who_read_what_they_stand_beside(
    ana, luis, victor, agency_cl, client_of, post, settings, tmp_path
):
    settings.MEDIA_ROOT = str(tmp_path)
    one = expert()
    post(ana, "experts:request_new", **sent(file=SimpleUploadedFile("plan.png", PNG), confidential="on"))
    made, stored = AdviceRequest.objects.get(), AdviceFile.objects.get()
    stored.file.scan_state = "clean"
    stored.file.save()
    address = reverse("experts:request_file", args=[stored.pk])
    assert [client_of(person).get(address).status_code for person in (ana, luis, victor, one.user)] == [
        200,
        404,
        404,
        404,
    ]
    post(ana, "experts:request_choose", made.pk, expert=one.pk)
    assert client_of(one.user).get(address).status_code == 200
    post(one.user, "experts:offer", Offer.objects.get().pk, then="decline")
    assert client_of(one.user).get(address).status_code == 404


def test_too_late_to_accept_is_said_kindly(ana, agency_cl, client_of, post):
    first, second = expert(), expert()
    offers = asked(ana, agency_cl, first, second)
    post(second.user, "experts:offer", offers[1].pk, then="accept")
    answer = post(first.user, "experts:offer", offers[0].pk, then="accept")
    assert answer.status_code == 409 and "Thank you for being ready to help" in answer.content.decode()
    page = client_of(first.user).get(reverse("experts:offer", args=[offers[0].pk])).content.decode()
    assert QUESTION["question"] not in page


def test_pressing_twice_sends_once(ana, agency_cl, client_of, form_key):
    data, client = {**sent(), "form_key": form_key()}, client_of(ana)
    first, second = (client.post(reverse("experts:request_new"), data) for _press in range(2))
    assert first.url == second.url and AdviceRequest.objects.count() == 1


def test_decline_with_a_name_that_nobody_has_says_so(ana, agency_cl, post):
    one = expert()
    offer = asked(ana, agency_cl, one)[0]
    answer = post(one.user, "experts:offer", offer.pk, then="decline", named="E-999999")
    assert answer.status_code == 422 and Offer.objects.get().state == OfferState.ASKED


def test_give_back_withdraw_and_discard(ana, agency_cl, post, client_of):
    one = expert()
    made = accepted(ana, agency_cl, one)
    post(one.user, "experts:request_back", made.pk, reason="Ill")
    assert client_of(one.user).get(reverse("experts:request", args=[made.pk])).status_code == 404
    post(ana, "experts:request_withdraw", made.pk)
    made.refresh_from_db()
    assert made.state == RequestState.WITHDRAWN
    draft = request(ana, agency_cl, sent=False)
    assert client_of(ana).get(reverse("experts:request_withdraw", args=[draft.pk])).status_code == 200
    post(ana, "experts:request_withdraw", draft.pk)
    assert not AdviceRequest.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("name", ["requests", "request_new"])
def test_pages_of_their_own(ana, client_of, name):
    assert client_of(ana).get(reverse(f"experts:{name}")).status_code == 200
