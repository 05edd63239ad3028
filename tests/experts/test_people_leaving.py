"""Leaving erases what must be erased, and nothing else."""

import json

import pytest

from accounts.services import persons
from catalogue.models import Departure, Entry
from core.choices import YesNo
from core.errors import WrongState
from experts import services
from experts.models import AdviceRequest, Expert, ExpertInvitation, ExpertMessage, Message, ProfileRevision, Referee
from experts.services.advice import answering
from network.choices import Role
from notifications.models import Notice
from review import events
from review import services as review
from review.models import Case, Event, Question
from tests import factories
from tests.experts.factories import REFEREE, asked, closed, draft_profile, expert, sent_profile
from tests.meanwhile import meanwhile

pytestmark = pytest.mark.django_db
NAME = "Elena Inolvidable"
WORDS = (NAME, "elena@example.org", "Inolvidable", REFEREE["email"], "secreto")


@pytest.fixture
def elena():
    return factories.person("elena@example.org", name=NAME, language="es")


@pytest.fixture
def published(elena, bruno):
    """Published after a round of questions, with a message received, a correction in review, and a question answered."""
    sent = sent_profile(elena, name=NAME, biography="Un secreto a voces", shown=["biography", "position"])
    review.draft_question(sent.case, "biography", f"¿{NAME}, cuál secreto?", by=bruno)
    review.ask(Case.objects.get(pk=sent.case_id), by=bruno)
    review.answer_question(Question.objects.get(), "El secreto mismo", by=elena)
    again = services.submit_profile(ProfileRevision.objects.open().get(), by=elena, consent=True)
    review.add_note(again.case, f"{NAME} es conocida", by=bruno)
    review.approve(Case.objects.get(pk=again.case_id), by=bruno, letter=f"Estimada {NAME}")
    one = Expert.objects.get()
    said = {"name": "Marta", "email": "marta@example.org", "organisation": "", "text": "secreto", "language": "es"}
    services.write_to_expert(one, by=None, origin="x", **said)
    draft = services.correct_profile(one, by=elena)
    services.submit_profile(draft, by=elena, consent=True)
    return one


def everything() -> str:
    """Whatever the database holds of experts, cases, notices, departures and events."""
    models = (
        Expert, ProfileRevision, Referee, ExpertMessage, ExpertInvitation, Case, Question, Entry, Departure, Event, Notice,
    )  # fmt: skip
    rows = [list(model.objects.values()) for model in models]
    rows.append([list(case.notes.values()) for case in Case.objects.all()])
    return json.dumps(rows, default=str, ensure_ascii=False)


def test_leaving_leaves_no_word_and_no_address(published, elena, client):
    address = f"/en/experts/{published.slug}/"
    assert client.get(address).status_code == 200
    services.leave(published, by=elena)
    assert client.get(address).status_code == 404 and client.get(f"/id/{published.permanent_id}").status_code == 404
    kept = everything()
    assert [word for word in WORDS if word in kept] == []
    assert "elena-inolvidable" not in client.get("/en/search/?q=Inolvidable").text


def test_reviewers_are_told_of_a_case_without_the_name_of_whoever_left(published, elena, bruno):
    from notifications import kinds

    def told() -> str:
        return " ".join(
            kinds.render(one).subject + kinds.render(one).body for one in Notice.objects.filter(recipient=bruno)
        )

    assert NAME in told()
    services.leave(published, by=elena)
    assert NAME not in told() and published.permanent_id in told()


def test_the_record_of_who_did_what_stays_whole_without_the_name(published, elena):
    before = Event.objects.of(published.stream).count()
    services.leave(published, by=elena)
    assert Event.objects.of(published.stream).count() > before and events.verify(published.stream)
    assert {case.title for case in Case.objects.filter(stream=published.stream)} == {published.permanent_id}
    assert Case.objects.get(state="approved").decided_by is not None
    assert not Case.objects.open().exists()


def test_others_and_the_persons_account_stay(published, elena, bruno):
    other = expert("Otra Persona", slug="otra")
    services.leave(published, by=elena)
    elena.refresh_from_db()
    assert elena.is_active and elena.name == NAME
    assert other.published and Expert.objects.public().get() == other
    assert not elena.memberships.current().filter(role=Role.EXPERT).exists()


