"""What becomes of requests when a person is erased: the institution keeps what it asked and was told, without the name."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from experts.choices import OfferState, RequestState, Side
from experts.models import AdviceRequest, Message, Offer
from experts.services.advice.answering import release
from experts.services.advice.asking import route_on
from experts.services.advice.moves import lock, lock_offer, move_offer
from experts.services.answers.consent import take_back_all
from files import services as files
from notifications.models import Notice


@transaction.atomic
def forget(user) -> None:
    """Take a person out of every request; safe to repeat.

    Drafts go, with their files. What was sent stays with the institution; messages stay, for they are what it was told, without
    the author. Comments, reasons and consents go: what was published with a consent leaves with it.
    """
    take_back_all(user)
    leave_directory(user)
    drafts = AdviceRequest.objects.filter(requester=user, state=RequestState.DRAFT)
    stored = list(drafts.values_list("files__file_id", flat=True))
    drafts.delete()
    files.forget_unlinked(pk for pk in stored if pk)
    AdviceRequest.objects.filter(requester=user).update(requester=None, requester_comment="")
    Message.objects.filter(author=user).update(author=None)
    Offer.objects.filter(asked_by=user).update(asked_by=None)


@transaction.atomic
def leave_directory(user) -> None:
    """An expert leaves: what waits for them goes to somebody else, what they consented to publish leaves, for nobody could take
    the consent back later; their reasons, comments and name go. The account may go on asking."""
    now = timezone.now()
    take_back_all(user, sides=(Side.EXPERT,))
    own = Q(expert__user=user)
    for offer in Offer.objects.filter(own, state=OfferState.ASKED):
        held = lock_offer(offer)
        move_offer(held, "decline", by=None, now=now)
        route_on(held.request, now=now)
    for request in AdviceRequest.objects.filter(own, state=RequestState.ACCEPTED):
        release(lock(request), by=None, now=now)
    Offer.objects.filter(own).update(reason="", expert=None)
    Offer.objects.filter(named__user=user).update(named=None)
    AdviceRequest.objects.filter(own).update(expert=None, expert_comment="")
    Message.objects.filter(author=user, side=Side.EXPERT).update(author=None)
    said = Notice.objects.filter(kind="experts.request_accepted", params__contains={"who": {"user": user.pk}})
    for notice in said.select_for_update():
        notice.params |= {"who": {"user": None}}  # which is read as "a former member"
        notice.save(update_fields=["params"])
