"""What the pages that are read most ask of the database, in statements that are planned once (core.prepared)."""

from functools import cache

from core.prepared import Prepared
from core.wide import Wide
from forums.choices import PostState, TopicState
from forums.models import Forum, Post, Proposal, Topic
from forums.models.places import among_members
from forums.states import IN_PLACE
from network.models import Institution, User
from taxonomy.models import Area

NAMED = ("id", "name", "email", "erased_at")  # of people who are only named
_NOT_SHOWN = ("vector",)
_FILES = """ARRAY(SELECT json_build_object('id', g.id, 'name', g.name, 'size', s.size, 'extension', s.extension, 'scan', s.scan_state)
    FROM forums_postfile g JOIN files_storedfile s ON s.id = g.file_id
    WHERE g.post_id = p.id AND s.removed_at IS NULL ORDER BY g.id)"""
_MENTIONED = """ARRAY(SELECT json_build_object('id', m.id, 'name', m.name) FROM network_user m
    WHERE m.id = ANY(p.mentions) AND m.erased_at IS NULL)"""
_IN_PLACE = "SELECT id FROM forums_post WHERE topic_id = %s AND place BETWEEN %s AND %s AND state = ANY(%s::varchar[])"
# the state is written out, so that the small index of posts without a place serves
_WAITING = f" UNION ALL SELECT id FROM forums_post WHERE topic_id = %s AND state = '{PostState.HELD}'"
_OF_PERSON = (
    " UNION ALL SELECT id FROM forums_post WHERE topic_id = %s AND author_id = %s"
    f" AND state IN ('{PostState.HELD}', '{PostState.REFUSED}')"
)
_PAGE = "WHERE p.id IN ({}) ORDER BY p.place NULLS LAST, p.id"
_SEEN = "(SELECT before FROM forums_forumreading WHERE forum_id = %s AND user_id = %s)"
_CARDS = Prepared(
    "SELECT permanent_id, kind, title, language, institution_name FROM catalogue_entry WHERE permanent_id = ANY(%s::varchar[])"
)


@cache
def _topics() -> Wide:
    return Wide(
        """forums_topic t JOIN forums_forum f ON f.id = t.forum_id LEFT JOIN taxonomy_area a ON a.code = f.area_id
        LEFT JOIN network_user u ON u.id = t.author_id LEFT JOIN forums_proposal p ON p.topic_id = t.id""",
        also={
            "read_to": "coalesce((SELECT place FROM forums_reading WHERE topic_id = t.id AND user_id = %s), 0)",
            "seen_before": "(SELECT before FROM forums_forumreading WHERE forum_id = t.forum_id AND user_id = %s)",
            "role": "(SELECT role FROM forums_forummember WHERE forum_id = t.forum_id AND user_id = %s)",
            "my_pace": "(SELECT pace FROM forums_watch WHERE topic_id = t.id AND user_id = %s)",
            "accepted_place": "(SELECT place FROM forums_post WHERE id = t.accepted_id)",
        },
        t=Topic, f=Forum, a=Area, u=(User, *NAMED), p=Proposal,
    )  # fmt: skip


def one_topic(forum: str, slug: str, user) -> Topic | None:
    """A topic with its forum and proposal, and what the person has of it: read_to, seen_before, my_pace. Whoever asks looks whether they may see it."""
    person = user.pk or 0
    asked = (person, person, among_members(user), person)
    row = next(iter(_topics().rows("WHERE f.slug = %s AND t.slug = %s", *asked, forum, slug)), None)
    if row is None:
        return None
    topic, forum = row["t"], row["f"]
    topic.forum, topic.author, forum.area = forum, row["u"], row["a"]
    forum.my_role, forum.my_role_of = row["role"], person
    if row["p"] is not None:
        row["p"].topic = topic
    Topic._meta.get_field("proposal").set_cached_value(topic, row["p"])
    for name in ("read_to", "seen_before", "my_pace", "accepted_place"):
        setattr(topic, name, row[name])
    return topic


