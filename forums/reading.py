"""A topic as it is read: the topic, a page of its posts, the records they show. Three statements, whatever is on the page."""

from dataclasses import dataclass, field

from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalogue import kinds
from core.languages import HTML_LANG
from forums import rows
from forums.choices import PostState, TopicState
from forums.models import Forum, OldAddress, Post, Topic
from forums.models.topics import PAGE
from forums.people import mentionable_among
from forums.permissions import may_moderate, may_see_topic
from forums.rendering import RENDERER, meant, put_in, render


def find_topic(user, forum: str, slug: str) -> Topic:
    """A topic that the person sees, with all that its page says of it; 404 like a page that does not exist."""
    topic = rows.one_topic(forum, slug, user)
    if topic is None or not may_see_topic(user, topic):
        raise Http404
    return topic


def find_moved(user, forum: str, slug: str) -> Topic | None:
    """The topic to which the address of one leads that was joined with another or moved, if the person sees it."""
    merged = Topic.objects.in_forums_of(user).filter(forum__slug=forum, slug=slug, state=TopicState.MERGED)
    old = OldAddress.objects.filter(forum__slug=forum, slug=slug)
    goal = (
        merged.values_list("merged_into", flat=True).first()
        or old.values_list(Coalesce("topic__merged_into", "topic"), flat=True).first()
    )
    return Topic.objects.visible_to(user).select_related("forum").filter(pk=goal).first() if goal else None


def find_post(topic: Topic, place: int, user) -> Post:
    """A post of a topic that the person sees, by its place."""
    post = Post.objects.filter(topic=topic, place=place).select_related("author", "institution__country").first()
    if post is None or not sees_words(post, topic, user):
        raise Http404
    post.topic = topic
    return post


def sees_words(post: Post, topic: Topic, user) -> bool:
    """The same rule as PostQuerySet.visible_to, for a post of a topic that the person sees."""
    if post.state == PostState.REMOVED:
        return False
    if post.state == PostState.PUBLISHED:
        return True
    return (user.is_authenticated and post.author_id == user.pk) or bool(may_moderate(user, topic.forum))


@dataclass
class Page:
    """A page of a topic."""

    number: int
    last: int
    end: int  # the topic's last place, which may have gone to another topic
    posts: list[Post] = field(default_factory=list)

    @property
    def up_to(self) -> int:
        """The highest place on the page; on the last page the end of the topic, even where its last posts are gone."""
        if self.number == self.last:
            return self.end
        return max((post.place for post in self.posts if post.place), default=0)

    @cached_property
    def numbers(self) -> list[int]:
        """Pages to which the page leads: the first, the last, its neighbours; 0 for those left out."""
        near = sorted({1, self.last, *range(max(1, self.number - 2), min(self.last, self.number + 2) + 1)})
        shown: list[int] = []
        for number in near:
            if shown and number - shown[-1] > 1:
                shown.append(0)
            shown.append(number)
        return shown


def page_of_posts(topic: Topic, user, number: int) -> Page:
    """The posts of a page by their places; on the last one also those of the reader that wait or were refused."""
    page = Page(number, topic.pages, topic.last_place)
    if not 1 <= number <= page.last:
        raise Http404
    waiting = number == page.last and user.is_authenticated
    of_all = waiting and bool(may_moderate(user, topic.forum))
    places = ((number - 1) * PAGE + 1, number * PAGE)
    page.posts = rows.posts(topic, user, places, waiting=waiting, of_all=of_all)
    _prepare(page.posts, topic, user)
    return page


def _prepare(posts: list[Post], topic: Topic, user) -> None:
    """Draw what is to be read; the records and people that the posts name are asked for once for all of them."""
    for post in posts:
        post.readable = sees_words(post, topic, user)
        if post.renderer != RENDERER:
            drawn = render(post.text)
            post.html, post.cards = drawn.html, drawn.cards
    draw([post for post in posts if post.readable])


def draw(posts: list[Post]) -> None:
    """Set `body`: the rendered words with names and cards in place of their marks. `named` are those whom a post mentions."""
    wanted = {one for post in posts for one in post.cards}
    entries = rows.cards(sorted(wanted)) if wanted else {}
    for post in posts:
        names = {one["id"]: one["name"] for one in post.named}
        post.body = _body(post.html, names, set(post.mentions), entries)


def preview(forum: Forum, text: str, *, by) -> SafeString:
    """Words of a person as they will be read in the forum."""
    drawn = render(text)
    post = Post(html=drawn.html, cards=drawn.cards)
    people = meant(drawn, mentionable_among(forum, drawn.mentions, by=by))
    post.named, post.mentions = [{"id": p.pk, "name": p.name} for p in people], [p.pk for p in people]
    draw([post])
    return post.body


def _body(html: str, names: dict[int, str], known: set[int], entries: dict[str, tuple]) -> SafeString:
    """The rendering has passed the allow-list; what is put into its marks is escaped here."""

    def mention(person: int, typed: str) -> str:
        if person not in known:  # nobody who may be named here: the words stay as they were typed
            return format_html("@{}.{}", typed, person)
        return format_html('<b class="mention">@{}</b>', names.get(person) or _("a former member"))

    return SafeString(put_in(html, mention, lambda number: _card(number, entries.get(number))))


def _card(number: str, entry: tuple | None) -> str:
    """A public record in a few words; of what is not public only the number that was typed."""
    if entry is None:
        return format_html("<p>{}</p>", number)
    kind, title, language, institution = entry
    return format_html(
        '<p class="record-card"><span class="over">{}</span><a href="/id/{}" lang="{}">{}</a><span class="small quiet">{}</span></p>',
        kinds.get(kind).one, number, HTML_LANG.get(language, "en"), title, " · ".join(filter(None, (number, institution))),
    )  # fmt: skip
