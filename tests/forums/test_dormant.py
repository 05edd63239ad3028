"""Silent forums: seen, drawn, each with one proposal and its one action; and what administrators change about forums."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import NotAllowed
from forums import dormant
from forums.choices import Access
from forums.models import Forum, ForumMember, OldAddress, Room, Topic, Watch
from forums.services import keeping
from forums.services.moderating.keeping import NotConfirmed
from network.choices import Role
from network.idempotency import new_key
from notifications.models import Notice
from review.models import Event
from taxonomy.models import Area
from tests import factories
from tests.forums import judging as forums
from tests.forums.room_factories import room as live_room

pytestmark = pytest.mark.django_db


def silent_forum(months: float, by=None, *, topics=1, **fields) -> Forum:
    """A forum in which nobody has written for some months."""
    made = forums.forum(**fields)
    for _number in range(topics):
        forums.topic(made, by=by)
    then = timezone.now() - timedelta(days=31 * months)
    Forum.objects.filter(pk=made.pk).update(last_post_at=then if topics else None, created_at=then)
    made.refresh_from_db()
    return made


def proposals() -> dict[int, str]:
    return {one.forum.pk: one.proposal for one in dormant.silent(timezone.now())}


def test_a_forum_is_silent_after_three_months_and_each_has_one_proposal(ana):
    area = Area.objects.first()
    alive = forums.forum(area=area)
    forums.topic(alive, by=ana)
    quiet = silent_forum(2, ana)
    few = silent_forum(5, ana, area=area)
    many = silent_forum(5, ana, topics=dormant.FEW + 1, area=area)
    old = silent_forum(13, ana)
    empty = silent_forum(4, topics=0)
    closed = silent_forum(4, ana, access=Access.INVITATION, area=area)
    found = proposals()
    assert alive.pk not in found
    assert quiet.pk not in found
    expected = {few: "merge", many: "prompt", old: "archive", empty: "archive", closed: "prompt"}
    assert found == {forum.pk: proposal for forum, proposal in expected.items()}


def test_a_forum_that_lives_by_its_live_rooms_is_not_silent(ana):
    meets, met, posts = silent_forum(13, topics=0), silent_forum(30, topics=0), silent_forum(5, ana)
    coming, month = 24 * 3, -24 * 31
    live_room(meets, opens=coming, closes=coming + 1, slug="coming")
    live_room(met, opens=4 * month - 1, closes=4 * month, slug="four-months-ago")
    assert proposals() == {met.pk: "prompt", posts.pk: "prompt"}
    live_room(posts, opens=month - 1, closes=month, slug="a-month-ago")
    live_room(met, opens=20 * month - 1, closes=20 * month, slug="long-ago")
    assert proposals() == {met.pk: "prompt"}
    Room.objects.filter(slug="four-months-ago").delete()
    assert proposals() == {met.pk: "archive"}


def test_the_longest_silence_stands_first_and_is_drawn_in_bounds(ana):
    silent_forum(5, ana)
    longest = silent_forum(60, ana)
    rows = dormant.silent(timezone.now())
    assert rows[0].forum == longest
    assert (rows[0].width, rows[0].is_long) == (100, True)
    assert 0 < rows[1].width < 100


def test_the_list_costs_two_statements(ana, django_assert_num_queries):
    for _number in range(3):
        silent_forum(5, ana)
    with django_assert_num_queries(2):
        assert len(dormant.silent(timezone.now())) == 3


def test_an_archived_forum_is_read_and_nobody_writes(ana, diana):
    from forums.permissions import may_write

    forum = silent_forum(13, ana)
    keeping.archive_forum(forum, by=diana)
    forum.refresh_from_db()
    assert not may_write(ana, forum)
    assert Topic.objects.visible_to(ana).filter(forum=forum).exists()
    assert forum.pk not in proposals()
    keeping.reopen_forum(forum, by=diana)
    assert list(Event.objects.of(f"forums:{forum.pk}").values_list("verb", flat=True)) == ["archived", "reopened"]


def test_prompting_asks_members_and_authors_once_in_thirty_days(ana, victor, pablo, diana):
    forum = silent_forum(4, ana, members=[victor])
    assert keeping.prompt_forum(forum, by=diana) == 2
    told = set(Notice.objects.filter(kind="forums.prompt").values_list("recipient", flat=True))
    assert told == {ana.pk, victor.pk}
    with pytest.raises(NotAllowed, match="less than thirty days ago"):
        keeping.prompt_forum(forum, by=diana)
    assert dormant.silent(timezone.now())[0].prompted_at


def test_nobody_who_left_a_closed_forum_is_prompted(ana, victor, diana):
    forum = silent_forum(4, ana, access=Access.INVITATION, members=[ana, victor])
    ForumMember.objects.filter(user=ana).delete()
    keeping.prompt_forum(forum, by=diana)
    assert list(Notice.objects.filter(kind="forums.prompt").values_list("recipient", flat=True)) == [victor.pk]


def test_a_merged_forum_leaves_its_addresses_and_is_archived(ana, diana):
    old, new = silent_forum(5, ana, topics=2), forums.forum()
    slugs = set(old.topics.values_list("slug", flat=True))
    keeping.merge_forum(old, new, by=diana)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.merged_into, bool(old.archived_at), old.topic_count, old.post_count) == (new, True, 0, 0)
    assert (new.topic_count, new.post_count) == (2, 2)
    assert set(OldAddress.objects.filter(forum=old).values_list("slug", flat=True)) == slugs
    with pytest.raises(NotAllowed):
        keeping.reopen_forum(old, by=diana)


def test_whoever_watched_a_merged_forum_watches_the_other_and_its_rooms_go_along(ana, luis, diana):
    old, new = silent_forum(5, ana), forums.forum()
    Watch.objects.bulk_create([Watch(forum=old, user=ana), Watch(forum=old, user=luis), Watch(forum=new, user=luis)])
    room = live_room(old, hosts=[ana], opens=24, closes=25)
    keeping.merge_forum(old, new, by=diana)
    assert sorted(new.watches.values_list("user", flat=True)) == sorted([ana.pk, luis.pk]) and not old.watches.exists()
    room.refresh_from_db()
    assert room.forum == new


def test_a_closed_forum_goes_into_a_public_one_only_if_it_is_meant(ana, diana):
    old, new = silent_forum(5, ana, access=Access.MEMBERS), forums.forum()
    with pytest.raises(NotConfirmed):
        keeping.merge_forum(old, new, by=diana)
    keeping.merge_forum(old, new, by=diana, confirmed=True)
    assert new.topics.count() == 1


def test_only_administrators_keep_forums(ana, bruno, carla, oas):
    forum = silent_forum(13, ana, organisers=[carla])
    mora = factories.person(roles=[(Role.MODERATOR, oas)])
    for person in (ana, bruno, carla, mora):
        for act in (keeping.archive_forum, keeping.prompt_forum, keeping.reopen_forum):
            with pytest.raises(NotAllowed):
                act(forum, by=person)
        with pytest.raises(NotAllowed):
            keeping.merge_forum(forum, forums.forum(), by=person)


# --- the admin ---------------------------------------------------------------------------------------
NEW = {
    "slug": "wages", "name_en": "Wages", "name_es": "Salarios", "name_pt": "Salários", "name_fr": "Salaires", "about_en": "",
    "about_es": "", "about_pt": "", "about_fr": "", "area": "", "kind": "group", "access": "invitation",
}  # fmt: skip


def test_a_forum_is_opened_and_changed_in_the_admin(diana, client_of):
    client = client_of(diana)
    there = reverse("admin:forums_forum_add")
    assert client.post(there, {**NEW, "slug": "moderation"}).status_code == 200  # an address of its own: refused
    assert client.post(there, NEW).status_code == 302
    forum = Forum.objects.get(slug="wages")
    assert forum.members.get().user == diana
    change = reverse("admin:forums_forum_change", args=[forum.pk])
    assert client.post(change, {**NEW, "name_fr": "Les salaires"}).status_code == 302
    forum.refresh_from_db()
    assert forum.name_fr == "Les salaires"
    lines = Event.objects.of(f"forums:{forum.pk}").order_by("number").values_list("verb", "data")
    assert list(lines) == [("opened", {}), ("changed", {"fields": ["name_fr"]})]


def test_opening_what_was_closed_to_everybody_asks_for_a_confirmation(ana, diana, client_of):
    forum = forums.forum(Access.INVITATION, members=[ana], slug="wages")
    forums.topic(forum, by=ana)
    client, change = client_of(diana), reverse("admin:forums_forum_change", args=[forum.pk])
    page = client.post(change, {**NEW, "access": "public"})
    assert page.status_code == 200
    assert "Other people read in that forum" in page.content.decode()
    forum.refresh_from_db()
    assert forum.access == Access.INVITATION
    assert client.post(change, {**NEW, "access": "public", "confirmed": "on"}).status_code == 302
    forum.refresh_from_db()
    assert forum.access == Access.PUBLIC


def test_the_pages_of_silent_forums_work_without_scripts(ana, diana, client_of):
    client = client_of(diana)
    old, new = silent_forum(13, ana), forums.forum()
    page = client.get(reverse("admin:forums_forum_dormant")).content.decode()
    assert "13 months" in page
    act = reverse("admin:forums_forum_act", args=[old.pk])
    assert "Archive the forum" in client.get(act, {"do": "archive"}).content.decode()
    assert client.post(act, {"do": "prompt", "form_key": new_key()}).status_code == 302
    assert client.post(act, {"do": "prompt", "form_key": new_key()}).status_code == 302  # too soon: said, not a fault
    assert client.post(act, {"do": "archive", "form_key": new_key()}).status_code == 302
    merge = reverse("admin:forums_forum_merge", args=[old.pk])
    assert client.get(merge, {"into": new.pk}).status_code == 200
    assert client.post(merge, {"into": "", "form_key": new_key()}).status_code == 422
    assert client.post(merge, {"into": new.pk, "form_key": new_key()}).status_code == 302


@pytest.mark.parametrize("who", ["bruno", "teo", "mora"])
def test_others_of_the_network_see_nothing_of_forums_in_the_admin(who, request, ana, oas, client_of):
    mora = factories.person(roles=[(Role.MODERATOR, oas)])
    client = client_of(mora if who == "mora" else request.getfixturevalue(who))
    forum = silent_forum(13, ana)
    for name, args in (
        ("changelist", []),
        ("add", []),
        ("dormant", []),
        ("change", [forum.pk]),
        ("act", [forum.pk]),
        ("merge", [forum.pk]),
    ):
        assert client.get(reverse(f"admin:forums_forum_{name}", args=args)).status_code == 403, name


@pytest.mark.parametrize("odd", ["", "x", "0", "9" * 25, "\x00", "archive; drop"])
def test_odd_values_never_break_the_pages_of_forums(odd, ana, diana, client_of):
    client, forum = client_of(diana), silent_forum(13, ana)
    client.raise_request_exception = False
    for name in ("act", "merge"):
        there = reverse(f"admin:forums_forum_{name}", args=[forum.pk])
        assert client.get(there, {"do": odd, "into": odd}).status_code in (200, 400)
        assert client.post(there, {"do": odd, "into": odd, "form_key": new_key()}).status_code in (302, 400, 422)
