"""The end of a question: what came of it, a rating by each side, and whether it may be published without names."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from core.choices import YesNo
from experts import advice_notices as notices
from experts import advice_permissions as permissions
from experts.services.advice.moves import lock, move
from experts.services.answers.keeping import hold_cases
from experts.services.answers.texts import begin_text
from review import events


@transaction.atomic
def close(
    request, *, by, outcome: str, rating: int | None = None, comment: str = "", consent: bool = False, now: datetime | None = None
) -> None:  # fmt: skip
    """Close a question. Consent to publish is given in person: a coordinator who closes for a colleague gives none."""
    now = now or timezone.now()
    held = lock(request)
    permissions.may_close(by, held).or_refuse()
    own = consent and permissions.is_requester(by, held)
    move(
        held, "close", by=by, now=now, closed_at=now, outcome=outcome, requester_rating=rating, requester_comment=comment.strip(),
        requester_consent=YesNo.YES if own else YesNo.NO,
    )  # fmt: skip
    notices.tell("request_closed", held, notices.experts_side(held), by=by)


@transaction.atomic
def rate(request, *, by, rating: int, comment: str = "", consent: bool = False) -> None:
    """The expert's word on how it went. With the second consent a text for the knowledge base is drafted."""
    hold_cases(request)
    held = lock(request)
    permissions.may_rate(by, held).or_refuse()
    held.expert_rating, held.expert_comment = rating, comment.strip()
    held.expert_consent = YesNo.YES if consent else YesNo.NO
    held.version += 1
    held.save(update_fields=["expert_rating", "expert_comment", "expert_consent", "version"])
    events.record(held.stream, "rated", by=by)
    begin_text(held, by=by)
