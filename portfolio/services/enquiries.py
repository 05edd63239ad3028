"""A visitor asks the institution of a programme: the message goes through the portal, and no address is shown."""

import logging
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
from network.choices import Role
from network.models import User
from notifications.services import send_mail_page
from portfolio.models import ConsolidatedProgram, Enquiry

logger = logging.getLogger(__name__)

PER_SENDER = (5, timedelta(hours=1))
PER_SENDER_DAY = (15, timedelta(days=1))
PER_PROGRAM = (30, timedelta(days=1))
GIVE_UP_AFTER = 12
BATCH = 100
KEEP = timedelta(days=180)


def people_asked(program):
    """Who hears of a question where the contact has no e-mail address: the institution's coordinators, or else its officers.
    Nobody for what was compiled from public sources: its institution has not spoken yet."""
    if program.is_carried:
        return User.objects.none()
    leads = User.objects.holding(Role.COORDINATOR, institution=program.institution_id)
    return leads if leads.exists() else User.objects.holding(Role.OFFICER, institution=program.institution_id)


def can_be_asked(program) -> bool:
    """Whether a question about the programme reaches somebody by e-mail."""
    return bool(program.contact_email) or people_asked(program).exists()


@transaction.atomic
def enquire(program, *, by, origin: str, name: str, email: str, organisation: str, text: str, language: str) -> Enquiry:
    """Keep the message; it is mailed after the commit. `origin` is where it comes from, kept as a keyed hash only."""
    program = ConsolidatedProgram.objects.public().select_for_update().get(pk=program.pk)
    sender = key_of("enquiry", origin)
    _refuse_floods(program, sender)
    enquiry = Enquiry.objects.create(
        program=program, name=name, email=email, organisation=organisation, text=text, language=language,
        sender_hash=sender, sent_by=by,
    )  # fmt: skip
    transaction.on_commit(partial(wake, "portfolio.tasks.mail_enquiries"), robust=True)
    return enquiry


def _refuse_floods(program, sender: str) -> None:
    """Of one sender, and about one programme."""
    often = _("You have written several times in a short while. Please wait before you write again.")
    full = _("This institution has received many messages today. Please try again tomorrow.")
    mine, about_it = Enquiry.objects.filter(sender_hash=sender), Enquiry.objects.filter(program=program)
    bounds = [Bound(mine, *PER_SENDER, often), Bound(mine, *PER_SENDER_DAY, often), Bound(about_it, *PER_PROGRAM, full)]
    refuse_floods(f"enquiry:{sender}", "created_at", bounds)


def mail_owed_enquiries() -> int:
    """Mail what is owed and due; answers how many left. Safe to run twice at once."""
    sent = 0
    while sent < BATCH and _mail_next():
        sent += 1
    return sent


def forget_old_enquiries(now=None) -> int:
    """Delete what was mailed, or given up, so long ago that nobody asks about it any more; answers how many."""
    over = (now or timezone.now()) - KEEP
    given_up = Q(mailed_at=None, attempts__gte=GIVE_UP_AFTER, created_at__lt=over)
    return Enquiry.objects.filter(Q(mailed_at__lt=over) | given_up).delete()[0]


@transaction.atomic
def _mail_next() -> bool:
    now = timezone.now()
    owed = Enquiry.objects.select_for_update(skip_locked=True, of=("self",)).select_related("program__published")
    enquiry = (
        owed.filter(mailed_at=None, next_try_at__lte=now, attempts__lt=GIVE_UP_AFTER).order_by("next_try_at").first()
    )
    if enquiry is None:
        return False
    enquiry.attempts += 1
    try:
        with transaction.atomic():  # a refusal of the database ends this alone: the row still says why
            _mail(enquiry)
    except Exception as error:  # whatever a mail server does, the row stays owed and says why
        logger.exception("enquiry %s not mailed", enquiry.pk)
        enquiry.last_error = f"{type(error).__name__}: {error}"[:300]
        enquiry.next_try_at = now + timedelta(minutes=2**enquiry.attempts)
    else:
        enquiry.mailed_at, enquiry.last_error = now, ""
    enquiry.save(update_fields=["attempts", "last_error", "next_try_at", "mailed_at"])
    return True


def _mail(enquiry: Enquiry) -> None:
    """To the contact person, or to those who hear in their place, in the language of the programme's text; an answer goes to
    whoever asked."""
    program = enquiry.program
    if not program.is_public:
        return  # left meanwhile: nobody is written to about it any more
    addresses = [program.contact_email] if program.contact_email else [who.email for who in people_asked(program)]
    with speaking(program.published.language):
        subject = _("A question about “%(title)s”") % {"title": " ".join(program.published.title.split())}
        context = {"enquiry": enquiry, "program": program}
        path = reverse("portfolio:record", args=[program.slug])
        _mail_each(addresses, subject, "portfolio/enquiry_mail", context, path, reply_to=enquiry.email)


def _mail_each(addresses: list[str], *mail, reply_to: str) -> None:
    """One mail each, so that nobody sees another's address. Where one of them is refused, the others do not get theirs again."""
    failures = []
    for address in addresses:
        try:
            send_mail_page(address, *mail, reply_to=reply_to)
        except Exception as error:  # whatever a mail server does
            failures.append(error)
    if len(failures) == len(addresses):
        raise failures[0] if failures else LookupError("nobody of the institution to write to")
    for error in failures:
        logger.error("one mail about an enquiry was refused: %s", error)
