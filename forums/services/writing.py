"""Topics begin, replies follow, words change and are taken back."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from core.errors import NotAllowed, Stale
from files.errors import UploadRefused
from files.naming import safe_name
from files.services import forget_unlinked, store_upload
from forums import notices, permissions
from forums.choices import PostState, TopicState
from forums.models import Forum, OldAddress, Post, PostEdit, PostFile, Topic
from forums.models.posts import FILES
from forums.models.topics import RESERVED
from forums.services import holding, showing, words
from forums.services.drafts import drop_draft, named, refuse_too_many
from forums.services.floods import refuse_many_edits, refuse_many_posts
from forums.services.moving import lock_post, lock_topic, move_post, move_topic, share_forum
from forums.services.publishing import count_in_forum, publish_post
from network.constituency import speaks_through
from review import events

SLUG = 60


@transaction.atomic
def start_topic(
    forum: Forum,
    *,
    by,
    title: str,
    text: str,
    language: str,
    themes: Iterable[str] = (),
    countries: Iterable[str] = (),
    at_once: bool = False,
) -> Post:
    """Begin a topic with its first post, which waits if its author is new, unless a caller vouches; answers that post."""
    forum = share_forum(forum)
    permissions.may_write(by, forum).or_refuse()
    if not at_once:
        refuse_many_posts(by)
    topic = Topic.objects.create(
        forum=forum, slug=free_slug(forum, title), title=title, language=language, author=by, themes=list(themes),
        countries=list(countries), is_demo=by.is_demo,
    )  # fmt: skip
    post = _write(topic, by, text)
    post.place = 1
    post.save(update_fields=["place"])
    drop_draft(by, forum, None, to=post)
    _let_out(post, by, at_once)
    return _again(post)


@transaction.atomic
def reply(topic: Topic, *, by, text: str, quoted: Post | None = None, at_once: bool = False) -> Post:
    """Add a post to a topic; it waits if its author is new."""
    topic = lock_topic(topic)
    permissions.may_reply(by, topic).or_refuse()
    if not at_once:
        refuse_many_posts(by)
    if quoted is not None and quoted.topic_id != topic.pk:
        raise NotAllowed(_("Only posts of the same topic are quoted."))
    post = _write(topic, by, text, quoted=quoted)
    drop_draft(by, topic.forum, topic, to=post)
    _let_out(post, by, at_once)
    return _again(post)


@transaction.atomic
def edit_post(
    post: Post, *, by, text: str, version: int, reason: str = "", title: str = "", language: str = ""
) -> Post:
    """Change the words; what they were stays readable. A moderator who changes another's gives a reason."""
    case = holding.lock_case(post)
    post = lock_post(post)
    permissions.may_edit(by, post).or_refuse()
    if post.author_id != by.pk and not reason.strip():
        raise NotAllowed(_("Write why you change somebody else's words: the author reads it."))
    if post.version != version:
        raise Stale(theirs={_("Text"): post.text}, yours={_("Text"): text})
    before = post.topic.title if post.is_first and title and title != post.topic.title else ""
    if post.author_id == by.pk:
        refuse_many_edits(by)
    PostEdit.objects.create(post=post, by=by, text=post.text, title=before, reason=reason.strip())
    words.put(post, text)
    post.edited_at, post.version = timezone.now(), post.version + 1
    post.save(update_fields=[*words.WORDS, "edited_at", "version"])
    if post.is_first:
        rename(post.topic, title=title, language=language)
    holding.tell_of_change(case)
    if post.is_published:
        words.index(post)
        notices.people_mentioned(post)
    _show_again(post)
    return post


def _show_again(post: Post) -> None:
    """The catalogue shows of a topic its first post and its answer."""
    if post.is_first or post.pk == post.topic.accepted_id:
        showing.refresh(post.topic)


