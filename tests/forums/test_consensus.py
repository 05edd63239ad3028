"""A proposal takes positions until its hour, and not a second longer; every version of a position is kept."""

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.services import persons
from core.errors import NotAllowed, Stale, WrongState
from forums.choices import Access, ProposalState, Stance
from forums.consensus import WIDE, result_of, segments
from forums.models import Position, PositionChange, Proposal, Watch
from forums.services import closing, consensus
from network.choices import InstitutionKind, Role
from network.constituency import Constituency
from notifications.models import Notice
from tests import factories as people
from tests.forums import talk as factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer(db):
    where = people.institution(None, InstitutionKind.EMPLOYERS, name="CEATAL (demonstration)")
    return people.person("elsa@demo.example", name="Elsa Prado", roles=[(Role.PARTNER, where)])


@pytest.fixture
def proposal(carla):
    return factories.proposal(by=carla)


def test_the_result_stands_by_constituency(proposal, carla, victor, pablo, employer):
    consensus.take_position(proposal, by=carla, stance=Stance.SUPPORT)
    consensus.take_position(proposal, by=victor, stance=Stance.SUPPORT)
    consensus.take_position(proposal, by=pablo, stance=Stance.CHANGES, text="With a longer term")
    consensus.take_position(proposal, by=employer, stance=Stance.OBJECT, text="Too soon")
    result = consensus.result(proposal)
    assert {line.code: line.numbers for line in result.lines} == {
        "governments": (2, 0, 0, 0), "workers": (0, 1, 0, 0), "employers": (0, 0, 1, 0), "international": (0, 0, 0, 0),
    }  # fmt: skip
    assert result.whole.numbers == (2, 1, 1, 0)


def test_a_post_of_an_expert_is_not_the_oas_speaking(oas):
    post = factories.post(
        factories.topic(by=people.person(roles=[(Role.EXPERT, oas)])), by=people.person(roles=[(Role.EXPERT, oas)])
    )
    assert post.institution is None


def test_experts_speak_for_themselves_and_not_for_the_oas_that_holds_their_role(proposal, oas, diana):
    first, second = (people.person(f"e{n}@demo.example", roles=[(Role.EXPERT, oas)]) for n in range(2))
    for person, stance in ((diana, Stance.SUPPORT), (first, Stance.OBJECT), (second, Stance.SUPPORT)):
        consensus.take_position(proposal, by=person, stance=stance, text="Because.")
    assert Position.objects.counted().count() == 3
    lines = {line.code: line.numbers for line in consensus.result(proposal).lines}
    assert lines["others"] == (1, 0, 1, 0) and lines["international"] == (1, 0, 0, 0)


@pytest.mark.parametrize("numbers", [[1, 0, 0, 0], [1, 1, 1, 0], [3, 7, 11, 13], [1, 997, 1, 1]])
def test_the_parts_of_a_bar_are_as_long_as_the_bar(numbers):
    parts = segments(numbers)
    assert parts[0].x == 0 and sum(part.width for part in parts) == WIDE
    assert all(one.x + one.width == other.x for one, other in zip(parts, parts[1:], strict=False))


def test_who_was_not_asked_and_did_not_speak_has_no_line():
    result = result_of([("workers", "support", 2)], ["workers", "employers"])
    assert [line.code for line in result.lines] == ["workers", "employers"]
    assert result.lines[1].is_empty and not result.lines[1].segments


def test_a_position_is_one_a_person_changeable_and_its_history_stays(proposal, pablo):
    first = consensus.take_position(proposal, by=pablo, stance=Stance.OBJECT, text="Not yet")
    second = consensus.take_position(proposal, by=pablo, stance=Stance.SUPPORT, version=first.version)
    assert Position.objects.get() == second and second.institution.name == "COSATE"
    assert list(PositionChange.objects.values_list("stance", "text")) == [("object", "Not yet"), ("support", "")]
    with pytest.raises(Stale):
        consensus.take_position(proposal, by=pablo, stance=Stance.ABSTAIN, version=first.version)


