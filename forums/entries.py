"""What of a topic the catalogue shows and searches: title, first post and accepted answer, of published topics in public forums."""

import re
from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.kinds import EntryData, EntryKind
from catalogue.summary import summary
from forums.choices import PostState
from forums.models import Post, Topic

KEY = "topics"
# both halves of a link are bounded: each `[` could begin one, and a post may hold nothing else
_MARKS = re.compile(r"[#>*_`~|]+|!?\[([^\[\]\n]{0,300})\]\([^()\n]{0,500}\)|@[a-z0-9-]{0,60}\.\d{1,10}\b")


class TopicEntries(EntryKind):
    """Conversations that everybody may read."""

    key, prefix, number = KEY, "F", 6
    label = _("Topics of the forums")
    one = _("Topic of a forum")
    catalogue = _("The forums")
    about = _("What labour administrations, workers, employers and international organisations talk about in public.")
    url_name = "forums:topic"
    list_name = "home:search"
    any_slug = "any-forum/any-topic"
    left_out = ("year_from", "status")
    orders = {"recent": _("Newest first"), "title": pgettext_lazy("sort order", "Title")}
    confirms = False
    of_work = False
    lends_words = False  # a moderator may hide a topic: no word of it is proposed to anybody
    retired = _("This topic was taken out of the forums on %(day)s.")

    def list_url(self, query: Iterable[tuple[str, str]] = ()) -> str:
        return super().list_url([*query, ("kind", KEY)])

    def rows(self, ids: Iterable[int]) -> list[EntryData]:
        found = list(Topic.objects.public().filter(pk__in=list(ids)).select_related("forum").order_by("pk"))
        return _with_words(found)

    def data(self, record):
        return next(iter(_with_words([record])))

    def ids(self) -> Iterator[int]:
        return Topic.objects.public().order_by("pk").values_list("pk", flat=True).iterator(2000)


def _with_words(topics: list[Topic]) -> list[EntryData]:
    """The entries of public topics; the first post and the accepted one of each are read at once."""
    accepted = [topic.accepted_id for topic in topics if topic.accepted_id]
    rows = Post.objects.filter(topic__in=topics, state=PostState.PUBLISHED).only("topic", "place", "text", "edited_at")
    found = {post.pk: post for post in rows.filter(place=1) | rows.filter(pk__in=accepted)}
    first = {post.topic_id: post for post in found.values() if post.place == 1}
    return [entry_of(topic, first.get(topic.pk), found.get(topic.accepted_id)) for topic in topics]


def entry_of(topic: Topic, first: Post | None, accepted: Post | None) -> EntryData:
    """The entry of a public topic, which comes with its forum."""
    said, answer = (plain(post.text) if post else "" for post in (first, accepted))
    published = topic.published_at or topic.created_at
    return EntryData(
        object_id=topic.pk,
        slug=topic.address_slug,
        title=topic.title,
        summary=summary(said),
        language=topic.language,
        institution_name=getattr(topic.forum, f"name_{topic.language}"),
        institution_names=tuple(dict.fromkeys((topic.forum.name_en, topic.forum.name_es, topic.forum.name_pt, topic.forum.name_fr))),
        is_demo=topic.is_demo,
        countries=tuple(topic.countries),
        themes=tuple(topic.themes),
        published_at=published,
        updated_at=max([published, *(post.edited_at for post in (first, accepted) if post and post.edited_at)]),
        confirmed_on=timezone.localdate(published),
        main_texts=(said,),
        texts=(answer,),
    )  # fmt: skip


def plain(text: str) -> str:
    """Words without the signs of Markdown and without whom they mention: for a summary and a search, never to be shown as HTML."""
    return " ".join(_MARKS.sub(lambda found: found[1] or " ", text).split())
