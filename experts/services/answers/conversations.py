"""A conversation held elsewhere, an expert hour for instance, becomes a closed question with its answer: both sides are asked for
their consent, and from there on it goes the way of every kept answer."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from experts import advice_notices as notices
from experts import advice_permissions as permissions
from experts.choices import RequestState, Side
from experts.models import AdviceRequest, Expert, Message
from experts.services.answers.consent import give_consent
from network.models import User
from review import events


def experts_among(user_ids) -> list[Expert]:
    """The experts of the directory among these people."""
    rows = Expert.objects.filter(user__in=user_ids, user__is_active=True, published__isnull=False)
    return list(rows.select_related("user", "published").order_by("pk"))


def askers_among(user_ids) -> list[User]:
    """Those of them who may ask in the name of an institution."""
    people = User.objects.filter(pk__in=user_ids, is_active=True, erased_at=None).order_by("name", "pk")
    return [person for person in people if permissions.places(person).exists()]


@transaction.atomic
def keep_conversation(
    expert, asker, *, by, title: str, question: str, reply: str, theme, language: str, confidential=False, is_demo=False
) -> AdviceRequest:
    """Write down what was asked and answered. Whoever does so, if one of the two sides, consents by it; the other side is asked.

    What not everybody could read is `confidential`: until both agree nobody reads it but the two.
    """
    institution = permissions.places(asker).first()
    if institution is None or asker.pk == expert.user_id:
        raise NotAllowed(
            _("Officers, coordinators and partners of an institution of the network ask for advice in its name.")
        )
    now = timezone.now()
    request = AdviceRequest.objects.create(
        requester=asker, institution=institution, expert=expert, theme=theme, title=title, question=question, language=language,
        state=RequestState.CLOSED, state_since=now, opened_at=now, accepted_at=now, answered_at=now, closed_at=now, confidential=confidential,
        is_demo=is_demo,
    )  # fmt: skip
    Message.objects.create(request=request, author=expert.user, side=Side.EXPERT, text=reply, is_answer=True)
    events.record(request.stream, "conversation_kept", by=by)
    both = [*notices.asking_side(request), *notices.experts_side(request)]
    notices.tell("answer_from_room", request, both, by=by, key=f"experts.conversation:{request.pk}")
    if by.pk in (asker.pk, expert.user_id):
        give_consent(request, by=by)
    return request