def test_an_institution_counts_once_with_the_newest_position_taken_for_it(proposal, ana, luis, employer):
    own = [people.person(f"own{number}@visitors.example") for number in (1, 2)]
    first = consensus.take_position(proposal, by=ana, stance=Stance.SUPPORT, text="Gladly")
    consensus.take_position(proposal, by=employer, stance=Stance.OBJECT, text="Too soon")
    assert consensus.result(proposal).whole.numbers == (1, 0, 1, 0)
    consensus.take_position(proposal, by=luis, stance=Stance.ABSTAIN)
    assert consensus.result(proposal).whole.numbers == (0, 0, 1, 1)
    superseded = proposal.positions.with_superseded().get(superseded=True)
    assert superseded == first and superseded.text == "Gladly" and PositionChange.objects.count() == 3
    consensus.take_position(proposal, by=ana, stance=Stance.CHANGES, text="With a term")
    assert consensus.result(proposal).whole.numbers == (0, 1, 1, 0)
    other = people.institution("BR")
    people.membership(ana, Role.OFFICER, other)
    consensus.take_position(proposal, by=ana, stance=Stance.SUPPORT, institution=other)
    # the colleague's is the newest of the first house again
    assert consensus.result(proposal).whole.numbers == (1, 0, 1, 1)
    said = {"constituency": Constituency.OTHERS, "stance": Stance.OBJECT, "changed_at": timezone.now()}
    for one in own:  # who speaks for no institution counts as before
        Position.objects.create(proposal=proposal, user=one, **said)
    assert consensus.result(proposal).whole.numbers == (1, 0, 3, 1)