@cache
def _posts() -> Wide:
    shown = [field.attname for field in Post._meta.concrete_fields if field.attname not in _NOT_SHOWN]
    return Wide(
        """forums_post p LEFT JOIN network_user u ON u.id = p.author_id LEFT JOIN network_institution i ON i.id = p.institution_id
        LEFT JOIN forums_post q ON q.id = p.quoted_id LEFT JOIN network_user w ON w.id = q.author_id""",
        also={
            "attached": _FILES,
            "named": _MENTIONED,
            "thanked": "EXISTS (SELECT 1 FROM forums_useful x WHERE x.post_id = p.id AND x.user_id = %s)",
        },
        p=(Post, *shown), u=(User, *NAMED), i=(Institution, "id", "name", "short_name", "country_id"),
        q=(Post, "id", "topic_id", "place", "author_id"), w=(User, *NAMED),
    )  # fmt: skip


def posts(topic: Topic, user, places: tuple[int, int], *, waiting: bool, of_all: bool) -> list[Post]:
    """The posts that stand at these places; with `waiting` also the person's own that wait or were refused, with `of_all`
    all that wait."""
    chosen, values = _IN_PLACE, [topic.pk, *places, [str(state) for state in IN_PLACE]]
    if waiting:
        chosen += _WAITING if of_all else _OF_PERSON
        values += [topic.pk, *([] if of_all else [user.pk])]
    found = []
    for row in _posts().rows(_PAGE.format(chosen), user.pk or 0, *values):
        post = row["p"]
        post.topic, post.author, post.institution, post.quoted = topic, row["u"], row["i"], row["q"]
        if post.quoted is not None:
            post.quoted.author = row["w"]
        for name in ("attached", "named", "thanked"):
            setattr(post, name, row[name])
        found.append(post)
    return found


def cards(numbers: list[str]) -> dict[str, tuple[str, str, str, str]]:
    """{permanent id: (kind, title, language, institution)} of public records."""
    return {number: tuple(rest) for number, *rest in _CARDS.rows(numbers)}


@cache
def _listed() -> Wide:
    return Wide(
        "forums_topic t LEFT JOIN network_user u ON u.id = t.author_id",
        also={
            "read_to": "coalesce((SELECT place FROM forums_reading WHERE topic_id = t.id AND user_id = %s), 0)",
            "seen_before": _SEEN,
        },
        t=Topic, u=(User, *NAMED),
    )  # fmt: skip


def topics(forum: Forum, user, asked: list[tuple[str, list]], order: str, most: int) -> list[Topic]:
    """Published topics of a forum under further conditions, each with read_to and seen_before of the person."""
    person = user.pk or 0
    conditions = "".join(f" AND {words}" for words, _values in asked)
    rest = f"WHERE t.forum_id = %s AND t.state = '{TopicState.PUBLISHED}'{conditions} ORDER BY {order} LIMIT {most}"
    values = [value for _words, values in asked for value in values]
    found = []
    for row in _listed().rows(rest, person, forum.pk, person, forum.pk, *values):
        topic = row["t"]
        topic.forum, topic.author, topic.read_to, topic.seen_before = (
            forum,
            row["u"],
            row["read_to"],
            row["seen_before"],
        )
        found.append(topic)
    return found


def is_unread(forum: Forum, user, since) -> list[tuple[str, list]]:
    """The condition that the person has not read a topic to its end, nor all that its forum said until then."""
    seen = f"t.last_post_at > greatest({_SEEN}, %s)"
    read = "t.last_place > coalesce((SELECT place FROM forums_reading WHERE topic_id = t.id AND user_id = %s), 0)"
    return [(seen, [forum.pk, user.pk, since]), (read, [user.pk])]


@cache
def _forums() -> Wide:
    return Wide(
        "forums_forum f LEFT JOIN taxonomy_area a ON a.code = f.area_id",
        also={
            "role": "(SELECT role FROM forums_forummember WHERE forum_id = f.id AND user_id = %s)",
            "pace": "(SELECT pace FROM forums_watch WHERE forum_id = f.id AND user_id = %s)",
        },
        f=Forum, a=Area,
    )  # fmt: skip


def one_forum(slug: str, user) -> Forum | None:
    """A forum with its area, and what the person is in it and how soon they are told of it. Whoever asks looks whether they may see it."""
    person = user.pk or 0
    row = next(iter(_forums().rows("WHERE f.slug = %s", among_members(user), person, slug)), None)
    if row is None:
        return None
    forum = row["f"]
    forum.area, forum.my_role, forum.my_role_of, forum.my_pace = row["a"], row["role"], person, row["pace"]
    return forum
