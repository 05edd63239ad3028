"""What the lists of forums and topics show, each in one or two statements whatever their length."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection

from forums import rows
from forums.models import Forum, Topic
from forums.models.topics import page_of

LOOKED_AT = 50  # the newest topics of a forum that are looked at for unread ones
BEFORE_JOINING = timedelta(days=30)  # what was said longer before a person joined counts as read
TOPICS = 20  # a page
_NEWS = """
SELECT f.id, latest.title, latest.slug, latest.language, coalesce(unread.number, 0)
FROM forums_forum f
LEFT JOIN forums_forumreading seen ON seen.forum_id = f.id AND seen.user_id = %(user)s
LEFT JOIN LATERAL (
    SELECT title, slug, language FROM forums_topic WHERE forum_id = f.id AND state = 'published'
    ORDER BY last_post_at DESC LIMIT 1
) latest ON true
LEFT JOIN LATERAL (
    SELECT count(*) AS number FROM (
        SELECT t.id, t.last_place FROM forums_topic t
        WHERE t.forum_id = f.id AND t.state = 'published' AND t.last_post_at > greatest(seen.before, %(joined)s)
        ORDER BY t.last_post_at DESC LIMIT %(most)s
    ) t WHERE coalesce((SELECT r.place FROM forums_reading r WHERE r.topic_id = t.id AND r.user_id = %(user)s), 0) < t.last_place
) unread ON %(user)s <> 0
WHERE f.id = ANY(%(forums)s)
"""


@dataclass
class News:
    """What is new in a forum."""

    title: str = ""
    slug: str = ""
    language: str = ""
    unread: int = 0

    @property
    def many(self) -> bool:
        return self.unread >= LOOKED_AT


def joined_before(user) -> datetime:
    """From when on what was said may be new to a person."""
    return user.date_joined - BEFORE_JOINING


def news(forums: list[Forum], user) -> dict[int, News]:
    """The latest topic of each forum, and how many of its newest are unread."""
    signed_in = user.is_authenticated
    asked = {
        "user": user.pk if signed_in else 0,
        "joined": joined_before(user) if signed_in else datetime.now(UTC),
        "most": LOOKED_AT,
        "forums": [forum.pk for forum in forums],
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEWS, asked)
        return {row[0]: News(row[1] or "", row[2] or "", row[3] or "", row[4]) for row in cursor.fetchall()}


# --- the topics of one forum ------------------------------------------------------------------------
@dataclass(frozen=True)
class Asked:
    """What a reader asks of the topics of a forum."""

    language: str = ""
    state: str = ""
    unread: bool = False
    sort: str = "activity"
    after: str = ""


_AFTER = re.compile(r"([01])\.(\d{1,17})\.(\d{1,18})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def topics(forum: Forum, user, asked: Asked) -> list[Topic]:
    """A page of topics and one more, each with what the person has read of it."""
    conditions: list[tuple[str, list]] = []
    if asked.language:
        conditions.append(("t.language = %s", [asked.language]))
    if asked.state:
        conditions.append((STATES[asked.state], []))
    if asked.unread and user.is_authenticated:
        conditions += rows.is_unread(forum, user, joined_before(user))
    if place := read_after(asked.after):
        conditions += _beyond(place, asked.sort)
    return rows.topics(forum, user, conditions, ORDERS[asked.sort], TOPICS + 1)


STATES = {
    "open": "t.accepted_id IS NULL", "answered": "t.accepted_id IS NOT NULL", "locked": "t.locked_at IS NOT NULL"
}  # fmt: skip
ORDERS = {
    "activity": "t.pinned DESC, t.last_post_at DESC, t.id DESC",
    "newest": "t.published_at DESC, t.id DESC",
}


def _beyond(place: tuple[bool, datetime, int], sort: str) -> list[tuple[str, list]]:
    """The condition that a topic comes after a place of the list."""
    pinned, at, pk = place
    if sort == "newest":
        return [("(t.published_at, t.id) < (%s, %s)", [at, pk])]
    older = "(t.last_post_at, t.id) < (%s, %s)"
    return [(f"(NOT t.pinned OR {older})" if pinned else f"NOT t.pinned AND {older}", [at, pk])]


def read_after(text: str) -> tuple[bool, datetime, int] | None:
    """The place after which a page begins; None for what is no place."""
    found = _AFTER.fullmatch(text)
    if not found or int(found[2]) > 9_999_999_999_999_999 or int(found[3]) >= 2**63:
        return None
    return found[1] == "1", _EPOCH + timedelta(microseconds=int(found[2])), int(found[3])


def write_after(topic: Topic, sort: str) -> str:
    """The place of a topic in the list, for the address of the next page."""
    at = topic.published_at if sort == "newest" else topic.last_post_at
    micros = (at - _EPOCH) // timedelta(microseconds=1)
    return f"{int(topic.pinned)}.{micros}.{topic.pk}"


def next_unread(topic: Topic, user) -> int:
    """The place of the first post that the person has not read, or 0."""
    if not user.is_authenticated or topic.read_to >= topic.last_place:
        return 0
    since = max(filter(None, (topic.seen_before, joined_before(user))))
    return topic.read_to + 1 if topic.last_post_at > since else 0


def page_address(place: int) -> str:
    """What follows the address of a topic to come to a post."""
    page = page_of(place)
    return f"{f'?page={page}' if page > 1 else ''}#post-{place}"
