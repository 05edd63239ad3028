"""Held first posts and reports: cases of the one queue, decided by moderators, never by the author, told to those concerned."""

import threading

import pytest
from django.db import connection

from core.errors import NotAllowed, Stale
from core.floods import TooMany
from forums.choices import PostState, TopicState
from forums.deciding import open_case_of
from forums.models import Post, Report, Topic
from forums.services import floods, holding, moderating, reporting, writing
from network.choices import InstitutionKind, Role
from notifications.models import Notice
from review import permissions
from review import services as review
from review.choices import CaseState
from review.errors import Incomplete
from review.models import Case
from tests import factories
from tests.forums import judging as forums
from tests.forums.test_moderation import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def mora(oas):
    return factories.person("mora@demo.example", name="Mora Paz", roles=[(Role.MODERATOR, oas)])


def start(by, where=None, **fields) -> Post:
    said = {"title": "How do you train inspectors?", "text": "We have six of them.", "language": "en", **fields}
    return writing.start_topic(where or forums.forum(), by=by, **said)


@pytest.fixture
def held(ana):
    return start(ana)


@pytest.fixture
def topic(victor):
    return forums.topic(by=victor)


@pytest.fixture
def post(topic):
    return Post.objects.select_related("topic__forum", "institution").get(topic=topic)


def case_of(post, kind=holding.KIND) -> Case:
    return open_case_of(kind, f"posts:{post.pk}")


# --- first posts -------------------------------------------------------------------------------------
def test_the_first_post_of_a_newcomer_waits_and_holds_its_topic(held, ana, pablo, mora, diana):
    assert (held.state, held.topic.state) == (PostState.HELD, TopicState.HELD)
    case = case_of(held)
    assert (case.title, case.opened_by, case.kind) == (held.topic.title, ana, "forums.post")
    assert not Topic.objects.visible_to(pablo).filter(pk=held.topic_id).exists()
    assert Topic.objects.visible_to(ana).filter(pk=held.topic_id).exists()
    assert {p.pk for p in permissions.reviewers(case)} == {mora.pk, diana.pk}


def test_an_approved_post_is_public_and_the_next_one_does_not_wait(held, ana, mora):
    review.approve(case_of(held), by=mora)
    held.refresh_from_db()
    assert (held.state, held.topic.__class__.objects.get(pk=held.topic_id).state) == ("published", "published")
    assert "is published" in told(ana, "forums.approved")
    assert start(ana, held.topic.forum, title="Another").state == PostState.PUBLISHED
    assert Case.objects.filter(kind="forums.post").count() == 1


def test_a_refused_post_stays_with_its_author_who_is_told_why(held, ana, mora, pablo, client_of):
    case = case_of(held)
    with pytest.raises(Incomplete, match="Write the message to the author"):
        review.decline(case, by=mora, letter=" ")
    review.decline(case, by=mora, letter="It names a worker")
    held.refresh_from_db()
    assert (held.state, held.text) == (PostState.REFUSED, "We have six of them.")
    assert Topic.objects.get(pk=held.topic_id).state == TopicState.HIDDEN
    assert "It names a worker." in told(ana, "forums.refused")
    assert Post.objects.visible_to(ana).filter(pk=held.pk).exists()
    assert not Post.objects.visible_to(pablo).filter(pk=held.pk).exists()


def test_people_of_the_network_itself_do_not_wait(mora, bruno, teo, diana):
    for person in (mora, bruno, teo, diana):
        assert start(person).state == PostState.PUBLISHED
    assert not Case.objects.exists()


def test_nobody_decides_on_their_own_post_or_their_colleagues(mora, held, ana, agency_cl):
    case = case_of(held)
    colleague = factories.person(roles=[(Role.MODERATOR, agency_cl)])
    assert not permissions.may_act(colleague, case)
    factories.membership(ana, Role.MODERATOR, agency_cl)
    assert not permissions.may_act(ana, case)
    assert permissions.may_act(mora, case)
    with pytest.raises(NotAllowed):
        review.approve(case, by=colleague)


def test_where_all_moderators_are_colleagues_of_the_author_they_decide_all_the_same(oas, mora, diana):
    guest = factories.person(roles=[(Role.PARTNER, oas)])
    case = case_of(start(guest))
    assert case.institution is None
    assert permissions.may_act(mora, case)


def test_reviewers_and_organisers_do_not_decide(ana, bruno, carla):
    where = forums.forum(organisers=[carla])
    case = case_of(start(ana, where))
    assert not permissions.may_act(bruno, case)
    assert not permissions.may_act(carla, case)


def test_whoever_takes_back_what_waits_takes_the_case_with_it(held, ana, mora):
    case = case_of(held)
    writing.remove_post(held, by=ana)
    case.refresh_from_db()
    assert case.state == CaseState.WITHDRAWN
    held.refresh_from_db()
    assert held.state == PostState.REMOVED


def test_words_that_change_while_they_wait_are_not_approved_unseen(held, ana, mora):
    case = case_of(held)
    writing.edit_post(held, by=ana, text="We have seven of them.", version=held.version)
    with pytest.raises(Stale):
        review.approve(case, by=mora, version=case.version)


def test_of_two_moderators_one_decides(held, mora, diana):
    case = case_of(held)
    review.approve(case, by=mora, version=case.version)
    with pytest.raises(Stale):
        review.decline(case, by=diana, version=case.version, letter="No")
    held.refresh_from_db()
    assert held.state == PostState.PUBLISHED


def test_moderators_are_reminded_on_the_day_and_not_with_the_arrival(mora, held):
    review.remind()
    assert not Notice.objects.filter(kind="review.due_soon").exists()
    review.remind(now=case_of(held).due_at)
    assert Notice.objects.filter(kind="review.due_soon", recipient=mora).exists()