def test_the_history_of_a_position_cannot_be_rewritten(proposal, pablo):
    consensus.take_position(proposal, by=pablo, stance=Stance.OBJECT, text="Not yet")
    for rewrite in (lambda rows: rows.update(text="Gladly"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rewrite(PositionChange.objects.all())


def test_a_person_of_several_institutions_says_for_which(proposal, pablo):
    other = people.institution("AR", InstitutionKind.EMPLOYERS)
    people.membership(pablo, Role.PARTNER, other)
    position = consensus.take_position(proposal, by=pablo, stance=Stance.ABSTAIN, institution=other)
    assert (position.institution, position.constituency) == (other, Constituency.EMPLOYERS)
    stranger = people.institution("BR")
    assert (
        consensus.take_position(proposal, by=pablo, stance=Stance.ABSTAIN, institution=stranger).institution != stranger
    )


def test_who_may_not_write_in_the_forum_takes_no_position(carla, pablo):
    where = factories.forum(constituencies=["governments"])
    proposal = factories.proposal(factories.topic(where, by=carla), by=carla)
    with pytest.raises(NotAllowed):
        consensus.take_position(proposal, by=pablo, stance=Stance.SUPPORT)
    inside = factories.forum(Access.INVITATION, members=[carla])
    proposal = factories.proposal(factories.topic(inside, by=carla), by=carla)
    with pytest.raises(NotAllowed):
        consensus.take_position(proposal, by=pablo, stance=Stance.SUPPORT)


def test_only_whoever_began_the_topic_or_moderates_puts_a_proposal_and_only_one(carla, pablo, diana):
    topic = factories.topic(by=carla)
    with pytest.raises(NotAllowed):
        factories.proposal(topic, by=pablo)
    factories.proposal(topic, by=diana)
    with pytest.raises(NotAllowed):
        factories.proposal(topic, by=carla)
    with pytest.raises(WrongState):
        factories.proposal(factories.topic(by=carla), by=carla, hours=-1)


def after(proposal, seconds: float) -> Proposal:
    """The proposal, as if its hour were so many seconds ago."""
    Proposal.objects.filter(pk=proposal.pk).update(closes_at=timezone.now() - timedelta(seconds=seconds))
    proposal.refresh_from_db()
    return proposal


def test_a_position_a_second_late_is_refused_before_anybody_has_closed(proposal, pablo):
    with pytest.raises(NotAllowed):
        consensus.take_position(after(proposal, 1), by=pablo, stance=Stance.SUPPORT)
    assert proposal.state == ProposalState.OPEN and not proposal.takes_positions


def test_it_closes_by_itself_once_and_those_concerned_are_told(proposal, carla, pablo):
    consensus.take_position(proposal, by=pablo, stance=Stance.SUPPORT)
    after(proposal, 1)
    assert closing.run()["closed"] == 1 and closing.run()["closed"] == 0
    proposal.refresh_from_db()
    assert proposal.is_closed and proposal.ended_at == proposal.closes_at
    told = Notice.objects.filter(kind="forums.proposal_closed").values_list("recipient__email", flat=True)
    assert set(told) == {carla.email, pablo.email}
    with pytest.raises(NotAllowed):
        consensus.take_position(proposal, by=pablo, stance=Stance.OBJECT)


def test_a_closed_one_is_summed_up_by_who_opened_it_and_a_withdrawn_one_is_not(proposal, carla, pablo):
    with pytest.raises(NotAllowed):
        consensus.summarise(proposal, by=carla, summary="Too early")
    after(proposal, 1)
    closing.run()
    with pytest.raises(NotAllowed):
        consensus.summarise(proposal, by=pablo, summary="Not mine")
    assert consensus.summarise(proposal, by=carla, summary="Agreed.").summary == "Agreed."
    with pytest.raises(NotAllowed):
        consensus.withdraw(proposal, by=carla, reason="Too late")
    other = factories.proposal(by=carla)
    assert consensus.withdraw(other, by=carla, reason="Nobody needs it").is_withdrawn
    with pytest.raises(NotAllowed):
        consensus.take_position(other, by=pablo, stance=Stance.SUPPORT)


def test_a_day_before_the_end_those_who_follow_and_have_not_spoken_are_told_once(proposal, carla, pablo, victor):
    for person in (pablo, victor):
        factories.post(proposal.topic, by=person)
    consensus.take_position(proposal, by=victor, stance=Stance.SUPPORT)
    later = timezone.now() + timedelta(hours=30)
    assert closing.run(later)["reminded"] == 2 and closing.run(later)["reminded"] == 0
    told = Notice.objects.filter(kind="forums.proposal_closing").values_list("recipient__email", flat=True)
    assert set(told) == {carla.email, pablo.email}


@pytest.mark.django_db(transaction=True)
def test_two_at_once_close_it_once_and_a_position_that_waited_for_the_lock_comes_too_late(carla, pablo, victor):
    """Both closers and the position wait for one lock; whoever gets it after the hour finds it over, whatever it was before."""
    proposal = factories.proposal(by=carla, closes_at=timezone.now() + timedelta(seconds=1.2))
    done, refused = [], []

    def close():
        try:
            done.append(closing.run(timezone.now() + timedelta(seconds=2))["closed"])
        finally:
            connection.close()

    def late():
        try:
            consensus.take_position(proposal, by=victor, stance=Stance.SUPPORT)
        except NotAllowed as no:
            refused.append(str(no))
        finally:
            connection.close()

    with transaction.atomic():
        consensus.take_position(proposal, by=pablo, stance=Stance.SUPPORT)
        threads = [threading.Thread(target=one) for one in (close, close, late)]
        for one in threads:
            one.start()
        threading.Event().wait(1.6)  # the hour passes while everybody waits for this transaction
    for one in threads:
        one.join(20)
    assert sum(done) == 1 and len(refused) == 1
    assert Position.objects.filter(proposal=proposal).count() == 1
    assert Proposal.objects.get().state == ProposalState.CLOSED


@pytest.mark.django_db(transaction=True)
def test_two_windows_of_one_person_make_one_position(carla, pablo):
    proposal = factories.proposal(by=carla)

    def take(stance):
        try:
            consensus.take_position(proposal, by=pablo, stance=stance)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[stance]) for stance in (Stance.SUPPORT, Stance.OBJECT)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)
    assert Position.objects.get().version == 2 and PositionChange.objects.count() == 2


def test_a_person_takes_a_copy_and_leaves_no_name(proposal, pablo, carla):
    consensus.take_position(proposal, by=pablo, stance=Stance.OBJECT, text="Not yet")
    Watch.objects.create(user=pablo, topic=proposal.topic)
    copy = persons.export(pablo)["forums"]
    assert copy["positions"][0]["text"] == "Not yet" and copy["watches"]
    persons.forget(pablo)
    assert not Watch.objects.filter(user=pablo).exists()
    assert (
        Position.objects.get().institution.name == "COSATE"
        and not Position.objects.select_related("user").get().user.name
    )
