"""The mailbox of the demonstration: mails are kept to be read in the browser instead of being sent."""

from django.core.mail.backends.base import BaseEmailBackend

from notifications.models import MailboxMessage


class MailboxBackend(BaseEmailBackend):
    """Keeps each mail as a row."""

    def send_messages(self, email_messages) -> int:
        for mail in email_messages:
            html = next(
                (body for body, kind in getattr(mail, "alternatives", []) if kind == "text/html"),
                "",
            )
            MailboxMessage.objects.create(to=", ".join(mail.to), subject=mail.subject[:300], text=mail.body, html=html)
        return len(email_messages)