def test_a_newcomer_has_three_posts_waiting_at_most(ana):
    where = forums.forum()
    for number in range(floods.WAITING):
        start(ana, where, title=f"Topic {number}")
    with pytest.raises(TooMany, match="still wait for a moderator"):
        start(ana, where)
    assert where.topics.count() == floods.WAITING


def test_nobody_writes_faster_than_others_read(victor, topic):
    for number in range(floods.POSTS_SOON - 1):
        writing.reply(topic, by=victor, text=f"Reply {number}")
    with pytest.raises(TooMany, match="in ten minutes"):
        writing.reply(topic, by=victor, text="One more")


# --- reports -----------------------------------------------------------------------------------------
def test_several_reports_of_a_post_are_one_case(post, ana, pablo, mora):
    first = reporting.report_post(post, by=ana, reason="advertises")
    version = first.case.version
    second = reporting.report_post(post, by=pablo, reason="other", text="It sells courses")
    assert first.case == second.case
    second.case.refresh_from_db()
    assert second.case.version > version
    assert Case.objects.count() == 1


def test_an_upheld_report_hides_the_post_and_tells_all_but_who_it_was(post, victor, ana, pablo, mora):
    for person in (ana, pablo):
        reporting.report_post(post, by=person, reason="advertises")
    case = case_of(post, reporting.KIND)
    with pytest.raises(Incomplete):
        review.approve(case, by=mora)
    review.approve(case, by=mora, letter="It sells a course")
    post.refresh_from_db()
    assert post.state == PostState.HIDDEN
    assert set(Report.objects.values_list("state", flat=True)) == {"upheld"}
    assert "It sells a course." in told(ana, "forums.report_upheld")
    said = told(victor, "forums.hidden")
    assert "It sells a course." in said
    assert ana.name not in said
    assert pablo.name not in str(list(Notice.objects.filter(recipient=victor).values_list("params", flat=True)))


def test_a_dismissed_report_tells_who_reported_only(post, victor, ana, mora):
    reporting.report_post(post, by=ana, reason="offends")
    review.decline(case_of(post, reporting.KIND), by=mora, letter="It is an opinion")
    post.refresh_from_db()
    assert post.state == PostState.PUBLISHED
    assert "It is an opinion." in told(ana, "forums.report_dismissed")
    assert not Notice.objects.filter(recipient=victor, kind__startswith="forums.").exists()
    with pytest.raises(NotAllowed, match="reported this post already"):
        reporting.report_post(post, by=ana, reason="offends")


def test_hiding_a_reported_post_on_the_spot_decides_its_case(post, ana, mora):
    reporting.report_post(post, by=ana, reason="advertises")
    moderating.hide_post(post, by=mora, reason="It sells a course")
    case = Case.objects.get()
    assert (case.state, case.decided_by) == (CaseState.APPROVED, mora)
    assert Notice.objects.filter(recipient=ana, kind="forums.report_upheld").exists()


def test_neither_the_author_nor_who_reported_decides(post, victor, ana, mora, diana):
    reporting.report_post(post, by=mora, reason="offends")
    case = case_of(post, reporting.KIND)
    assert not permissions.may_act(mora, case)
    assert permissions.may_act(diana, case)
    own = forums.topic(by=diana).posts.select_related("topic__forum").get()
    reporting.report_post(own, by=ana, reason="offends")
    assert not permissions.may_act(diana, case_of(own, reporting.KIND))


def test_only_what_one_reads_and_did_not_write_is_reported(post, victor, mora):
    with pytest.raises(NotAllowed, match="You wrote this post"):
        reporting.report_post(post, by=victor, reason="offends")
    moderating.hide_post(post, by=mora, reason="Advertising")
    post.refresh_from_db()
    with pytest.raises(NotAllowed, match="not published any more"):
        reporting.report_post(post, by=factories.person(), reason="offends")


def test_nobody_floods_the_moderators_with_reports(topic, victor, ana):
    posts = [forums.post(topic, by=victor) for _number in range(floods.REPORTS_SOON + 1)]
    rows = Post.objects.select_related("topic__forum", "institution").filter(pk__in=[one.pk for one in posts])
    *most, last = rows.order_by("pk")
    for one in most:
        reporting.report_post(one, by=ana, reason="offends")
    with pytest.raises(TooMany, match="in an hour"):
        reporting.report_post(last, by=ana, reason="offends")


def test_an_erased_person_leaves_no_words_in_a_report(post, ana, mora):
    from accounts.services import persons

    report = reporting.report_post(post, by=ana, reason="other", text="He lives in my street")
    persons.forget(ana)
    report.refresh_from_db()
    assert (report.by, report.text) == (None, "")
    review.approve(report.case, by=mora, letter="It names a street")
    assert not Notice.objects.filter(kind="forums.report_upheld").exists()


@pytest.mark.django_db(transaction=True)
def test_two_reports_at_once_open_one_case():
    oas = factories.institution(None, InstitutionKind.INTERNATIONAL)
    author = factories.person(roles=[(Role.PARTNER, oas)])
    topic = forums.topic(by=author)
    people = [factories.person() for _number in range(2)]
    start_together = threading.Barrier(2)

    def tell_of_it(person) -> None:
        try:
            post = Post.objects.select_related("topic__forum", "institution").get(topic=topic)
            start_together.wait(10)
            reporting.report_post(post, by=person, reason="offends")
        finally:
            connection.close()

    threads = [threading.Thread(target=tell_of_it, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert Case.objects.filter(kind=reporting.KIND).count() == 1
    assert Report.objects.count() == 2
