"""Leaving the directory: everything that the person gave is erased, and their address answers as if it had never been."""

from django.db import connection, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue import services as catalogue
from catalogue.models import Departure
from core.choices import YesNo
from core.errors import WrongState
from experts import permissions
from experts.entries import KEY
from experts.models import AdviceRequest, Expert, ExpertInvitation, ExpertMessage, Message, Offer
from experts.services.advice.erasing import forget as forget_requests
from experts.services.advice.erasing import leave_directory
from experts.services.people.keeping import end_role, lock_expert
from experts.services.people.texts import values_of
from notifications.models import Notice
from review import events
from review import services as review
from review.models import Case, Question


@transaction.atomic
def leave(expert, *, by) -> None:
    """The person leaves the directory for good. The account stays; a new profile may be begun at any time."""
    permissions.is_own(by, expert).or_refuse()
    erase_expert(expert, by=by)


@transaction.atomic
def erase_expert(expert, *, by) -> None:
    """Erase what the directory holds of a person. The record stays as a bare number: others point at it, and its events hold no text."""
    if expert.user is not None:
        leave_directory(expert.user)
    _end_review(expert, by)
    held = lock_expert(expert.pk)
    _refuse_in_review(held)
    person = held.user
    _empty_cases(held)
    _erase_texts(held)
    events.record(held.stream, "left", by=by)
    if person is not None:
        end_role(person, by=by)
        Notice.objects.filter(recipient=person, url_name="experts:confirm").delete()  # its link names the record
    catalogue.withdraw(KEY, held.pk)


def _end_review(expert, by) -> None:
    for revision in expert.revisions.open().filter(case__isnull=False).select_related("case").order_by("case_id"):
        if revision.case.is_open:
            review.withdraw(revision.case, by=by)


def _refuse_in_review(held: Expert) -> None:
    """A case that was opened while the record was waited for cannot be ended any more: it is locked before the record."""
    if Case.objects.open().filter(profiles__expert=held).exists():
        raise WrongState(_("Somebody was faster: this case has moved on, so what you sent was not carried out."))


def _empty_cases(held: Expert) -> None:
    """What a case copied of the profile, and what was asked, answered and written about it. That it was decided stays."""
    cases = Case.objects.filter(stream=held.stream)
    Question.objects.filter(case__in=cases).update(text="", answer="")
    for case in cases:
        case.notes.all().delete()
    told = Notice.objects.filter(url_name="admin:review_case_change", url_args__in=[[case.pk] for case in cases])
    for notice in told.filter(params__has_key="title").select_for_update():
        notice.params |= {"title": held.permanent_id}  # whose profile it was
        notice.save(update_fields=["params"])
    cases.update(title=held.permanent_id, country="", themes=[], letter="", reason="", draft={})


def _erase_texts(held: Expert) -> None:
    held.referees.all().delete()
    held.messages.all().delete()
    Departure.objects.filter(permanent_id=held.permanent_id).delete()
    held.slug, held.published, held.user, held.created_by = None, None, None, None
    held.shown, held.registry_consent, held.source = [], YesNo.NO, ""
    held.confirmed_on = held.confirmation_asked_on = held.silent_since = held.paused_at = held.suspended_at = (
        held.notice_weeks
    ) = None
    held.retired_at = timezone.now()
    held.version += 1
    held.save()
    with connection.cursor() as cursor:  # the guard of submitted versions lets them go in this transaction
        cursor.execute("SET LOCAL inla.erasing = 'yes'")
        held.revisions.all().delete()
        cursor.execute("SET LOCAL inla.erasing = ''")


# --- with the account -----------------------------------------------------------------------------
@transaction.atomic
def forget_person(user, addresses: set[str]) -> None:
    """The account is erased: its profile, its messages and the invitations to its addresses go with it."""
    forget_requests(user)
    for expert in Expert.objects.filter(user=user):
        erase_expert(expert, by=user)
    ExpertMessage.objects.filter(sent_by=user).delete()
    for model in (ExpertMessage, ExpertInvitation):
        model.objects.alias(address=Lower("email")).filter(address__in=addresses).delete()
    ExpertInvitation.objects.filter(accepted_by=user).update(accepted_by=None)
    ExpertInvitation.objects.pending().filter(invited_by=user).update(revoked_at=timezone.now())


def held_of(user) -> dict:
    """What the directory holds of a person, as plain data."""
    expert = Expert.objects.filter(user=user).first()
    found = {
        "messages_sent": list(
            ExpertMessage.objects.filter(sent_by=user).values("expert_id", "text", "created_at").order_by("pk")
        ),
        "invitations_sent": list(
            user.experts_invited.values("email", "created_at", "accepted_at", "revoked_at").order_by("pk")
        ),
        **_advice_of(user),
    }
    if expert is None:
        return found
    return found | {
        "number": expert.permanent_id,
        "shown": expert.shown,
        "availability": expert.availability,
        "notice_weeks": expert.notice_weeks,
        "paused_at": expert.paused_at,
        "confirmed_on": expert.confirmed_on,
        "versions": [
            {"number": row.number, "state": row.state, "saved_at": row.saved_at, **values_of(row)}
            for row in expert.revisions.order_by("number")
        ],
        "references": list(expert.referees.values("name", "position", "email", "note")),
        "messages_received": list(
            expert.messages.values("name", "email", "organisation", "text", "created_at").order_by("pk")
        ),
    }


ASKED = (
    "state", "institution__name", "theme", "country", "title", "question", "tried", "language", "modality", "needed_by",
    "confidential", "created_at", "opened_at", "closed_at", "outcome", "requester_rating", "requester_comment",
    "requester_consent",
)  # fmt: skip


def _advice_of(user) -> dict:
    """The person's own words in requests for advice, on either side; not what others wrote to them."""
    answered = ("title", "accepted_at", "answered_at", "expert_rating", "expert_comment", "expert_consent")
    offered = ("request_id", "state", "asked_at", "respond_by", "ended_at", "reason", "named__published__name")
    said = ("request_id", "side", "text", "is_answer", "sent_at")
    return {
        "questions_asked": list(AdviceRequest.objects.filter(requester=user).values("pk", *ASKED).order_by("pk")),
        "questions_answered": list(
            AdviceRequest.objects.filter(expert__user=user).values("pk", *answered).order_by("pk")
        ),
        "questions_offered": list(Offer.objects.filter(expert__user=user).values(*offered).order_by("pk")),
        "messages_about_questions": list(Message.objects.filter(author=user).values(*said).order_by("pk")),
    }
