"""A way of sending mail that the database refuses."""

from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection


class Refused(BaseEmailBackend):
    """As where what is sent is kept in a table that does not take it."""

    def send_messages(self, messages):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
