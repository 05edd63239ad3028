"""What a visitor does on the portal's own pages: write to the Technical Secretariat."""

import hmac
from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import PortalError
from core.languages import speaking
from home.models import ContactTry
from notifications.services import send_mail_page

PER_ORIGIN = (5, timedelta(hours=1))
OVERALL = (200, timedelta(days=1))
KEPT = timedelta(days=1)


class TooManyMessages(PortalError):
    """Somebody, or everybody together, wrote too often (429)."""

    status = 429


def write_to_secretariat(*, name: str, email: str, topic: str, message: str, by, origin: str) -> None:
    """Mail a message to the Technical Secretariat; raises TooManyMessages, or whatever the mail server raised."""
    with transaction.atomic():
        _count(origin)
        with speaking("en"):
            subject = " ".join(_("Message through the portal: %(topic)s").split()) % {"topic": topic}
            context = {"name": name, "email": email, "topic": topic, "message": message, "account": by}
            send_mail_page(parseaddr(settings.CONTACT_EMAIL)[1], subject, "home/contact_mail", context)


def _count(origin: str) -> None:
    """Count one message of this origin, or refuse it. One at a time, so that two at once are not counted as one."""
    key = hmac.new(settings.SECRET_KEY.encode(), f"contact:{origin}".encode(), "sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('home.contact'))")
    ContactTry.objects.filter(at__lt=timezone.now() - KEPT).delete()
    times, span = PER_ORIGIN
    if ContactTry.objects.within(span).filter(key=key).count() >= times:
        raise TooManyMessages(_("You have written several times in the last hour. Please wait a little."))
    times, span = OVERALL
    if ContactTry.objects.within(span).count() >= times:
        raise TooManyMessages(_("The form receives too many messages at the moment. Please try again tomorrow."))
    ContactTry.objects.create(key=key)
