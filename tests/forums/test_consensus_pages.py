"""The pages of a proposal: who reads them, who takes a position, what a late or careless one is told."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape

from core.errors import NotAllowed
from forums import desk
from forums.choices import Access, Stance
from forums.forms.consensus import ProposalForm
from forums.models import Forum, Position, Proposal
from forums.permissions import may_write
from forums.services import closing, consensus
from network.choices import InstitutionKind, Role
from tests import factories as people
from tests.forums import talk

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>\n[x](javascript:alert(1))"


@pytest.fixture
def proposal(carla):
    return talk.proposal(talk.topic(by=carla, title="Remote inspection"), by=carla, text=HOSTILE)


def page_of(proposal, end: str = "") -> str:
    return f"/en/forums/{proposal.topic.forum.slug}/{proposal.topic.slug}/proposal/{end}"


def new_page(topic) -> str:
    return f"/en/forums/{topic.forum.slug}/{topic.slug}/proposal/new/"


def test_a_visitor_reads_the_proposal_its_hour_with_the_zone_and_the_figures(proposal, pablo, client):
    consensus.take_position(proposal, by=pablo, stance=Stance.CHANGES, text=HOSTILE)
    page = client.get(page_of(proposal))
    assert "(Santiago, UTC−" in page.text and "XXI Conference, 14" in page.text
    assert page.text.count('class="st-changes"') == 2, "in the legend and in the bar"
    assert "COSATE" in page.text and "Sign in to write in this forum." in page.text
    assert "<script>alert" not in page.text and 'href="javascript' not in page.text and "style=" not in page.text


def test_a_position_is_taken_changed_and_read(proposal, pablo, client_of, form_key):
    client = client_of(pablo)
    sent = {"stance": "support", "text": "", "institution": str(pablo.memberships.get().institution_id), "version": 0}
    assert client.post(page_of(proposal, "position/"), {**sent, "form_key": form_key()}).status_code == 302
    sent = {**sent, "stance": "object"}
    answer = client.post(page_of(proposal, "position/"), {**sent, "version": 1, "form_key": form_key()})
    assert answer.status_code == 422 and "Say which changes you ask for" in answer.text
    stale = client.post(page_of(proposal, "position/"), {**sent, "text": "Why", "form_key": form_key()})
    assert stale.status_code == 409
    client.post(page_of(proposal, "position/"), {**sent, "text": "Too soon", "version": 1, "form_key": form_key()})
    page = client.get(page_of(proposal)).text
    assert "Too soon" in page and "What it said before" in page and Position.objects.get().stance == Stance.OBJECT


def test_a_late_position_is_refused_with_the_reason(proposal, pablo, client_of, form_key):
    Proposal.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    answer = client_of(pablo).post(page_of(proposal, "position/"), {"stance": "support", "form_key": form_key()})
    assert answer.status_code == 403 and "This proposal is closed" in answer.text
    assert "Result by constituency" in client_of(pablo).get(page_of(proposal)).text


def test_a_late_position_gets_its_words_back(proposal, pablo, client_of, form_key):
    Proposal.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    sent = {"stance": "changes", "text": "With a longer term\nand a review", "form_key": form_key()}
    answer = client_of(pablo).post(page_of(proposal, "position/"), sent)
    assert answer.status_code == 409 and "This proposal is closed" in answer.text
    assert "Your text, to copy" in answer.text
    assert "With a longer term\nand a review" in answer.text and "Support with changes" in answer.text
    assert not Position.objects.exists()


def test_words_of_an_older_window_come_back(proposal, pablo, client_of, form_key):
    consensus.take_position(proposal, by=pablo, stance=Stance.SUPPORT)
    sent = {"stance": "changes", "text": "With a longer term", "version": "0", "form_key": form_key()}
    sent["institution"] = str(pablo.memberships.get().institution_id)
    answer = client_of(pablo).post(page_of(proposal, "position/"), sent)
    assert answer.status_code == 409 and "another window" in answer.text
    assert "With a longer term" in answer.text and "<h1>Your position is not taken</h1>" in answer.text


def test_a_position_that_waited_while_the_proposal_closed_gets_its_words_back(
    proposal, pablo, client_of, form_key, monkeypatch
):
    def refuse(*_arguments, **_named):
        raise NotAllowed("Closed meanwhile")

    monkeypatch.setattr(consensus, "take_position", refuse)
    house = str(pablo.memberships.get().institution_id)
    sent = {"stance": "object", "text": "Too soon", "institution": house, "version": 0, "form_key": form_key()}
    answer = client_of(pablo).post(page_of(proposal, "position/"), sent)
    assert answer.status_code == 409 and "Closed meanwhile" in answer.text and "Too soon" in answer.text


def test_the_position_of_a_colleague_is_named_before_and_marked_after(proposal, ana, luis, client_of, client):
    house = ana.memberships.get().institution
    assert "has taken a position for" not in client_of(luis).get(page_of(proposal)).text
    consensus.take_position(proposal, by=ana, stance=Stance.OBJECT, text="Too soon for us")
    page = client_of(luis).get(page_of(proposal)).text
    assert f"{ana.name} has taken a position for {escape(house.name)} already: “Object”" in page
    assert "has taken a position for" not in client_of(ana).get(page_of(proposal)).text
    consensus.take_position(proposal, by=luis, stance=Stance.SUPPORT)
    page = client.get(page_of(proposal)).text
    assert page.count("A colleague took a newer position") == 1 and "Too soon for us" in page
    assert "1 position, by constituency" in page
    assert f"{luis.name} has taken a position for" in client_of(ana).get(page_of(proposal)).text
    api = client.get(f"/api/v1/topics/{proposal.topic.permanent_id}/").json()
    assert [line for line in api["proposal"]["result"] if line["constituency"] == "governments"] == [
        {"constituency": "governments", "support": 1, "changes": 0, "object": 0, "abstain": 0}
    ]


def test_who_may_not_write_reads_why(carla, pablo, client_of, form_key):
    where = talk.forum(constituencies=["governments"])
    proposal = talk.proposal(talk.topic(where, by=carla), by=carla)
    page = client_of(pablo).get(page_of(proposal))
    assert (
        "those who write in it are: Governments." in page.text
        and '<form method="post" action="/en/forums' not in page.text
    )
    assert (
        client_of(pablo).post(page_of(proposal, "position/"), {"stance": "support", "form_key": form_key()}).status_code
        == 403
    )


def test_a_proposal_is_put_with_its_mandate_and_an_hour_of_a_zone(carla, client_of, form_key):
    topic = talk.topic(by=carla)
    day = timezone.localdate() + timedelta(days=20)
    sent = {"text": "We agree.", "conference": "XXI Conference", "paragraph": "Plan of Action, 14", "meeting": "", "closes_on": day.isoformat(),
            "closes_hour": "17:00", "zone": "America/Lima"}  # fmt: skip
    client = client_of(carla)
    for wrong in ({"closes_on": "2020-01-01"}, {"closes_on": "2999-01-01"}, {"closes_on": "9999-12-31", "closes_hour": "23:00"}, {"closes_on": "0001-01-01", "zone": "Europe/Zurich"}, {"zone": "Mars/Base"}, {"meeting": "P-1"}, {"text": " "},
                  {"closes_hour": "25:99"}):  # fmt: skip
        assert client.post(new_page(topic), {**sent, **wrong, "form_key": form_key()}).status_code == 422, wrong
    assert client.post(new_page(topic), {**sent, "form_key": form_key()}).status_code == 302
    made = Proposal.objects.get()
    assert made.closes_there.isoformat().startswith(f"{day.isoformat()}T17:00:00-05:00") and made.zone == "America/Lima"
    assert client.get(new_page(topic)).status_code == 403


def test_an_hour_that_the_clock_leaves_out_is_no_closing_hour():
    form = ProposalForm(
        {"text": "We agree.", "closes_on": "2027-03-14", "closes_hour": "02:30", "zone": "America/New_York"},
        user=people.person(),
    )
    assert not form.is_valid() and "does not exist" in str(form.errors["closes_hour"])


def test_the_end_is_withdrawn_with_a_reason_or_summed_up(proposal, carla, client_of, form_key):
    client = client_of(carla)
    assert client.get(page_of(proposal, "summary/")).status_code == 403
    Proposal.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    closing.run()
    assert client.get(page_of(proposal, "withdraw/")).status_code == 403
    assert (
        client.post(page_of(proposal, "summary/"), {"summary": "Agreed by all.", "form_key": form_key()}).status_code
        == 302
    )
    assert "Agreed by all." in client.get(page_of(proposal)).text
    other = talk.proposal(by=carla)
    assert client.post(page_of(other, "withdraw/"), {"reason": "", "form_key": form_key()}).status_code == 422
    client.post(page_of(other, "withdraw/"), {"reason": "Put anew in June", "form_key": form_key()})
    assert "Put anew in June" in client.get(page_of(other)).text


def test_who_does_not_see_the_forum_finds_nothing(carla, pablo, client_of, client):
    inside = talk.forum(Access.INVITATION, members=[carla])
    proposal = talk.proposal(talk.topic(inside, by=carla), by=carla)
    for end in ("", "position/", "withdraw/", "summary/", "new/"):
        assert client_of(pablo).get(page_of(proposal, end)).status_code in (404, 405)
        assert client_of(pablo).post(page_of(proposal, end)).status_code in (404, 405)
    assert client.get(page_of(proposal)).status_code == 404
    assert client_of(carla).get(page_of(proposal)).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_often_for_three_positions_as_for_one(proposal, client, django_assert_max_num_queries, rows):
    for number in range(rows):
        person = people.person(roles=[(Role.PARTNER, people.institution("CL", InstitutionKind.WORKERS))])
        position = consensus.take_position(proposal, by=person, stance=Stance.SUPPORT)
        consensus.take_position(
            proposal, by=person, stance=Stance.ABSTAIN, text=f"Number {number}", version=position.version
        )
    with django_assert_max_num_queries(5):
        assert client.get(page_of(proposal)).status_code == 200


def test_what_waits_for_my_position_and_replies_to_my_topics_stand_on_my_desk(proposal, carla, pablo, client_of):
    assert "Take a position: Remote inspection" in client_of(pablo).get("/en/desk/").text
    consensus.take_position(proposal, by=pablo, stance=Stance.SUPPORT)
    assert "Take a position: Remote inspection" not in client_of(pablo).get("/en/desk/").text
    assert "Read the replies" not in client_of(carla).get("/en/desk/").text
    talk.post(proposal.topic, by=pablo)
    desk = client_of(carla).get("/en/desk/").text
    assert "Read the replies" in desk and "1 new post" in desk
    hidden = talk.post(proposal.topic, by=pablo)
    talk.post(proposal.topic, by=pablo)
    talk.hide_post(hidden)
    assert "2 new posts" in client_of(carla).get("/en/desk/").text  # what is hidden is not new to anybody


def test_proposals_on_which_others_speak_leave_room_for_those_that_wait_for_me(carla, pablo, monkeypatch):
    monkeypatch.setattr(desk, "MOST", 1)
    of_workers = talk.forum(constituencies=["workers"])
    for number in range(3):
        talk.proposal(talk.topic(of_workers, by=pablo), by=pablo, hours=10 + number)
    mine = talk.topic(by=pablo, title="Everybody speaks here")
    talk.post(mine, by=carla)
    talk.proposal(mine, by=pablo, hours=48)
    assert [item.title for item in desk.positions(carla)] == ["Take a position: Everybody speaks here"]


@pytest.mark.parametrize("constituencies", [[], ["governments"], ["workers", "employers"], ["others"]])
def test_the_forums_in_which_one_writes_are_the_same_asked_at_once(constituencies, carla, pablo, bruno, diana):
    stranger = people.person()
    for access in Access.values:
        where = talk.forum(access, members=[carla, stranger], organisers=[pablo], constituencies=constituencies)
        for one in (carla, pablo, bruno, diana, stranger):
            asked = Forum.objects.visible_to(one).written_by(one).filter(pk=where.pk).exists()
            assert asked == bool(may_write(one, where)), (access, one.email)


def test_of_two_who_sum_a_proposal_up_the_second_reads_what_the_first_wrote(proposal, carla, oas, client_of, form_key):
    mora = people.person("mora@demo.example", name="Mora Paz", roles=[(Role.MODERATOR, oas)])
    Proposal.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    closing.run()
    page, sent = page_of(proposal, "summary/"), {}
    for person in (mora, carla):
        form = client_of(person).get(page).context["form"]
        sent[person] = {"summary": f"By {person.name}", "version": form["version"].value(), "form_key": form_key()}
    assert client_of(mora).post(page, sent[mora]).status_code == 302
    answer = client_of(carla).post(page, sent[carla])
    assert answer.status_code == 409 and f"By {mora.name}" in answer.text and f"By {carla.name}" in answer.text
    assert page_of(proposal) in answer.text and Proposal.objects.get().summary == f"By {mora.name}"
    version = client_of(carla).get(page).context["form"]["version"].value()
    better = {"summary": "By both", "version": version, "form_key": form_key()}
    assert client_of(carla).post(page, better).status_code == 302 and Proposal.objects.get().summary == "By both"
