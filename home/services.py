"""What a visitor does on the portal's own pages: write to the Technical Secretariat."""

from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.floods import Bound, key_of, refuse_floods
from core.languages import speaking
from home.models import ContactTry
from notifications.services import send_mail_page

PER_ORIGIN = (5, timedelta(hours=1))
OVERALL = (200, timedelta(days=1))
KEPT = timedelta(days=1)


def write_to_secretariat(*, name: str, email: str, topic, message: str, by) -> None:
    """Mail a message to the Technical Secretariat; raises whatever the mail server raised."""
    with speaking("en"):
        subject = " ".join(_("Message through the portal: %(topic)s").split()) % {"topic": topic}
        context = {"name": name, "email": email, "topic": topic, "message": message, "account": by}
        send_mail_page(parseaddr(settings.CONTACT_EMAIL)[1], subject, "home/contact_mail", context, reply_to=email)


@transaction.atomic
def count_message(origin: str) -> ContactTry:
    """Count one message of this origin, or raise TooMany. Apart from the sending: nobody waits for another's mail server."""
    key, tries = key_of("contact", origin), ContactTry.objects
    tries.filter(at__lt=timezone.now() - KEPT).delete()
    often = _("You have written several times in the last hour. Please wait a little.")
    full = _("The form receives too many messages at the moment. Please try again tomorrow.")
    bounds = [Bound(tries.filter(key=key), *PER_ORIGIN, often), Bound(tries.all(), *OVERALL, full)]
    refuse_floods("home.contact", "at", bounds)
    return tries.create(key=key)