def rename(topic: Topic, *, title: str = "", language: str = "") -> None:
    """Another title or language for a locked topic; its address stays once it was public."""
    spoke = topic.language
    topic.title, topic.language = title or topic.title, language or topic.language
    if topic.state == TopicState.HELD and title:
        topic.slug = free_slug(topic.forum, title, but=topic.pk)
    topic.version += 1
    topic.save(update_fields=["title", "language", "slug", "version"])
    if topic.language != spoke:
        words.index_topic(topic)


@transaction.atomic
def remove_post(post: Post, *, by) -> Post:
    """An author takes back a post. Its place stays, its words go; a topic that was nothing else goes with it."""
    permissions.may_remove(by, post).or_refuse()
    holding.withdraw_hold(post, by=by)
    post = lock_post(post)
    permissions.may_remove(by, post).or_refuse()
    was_published, topic = post.is_published, post.topic
    counted = was_published and topic.state == TopicState.PUBLISHED
    move_post(post, "remove")
    post.version += 1
    post.save(update_fields=["state", "version"])
    answered = topic.accepted_id == post.pk
    if answered:
        topic.accepted = None
    gone = post.is_first
    if gone:
        move_topic(topic, "hide" if topic.state == TopicState.PUBLISHED else "refuse")
    topic.post_count -= int(was_published)
    topic.save(update_fields=["accepted", "state", "post_count"])
    if counted:
        count_in_forum(topic, topics=-int(gone), posts=-1)
    if gone or answered:
        showing.refresh(topic)
    return post


def hold_slugs(forum: Forum) -> None:
    """Two that look for an address in one forum ask one after the other. Whoever locks topics has locked all of them before."""
    share_forum(forum)  # before, as whoever merges it holds the forum first
    events.hold(f"topic-slugs:{forum.pk}")


def free_slug(forum: Forum, title: str, but: int | None = None) -> str:
    """An address within the forum that no other topic has or had."""
    hold_slugs(forum)
    stem = slugify(title)[:SLUG].strip("-") or "topic"
    own = forum.topics.filter(slug__startswith=stem).exclude(pk=but).values_list("slug", flat=True)
    left = (
        OldAddress.objects.filter(forum=forum, slug__startswith=stem).exclude(topic=but).values_list("slug", flat=True)
    )
    taken = {*own, *left}
    if stem not in taken and stem not in RESERVED:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def institution_of(by):
    """In whose name a person writes: the first of the institutions for which they speak."""
    return next((m.institution for m in speaks_through(by)), None)


def _write(topic: Topic, by, text: str, quoted: Post | None = None) -> Post:
    post = Post(topic=topic, author=by, institution=institution_of(by), quoted=quoted, state=PostState.HELD)
    words.put(post, text)
    post.save()
    return post


def _let_out(post: Post, by, at_once: bool) -> None:
    if at_once:
        publish_post(post)
    else:
        holding.hold_if_new(post, by=by)


def _again(post: Post) -> Post:
    return Post.objects.select_related("topic__forum").get(pk=post.pk)


@transaction.atomic
def change_files(post: Post, *, by, drop: Iterable[str] = (), uploads: Sequence = ()) -> None:
    """Take files away from a post, by their numbers, and put others beside it; UploadRefused says why not."""
    permissions.may_edit(by, post).or_refuse()
    numbers = [int(text) for text in drop if text.isascii() and text.isdigit() and len(text) < 18]
    gone = post.files.filter(pk__in=numbers[: FILES * 2])
    stored = list(gone.values_list("file", flat=True))
    gone.delete()
    forget_unlinked(stored)
    refuse_too_many(post, uploads)
    for upload in uploads:
        try:
            kept = store_upload(upload, by=by)
        except UploadRefused as refusal:
            raise UploadRefused(refusal.cause, named(upload, refusal)) from refusal
        name = safe_name(upload.name or "", kept.extension)
        PostFile.objects.get_or_create(post=post, file=kept, defaults={"name": name})
