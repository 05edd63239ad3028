"""What moderation tells authors, and whoever reported a post: what was done, and why.

Notices hold ids alone: title, reason and address are read when a notice is shown or sent, if its reader still reads the forum.
"""

from collections.abc import Sequence
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forums.models import Act, Forum, Report, Topic
from notifications import kinds
from notifications.kinds import NoticeKind
from notifications.models import Notice
from notifications.services import tell
from review.models import Case

WHY_AUTHOR = _("You receive this because you wrote the post.")
WHY_TOPIC = _("You receive this because you began the topic.")
WHY_POSITION = _("You receive this because you took a position.")
WHY_REPORTED = _("You receive this because you reported the post.")
WHY_BELONGS = _("You receive this because you belong to this forum, or have written in it.")
READ, SEE, OPEN = _("Read the post"), _("See the post and the reason"), _("Open the topic")
WHY_LENGTH = 500


def about_topics(notices: Sequence[Notice]) -> dict[int, dict]:
    """What each notice says of a topic, if its reader may read the forum at this moment."""
    reader, ids = notices[0].recipient, partial(_ids, notices)
    rows = Topic.objects.in_forums_of(reader).filter(pk__in=ids("topic")).select_related("forum")
    topics = {row.pk: row for row in rows}
    reasons = dict(Act.objects.filter(pk__in=ids("act")).values_list("pk", "reason"))
    letters = dict(Case.objects.filter(pk__in=ids("case")).values_list("pk", "letter"))
    found = {}
    for notice in notices:
        held = notice.params
        topic = topics.get(int(held["topic"]))
        if topic is not None:
            why = reasons.get(int(held["act"])) if "act" in held else letters.get(int(held.get("case", 0)))
            found[notice.pk] = {"title": topic.title, "forum": topic.forum.name, "why": sentence(why or "")}
            if not notice.url_name:
                found[notice.pk]["path"] = reverse("forums:topic", args=[topic.forum.slug, topic.slug])
    return found


def about_forums(notices: Sequence[Notice]) -> dict[int, dict]:
    """The same of a forum."""
    reader = notices[0].recipient
    rows = {row.pk: row for row in Forum.objects.visible_to(reader).filter(pk__in=_ids(notices, "forum_id"))}
    found = {notice.pk: rows.get(int(notice.params["forum_id"])) for notice in notices}
    return {
        pk: {"forum": row.name, "path": reverse("forums:forum", args=[row.slug])} for pk, row in found.items() if row
    }


def _ids(notices: Sequence[Notice], name: str) -> set[int]:
    return {int(notice.params[name]) for notice in notices if name in notice.params}


KINDS = (
    NoticeKind(
        "forums.approved",
        _("Your post in “%(title)s” is published"),
        _("A moderator read your post in the topic “%(title)s” and published it. From now on what you write appears at once."),
        READ, WHY_AUTHOR, reads=about_topics,
    ),
    NoticeKind(
        "forums.refused",
        _("Your post in “%(title)s” was not published"),
        _("A moderator did not publish your post in the topic “%(title)s”. The reason: %(why)s Your text is kept for you."),
        SEE, WHY_AUTHOR, reads=about_topics,
    ),
    NoticeKind(
        "forums.hidden",
        _("Your post in “%(title)s” was hidden"),
        _("A moderator hid your post in the topic “%(title)s”. The reason: %(why)s Your text is kept for you."),
        SEE, WHY_AUTHOR, reads=about_topics,
    ),
    NoticeKind(
        "forums.shown",
        _("Your post in “%(title)s” is shown again"),
        _("A moderator shows your post in the topic “%(title)s” again. The reason: %(why)s"),
        READ, WHY_AUTHOR, reads=about_topics,
    ),
    NoticeKind(
        "forums.edited",
        _("A moderator changed your post in “%(title)s”"),
        _("A moderator changed your post in the topic “%(title)s”. The reason: %(why)s What it said before stays readable."),
        READ, WHY_AUTHOR, reads=about_topics,
    ),
    NoticeKind(
        "forums.words_hidden",
        _("The words of your position in “%(title)s” were hidden"),
        _("A moderator hid the words of your position in the topic “%(title)s”. The reason: %(why)s The position itself counts as before."),
        OPEN, WHY_POSITION, reads=about_topics,
    ),
    NoticeKind(
        "forums.topic_hidden",
        _("Your topic “%(title)s” was hidden"),
        _("A moderator hid your topic “%(title)s”. The reason: %(why)s"),
        OPEN, WHY_TOPIC, reads=about_topics,
    ),
    NoticeKind(
        "forums.topic_shown",
        _("Your topic “%(title)s” is shown again"),
        _("A moderator shows your topic “%(title)s” again. The reason: %(why)s"),
        OPEN, WHY_TOPIC, reads=about_topics,
    ),
    NoticeKind(
        "forums.locked",
        _("Your topic “%(title)s” was locked"),
        _("A moderator locked your topic “%(title)s”: it can be read and takes no more replies. The reason: %(why)s"),
        OPEN, WHY_TOPIC, reads=about_topics,
    ),
    NoticeKind(
        "forums.moved",
        _("Your topic “%(title)s” was moved to another forum"),
        _("A moderator moved your topic “%(title)s” to the forum “%(forum)s”. The reason: %(why)s"),
        OPEN, WHY_TOPIC, reads=about_topics,
    ),
    NoticeKind(
        "forums.split",
        _("Your posts were moved into the new topic “%(title)s”"),
        _("A moderator moved posts of yours into a topic of their own, “%(title)s”. The reason: %(why)s"),
        OPEN, WHY_AUTHOR, reads=about_topics,
    ),
    NoticeKind(
        "forums.merged",
        _("Your topic was joined with “%(title)s”"),
        _("A moderator joined your topic “%(before)s” with the topic “%(title)s”. The reason: %(why)s Its address leads there."),
        OPEN, WHY_TOPIC, reads=about_topics,
    ),
    NoticeKind(
        "forums.report_upheld",
        _("You reported a post in “%(title)s”: it is hidden now"),
        _("A moderator read your report of a post in the topic “%(title)s” and hid the post. The reason: %(why)s Thank you."),
        _("See your report"), WHY_REPORTED, reads=about_topics,
    ),
    NoticeKind(
        "forums.report_dismissed",
        _("You reported a post in “%(title)s”: it stays"),
        _("A moderator read your report of a post in the topic “%(title)s” and left the post as it is. The reason: %(why)s"),
        _("See your report"), WHY_REPORTED, reads=about_topics,
    ),
    NoticeKind(
        "forums.prompt",
        _("It has been quiet in “%(forum)s”"),
        _(
            "Nobody has written in the forum “%(forum)s” for a while. A question, a piece of news or a lesson learned of "
            "yours would help the others. If it is not needed any more, the network's administrators may archive it."
        ),
        _("Open the forum"), WHY_BELONGS, reads=about_forums,
    ),
)  # fmt: skip

