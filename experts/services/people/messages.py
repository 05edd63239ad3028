"""Somebody writes to an expert: the message goes through the portal, and the expert's address is shown to nobody."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.floods import Bound, key_of, refuse_floods
from core.languages import speaking
from core.queue import wake
from experts.models import Expert, ExpertMessage
from experts.models.contact import GIVE_UP_AFTER
from experts.services.people.mailing import mail_owed
from notifications.services import send_mail_page

PER_SENDER = (5, timedelta(hours=1))
PER_SENDER_DAY = (15, timedelta(days=1))
PER_EXPERT = (20, timedelta(days=1))
KEEP = timedelta(days=180)


def reachable():
    """Public experts with an account: only they can be written to."""
    return Expert.objects.public().filter(user__is_active=True)


@transaction.atomic
def write_to_expert(
    expert, *, by, origin: str, name: str, email: str, organisation: str, text: str, language: str
) -> ExpertMessage:
    """Keep the message; it is mailed after the commit. `origin` is where it comes from, kept as a keyed hash only."""
    expert = reachable().select_for_update(of=("self",)).get(pk=expert.pk)
    sender = key_of("expert", origin)
    _refuse_floods(expert, sender)
    message = ExpertMessage.objects.create(
        expert=expert, name=name, email=email, organisation=organisation, text=text, language=language,
        sender_hash=sender, sent_by=by,
    )  # fmt: skip
    transaction.on_commit(partial(wake, "experts.tasks.mail_owed"), robust=True)
    return message


def _refuse_floods(expert, sender: str) -> None:
    """Of one sender, and to one expert."""
    often = _("You have written several times in a short while. Please wait before you write again.")
    full = _("This expert has received many messages today. Please try again tomorrow.")
    mine, theirs = ExpertMessage.objects.filter(sender_hash=sender), ExpertMessage.objects.filter(expert=expert)
    bounds = [Bound(mine, *PER_SENDER, often), Bound(mine, *PER_SENDER_DAY, often), Bound(theirs, *PER_EXPERT, full)]
    refuse_floods(f"expert:{sender}", "created_at", bounds)


def mail_messages() -> int:
    """Mail the messages that are owed."""
    return mail_owed(ExpertMessage, _mail)


def _mail(message: ExpertMessage) -> None:
    """In the expert's language; an answer goes to whoever wrote."""
    expert = message.expert
    if not expert.is_public or expert.user is None or not expert.user.is_active:
        return  # left or paused meanwhile: nobody is written to any more
    with speaking(expert.user.language):
        path = reverse("experts:profile", args=[expert.slug])
        context = {"message": message, "expert": expert}
        subject = _("A message from a visitor of the experts' network")
        send_mail_page(expert.user.email, subject, "experts/message_mail", context, path, reply_to=message.email)


def forget_old_messages(now=None) -> int:
    """Delete what was mailed, or given up, so long ago that nobody asks about it any more; answers how many."""
    over = (now or timezone.now()) - KEEP
    given_up = Q(mailed_at=None, attempts__gte=GIVE_UP_AFTER, created_at__lt=over)
    return ExpertMessage.objects.filter(Q(mailed_at__lt=over) | given_up).delete()[0]
