"""What moderators decide in the one queue: a newcomer's post that waits, and a post that readers reported."""

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from forums import moderation_notices as notices
from forums import reading, streams
from forums.choices import PostState, TopicState
from forums.models import Post, Report
from forums.moderation_permissions import DECIDING
from forums.reasons import ReportState
from forums.services import holding, reporting
from forums.services.moderating.posts import put_away
from forums.services.moderating.refusing import refuse_post
from forums.services.publishing import publish_post
from review.choices import CaseState
from review.errors import Incomplete
from review.kinds import Against, CaseKind, ReviewField, ReviewFile, register

TOPIC, TEXT = gettext_lazy("Topic"), gettext_lazy("Text")


class PostCase(CaseKind):
    """What both kinds share: the post, who wrote it, who decides."""

    roles = DECIDING
    others_words = gettext_lazy("Only moderators and network administrators decide on posts of the forums.")
    reason_is_needed = False
    default_days = 2

    # --- what there is to read
    def _post(self, case) -> Post:
        if "post_at_hand" not in case.__dict__:
            rows = Post.objects.select_related("topic__forum", "author", "institution", "topic__accepted")
            case.post_at_hand = rows.get(pk=streams.post_of(case.stream))
        return case.post_at_hand

    def fields(self, case, *, against=None) -> list[ReviewField]:
        post = self._post(case)
        drawn = reading.preview(post.topic.forum, post.text, by=post.author)
        text = ReviewField("text", "", str(TEXT), post.topic.title, "", post.text, post.topic.language, drawn)
        if not _begins(post):
            return [text]
        return [ReviewField("title", "", str(TOPIC), post.topic.title, "", post.topic.title, post.topic.language), text]

    def against(self, case, *, against=None) -> Against:
        return Against(url=self.public_url(case), facts=tuple(self._facts(self._post(case))))

    def _facts(self, post: Post):
        yield _("Author"), str(post.author or _("a former member"))
        yield _("Forum"), f"{post.topic.forum.name} · {post.topic.forum.get_access_display()}"

    def files(self, case) -> list[ReviewFile]:
        post = self._post(case)
        where = [post.topic.forum.slug, post.topic.slug]
        return [
            ReviewFile(
                row.name,
                reverse("forums:file", args=[*where, row.pk]),
                row.file.size,
                row.file.get_scan_state_display(),
            )
            for row in post.files.select_related("file")
        ]

    # --- whom it concerns
    def concerns(self, case, user) -> bool:
        return self._post(case).author_id == user.pk

    def public_url(self, case) -> str:
        post = self._post(case)
        topic = post.topic
        if post.place is None or topic.state != TopicState.PUBLISHED:
            return ""
        return reverse("forums:post", args=[topic.forum.slug, topic.slug, post.place])


def _begins(post: Post) -> bool:
    return post.is_first or post.topic.state == TopicState.HELD


class HeldPost(PostCase):
    """The first post of somebody new."""

    key = holding.KIND
    label = gettext_lazy("First post of a newcomer")
    icon = "wait"
    approve_label = gettext_lazy("Publish the post")
    letter_label = gettext_lazy("Message to the author")
    letter_missing = gettext_lazy("Write the message to the author: it says why the post is not published.")
    decline_label = gettext_lazy("Refuse it with this message")
    declined_words = gettext_lazy("%(reference)s: the post is refused. Its author was told why.")
    verbs = {
        "hide": gettext_lazy("%(who)s hid the post"),
        "show": gettext_lazy("%(who)s showed the post again"),
        "edit": gettext_lazy("%(who)s changed the post"),
    }

    def names(self, cases) -> dict[int, tuple[str, str]]:
        ids = {streams.post_of(case.stream): case.pk for case in cases}
        begun = set(Post.objects.filter(pk__in=ids, place=1).values_list("pk", flat=True))
        new, follows = (_("First post: a new topic"), "wait"), (_("First post: a reply"), "wait")
        return {case_id: new if post_id in begun else follows for post_id, case_id in ids.items()}

    def before_approve(self, case, *, by) -> None:
        if self._post(case).state != PostState.HELD:
            raise Incomplete(_("This post does not wait any more."))

    def approve(self, case, *, by, completion: dict) -> None:
        publish_post(self._post(case))

    def end(self, case, *, by) -> None:
        if case.state == CaseState.DECLINED:
            refuse_post(self._post(case))

    def people(self, case) -> list:
        author = self._post(case).author
        return [author] if author else []

    def tell(self, case, step: str, *, by=None, key: str = "", **params) -> None:
        if step in ("approved", "declined"):
            notices.tell_of_decision(step, case, self._post(case))

    def status_url(self, case) -> tuple[str, list]:
        return ("forums:my_post", [self._post(case).pk])


class ReportedPost(PostCase):
    """A post of which readers say that it should not stand."""

    key = reporting.KIND
    label = gettext_lazy("Reported post")
    icon = "flag"
    approve_label = gettext_lazy("Uphold: hide the post")
    letter_label = gettext_lazy("Reason, for the author and for whoever reported")
    letter_missing = gettext_lazy("Write the reason: the author and whoever reported the post read it.")
    decline_label = gettext_lazy("Dismiss: the post stays")
    declined_words = gettext_lazy("%(reference)s: the report is dismissed. Whoever reported was told why.")
    verbs = HeldPost.verbs

    def names(self, cases) -> dict[int, tuple[str, str]]:
        counted = Report.objects.filter(case__in=[case.pk for case in cases]).order_by().values("case")
        numbers = {row["case"]: row["number"] for row in counted.annotate(number=Count("pk"))}
        words = {number: ngettext("Post with %(number)d report", "Post with %(number)d reports", number) % {"number": number}
                 for number in {*numbers.values(), 1}}  # fmt: skip
        return {case.pk: (words[numbers.get(case.pk, 1)], self.icon) for case in cases}

    def fields(self, case, *, against=None) -> list[ReviewField]:
        return [*super().fields(case), *(self._report(row) for row in self._reports(case))]

    def _reports(self, case) -> list[Report]:
        if "reports_at_hand" not in case.__dict__:
            case.reports_at_hand = list(case.forum_reports.select_related("by"))
        return case.reports_at_hand

    @staticmethod
    def _report(row: Report) -> ReviewField:
        words = "\n".join(filter(None, (row.get_reason_display(), row.text)))
        label = _("Report by %(name)s") % {"name": row.by or _("a former member")}
        return ReviewField(f"report-{row.pk}", "", label, _("Why it was reported"), "", words)

    def approve(self, case, *, by, completion: dict) -> None:
        if not case.letter:
            raise Incomplete(str(self.letter_missing))
        post = self._post(case)
        if post.state == PostState.PUBLISHED:
            put_away(post, by=by, reason=case.letter, case=case)
        reporting.settle_reports(case, ReportState.UPHELD)

    def end(self, case, *, by) -> None:
        reporting.settle_reports(case, ReportState.DISMISSED)

    def concerns(self, case, user) -> bool:
        return super().concerns(case, user) or any(row.by_id == user.pk for row in self._reports(case))

    def people(self, case) -> list:
        return [row.by for row in self._reports(case) if row.by]

    def tell(self, case, step: str, *, by=None, key: str = "", **params) -> None:
        if step in ("approved", "declined"):
            notices.tell_reporters(step, case)


register(HeldPost())
register(ReportedPost())