def test_whoever_left_may_come_again_as_new(published, elena):
    services.leave(published, by=elena)
    again = services.begin_profile(by=elena)
    assert again.expert_id != published.pk and again.biography == ""


def test_erasing_the_account_erases_the_profile_too(published, elena, diana, client):
    ana_said = {"name": "E", "email": "Elena@Example.org", "organisation": "", "text": "hola", "language": "es"}
    other = expert("Otra Persona", slug="otra")
    services.write_to_expert(other, by=elena, origin="y", **ana_said)
    persons.erase(elena, by=elena)
    kept = everything()
    assert [word for word in WORDS if word in kept] == []
    assert not ExpertMessage.objects.exists() and not ProfileRevision.objects.filter(expert=published).exists()
    assert client.get(f"/en/experts/{published.slug}/").status_code == 404
    assert Expert.objects.get(pk=published.pk).registry_consent == YesNo.NO


def test_the_copy_of_ones_data_holds_the_profile_whole(published, elena):
    held = persons.export(elena)["experts_network"]
    assert held["number"] == published.permanent_id and len(held["versions"]) == 3
    assert (
        held["versions"][0]["biography"] == "Un secreto a voces" and held["messages_received"][0]["text"] == "secreto"
    )
    json.dumps(held, default=str)


def test_the_copy_of_ones_data_holds_what_one_asked_answered_and_declined(ana, agency_cl):
    one = expert()
    made = closed(ana, agency_cl, one)
    AdviceRequest.objects.update(requester_comment="It helped", expert_comment="Well asked")
    Message.objects.create(request=made, author=ana, side="requester", text="And in the evening?")
    answering.decline(asked(ana, agency_cl, one)[0], by=one.user, reason="No time before May")
    mine = persons.export(ana)["experts_network"]
    asks = mine["questions_asked"][0]
    assert asks["question"] == made.question and asks["tried"] == made.tried
    assert (asks["requester_rating"], asks["requester_comment"], asks["requester_consent"]) == (5, "It helped", "yes")
    assert [row["text"] for row in mine["messages_about_questions"]] == ["And in the evening?"]
    theirs = persons.export(one.user)["experts_network"]
    assert theirs["questions_answered"][0]["expert_comment"] == "Well asked" and not theirs["questions_asked"]
    assert [row["reason"] for row in theirs["questions_offered"]] == ["", "No time before May"]
    assert "By visiting" in theirs["messages_about_questions"][0]["text"]
    kept = json.dumps(theirs, default=str), json.dumps(mine, default=str)
    assert "evening" not in kept[0] and "Well asked" not in kept[1] and "No time" not in kept[1]


def test_erasing_a_reviewer_or_an_inviter_leaves_the_profiles_of_others(published, bruno, ana, agency_cl):
    services.invite_expert("nueva@example.org", "es", agency_cl, by=ana)
    persons.erase(ana, by=ana)
    assert not ExpertInvitation.objects.pending().exists() and Expert.objects.public().count() == 1
    persons.erase(bruno, by=bruno)
    assert Expert.objects.public().count() == 1


def test_a_page_asks_before_it_erases(published, elena, client_of):
    from network.idempotency import new_key

    own = client_of(elena)
    assert "This cannot be undone" in own.get("/en/experts/me/leave/").text and Expert.objects.public().exists()
    assert own.post("/en/experts/me/leave/", {"form_key": new_key()}).url == "/en/desk/"
    assert not Expert.objects.public().exists()


@pytest.mark.django_db(transaction=True)
def test_nobody_leaves_while_their_profile_is_sent_from_another_window(elena):
    draft = draft_profile(elena, name=NAME)
    with pytest.raises(WrongState):
        meanwhile(
            lambda: services.submit_profile(draft, by=elena, consent=True),
            lambda: services.leave(draft.expert, by=elena),
        )
    assert Case.objects.get().is_open and ProfileRevision.objects.filter(case__isnull=False).exists()
    services.leave(draft.expert, by=elena)
    assert not Case.objects.get().is_open
    assert NAME not in everything()
