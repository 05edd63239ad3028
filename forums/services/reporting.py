"""Readers report posts; several reports of one post are one case."""

from django.db import transaction

from forums import moderation_permissions as permissions
from forums import streams
from forums.deciding import institution_of, open_case_of
from forums.models import Post, Report
from forums.reasons import ReportState
from forums.services.floods import refuse_many_reports
from review import events
from review import services as review
from review.models import Case

KIND = "forums.report"


@transaction.atomic
def report_post(post: Post, *, by, reason: str, text: str = "") -> Report:
    """Tell the moderators of a post that should not stand; whoever comes second joins the case that is open."""
    permissions.may_report(by, post).or_refuse()
    refuse_many_reports(by)
    events.hold(f"reports:{post.pk}")  # two who report at once open one case
    case = _joined(post)
    now = Post.objects.select_related("topic__forum", "institution").get(pk=post.pk)
    permissions.may_report(by, now).or_refuse()  # it may have been decided while this waited
    case = case or _opened(now, by)
    return Report.objects.create(post=now, by=by, case=case, reason=reason, text=text.strip(), post_version=now.version)


def _joined(post: Post) -> Case | None:
    """The open case of the post: whoever has its page open is told of one report more before they decide."""
    case = open_case_of(KIND, streams.of_post(post.pk))
    if case is None:
        return None
    case = review.lock(case)
    if not case.is_open:
        return None
    review.touch(case)
    return case


def _opened(post: Post, by) -> Case:
    topic, institution = post.topic, institution_of(post, by)
    country = (institution.country_id if institution else "") or ""
    return review.open_case(
        KIND, by=by, stream=streams.of_post(post.pk), title=topic.title, language=topic.language, country=country,
        institution=institution, themes=topic.themes,
    )  # fmt: skip


def settle_reports(case: Case, state: str) -> None:
    """Every report of a decided case stands as it was decided."""
    case.forum_reports.filter(state=ReportState.OPEN).update(state=state)
