"""The part `forums` of the benchmark: topic lists, topic pages and unread marks among many topics and posts."""

import re

from bench.forums import scene
from bench.forums.rows import TITLE_WORD
from bench.forums.writing import Filling, posts_in
from bench.goals import Size, Verdict, grown, most
from bench.measure import Result, measure
from bench.pages import Page, address
from bench.people import cookie_of
from bench.queries import CALLED
from bench.report import COLUMNS, Sheet, page_rows
from bench.server import portal
from bench.texts import RARE_WORD
from catalogue.models import Entry
from core.prepared import texts
from forums import lists
from forums.models import Post, Topic

MOST = 100_000  # topics; posts are ten times as many
WRITTEN = (Topic, Post)
LISTS = {"f_list": "topic list", "f_list_in": "topic list, signed in", "f_last": "last page of the topic list"}
TOPICS = {
    "f_topic": "topic page", "f_topic_in": "topic page, signed in", "f_topic_last": "last page of a long topic",
    "f_topic_last_in": "last page of a long topic, signed in",
}  # fmt: skip
NOTE = (
    "Six forums, the first with 70 % of the topics; the long topic has 3,000 posts more than others; posts are written in the order "
    "of their hours. Whoever is signed in has read every third of the newest 15,000 topics, and these pages before: opening a page "
    "for the first time writes one row besides. The goal counts the statements of the page itself, without those on session, person, "
    "memberships and notices."
)
# what every page asks of whoever is signed in: session, person, what they are in the network, their unread notices
OF_PERSON = re.compile(r'django_session|FROM "network_user" WHERE|network_membership m\b|notifications_notice')


class Forums:
    """Grows with the sizes and is measured at each."""

    def __init__(self):
        self.written = 0
        self.sizes: list[Size] = []
        scene.add_forums()
        authors = scene.add_authors()
        records = list(Entry.objects.order_by("pk").values_list("permanent_id", flat=True)[:20])
        self.filling = Filling(authors, scene.institutions(), records)
        self.reader = scene.add_reader()
        self.cookie = cookie_of(self.reader)

    def more(self, size: int) -> int:
        """How many topics are missing."""
        return max(0, min(size, MOST) - self.written)

    def write(self, size: int, advance) -> None:
        """Up to so many topics."""
        wanted = min(size, MOST)
        self.filling.write(self.written + 1, wanted, advance)
        scene.read_some(self.reader, wanted)
        self.written = wanted

    def measure(self, seconds: float, say) -> Size:
        """At the size it has now."""
        with portal() as client:
            found = Size(self.written, measure(self._pages(), client, seconds=seconds, advance=say))
        self.sizes.append(found)
        return found

    def _pages(self) -> list[Page]:
        main, long = scene.MAIN, Topic.objects.get(pk=1)
        forum, topic = address("forums:forum", main), address("forums:topic", main, long.slug)
        oldest = address("forums:forum", main, after=_before_last_page(main))
        last = address("forums:topic", main, long.slug, page=long.pages)
        read, words = self.cookie, {"forum": main}
        return [
            Page("f_list", "topic list", forum),
            Page("f_list_in", "topic list with unread marks, signed in", forum, read),
            Page("f_last", "topic list, last page", oldest),
            Page("f_unread", "topic list, unread only, signed in", address("forums:forum", main, unread="yes"), read),
            Page("f_topic", "long topic, first page", topic),
            Page("f_topic_in", "long topic, first page, signed in", topic, read),
            Page("f_topic_last", "long topic, last page", last),
            Page("f_topic_last_in", "long topic, last page, signed in", last, read),
            Page("f_forums", "list of forums", address("forums:list")),
            Page("f_forums_in", "list of forums with unread marks, signed in", address("forums:list"), read),
            Page("f_rare", "search in a forum, a rare word", address("forums:search", q=TITLE_WORD, **words)),
            Page("f_word", "search in a forum, one post of 250", address("forums:search", q=RARE_WORD, **words)),
            Page("f_many", "search in a forum, a common word", address("forums:search", q="trabajo", **words)),
        ]


def _before_last_page(forum: str) -> str:
    """Where the last page of the list begins."""
    rows = Topic.objects.published().filter(forum__slug=forum).order_by("pinned", "last_post_at", "pk")
    return lists.write_after(rows[lists.TOPICS], "activity")


def judge(sizes: list[Size]) -> list[Verdict]:
    """G9 at the largest size, and how it grew."""
    small, large = sizes[0], sizes[-1]
    verdicts = []
    for key, named in {**LISTS, **TOPICS}.items():
        ratio = large.ratio(key) if large.ok("bare", key) else None
        verdicts.append(most("G9", f"forums: {named} against the bare view", ratio, 8))
        result = large.results.get(key)
        found = own_queries(result) if result and result.ok else None
        verdicts.append(most("G9", f"forums: queries of {named}", found, 4, ""))
    for key in ("f_list", "f_topic"):
        verdicts += [
            v for v in grown("G9", key, f"forums: {(LISTS | TOPICS)[key]}", 1.3, small, large) if "p95" not in v.text
        ]
    return verdicts


def own_queries(result: Result) -> int:
    """The statements of a page besides those that every page asks of whoever is signed in."""
    return sum(not _of_person(statement) for statement in result.statements)


def _of_person(statement: str) -> bool:
    called = CALLED.match(statement)
    found = OF_PERSON.search(texts[called[1]] if called else statement)
    return bool(found)


def sheet(size: Size) -> Sheet:
    """Every page of the forums at one size."""
    title = f"Forums: {size.records:,} topics, {posts_in(size.records):,} posts"
    return Sheet(title, COLUMNS, page_rows(size), note=NOTE)