kinds.register(*KINDS)


def tell_author(kind: str, act: Act, *, post=None, topic=None) -> None:
    """Tell whoever wrote the post, or began the topic, what was done; not those who did it themselves."""
    of, topic = (post, post.topic) if post is not None else (topic, topic)
    if of.author is None or of.author_id == act.by_id:
        return
    there = {"url_name": "forums:my_post", "url_args": [post.pk]} if post is not None else {}
    tell(f"forums.{kind}", [of.author], key=f"forums.{kind}:{act.pk}", topic=topic.pk, act=act.pk, **there)


def tell_of_position(act: Act, position) -> None:
    """Tell whoever took a position that its words are hidden."""
    if position.user is not None and position.user_id != act.by_id:
        tell(
            "forums.words_hidden", [position.user], key=f"forums.words_hidden:{act.pk}", topic=act.topic_id, act=act.pk
        )


def tell_authors(kind: str, act: Act, people, topic, **params) -> None:
    """The same for several authors at once, about the topic where their words stand now."""
    others = [person for person in people if person and person.pk != act.by_id]
    tell(f"forums.{kind}", others, key=f"forums.{kind}:{act.pk}", topic=topic.pk, act=act.pk, **params)


def tell_of_decision(step: str, case: Case, post) -> None:
    """A post that waited was published or refused."""
    if post.author is None:
        return
    kind = "forums.approved" if step == "approved" else "forums.refused"
    there = {"url_name": "forums:my_post", "url_args": [post.pk]}
    tell(kind, [post.author], key=f"{kind}:{case.pk}", topic=post.topic_id, case=case.pk, **there)


def tell_reporters(step: str, case: Case) -> None:
    """What came of the reports: to each who reported, who stays unnamed to all others."""
    kind = "forums.report_upheld" if step == "approved" else "forums.report_dismissed"
    for report in Report.objects.filter(case=case, by__isnull=False).select_related("by", "post"):
        tell(
            kind, [report.by], key=f"{kind}:{report.pk}", url_name="forums:my_report", url_args=[report.pk],
            topic=report.post.topic_id, case=case.pk,
        )  # fmt: skip


def tell_of_silence(forum: Forum, people, key: str) -> None:
    """Ask those of a silent forum for a word."""
    tell("forums.prompt", people, key=key, forum_id=forum.pk)


def sentence(text: str) -> str:
    """A reason as a sentence among others, not too long for a mail."""
    text = " ".join(text.split())
    text = text if len(text) <= WHY_LENGTH else f"{text[:WHY_LENGTH].rstrip()}…"
    return text if text[-1:] in ("", ".", "!", "?", "…") else f"{text}."
