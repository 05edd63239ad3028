"""Sessions in the database, as Django keeps them."""

from django.contrib.sessions.backends import db
from django.utils import timezone

from core.prepared import Prepared

KEPT = Prepared("SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s")


class SessionStore(db.SessionStore):
    """Django's; the statement with which every page of somebody signed in begins is planned once a connection."""

    def load(self) -> dict:
        rows = KEPT.rows(self.session_key, timezone.now())
        if rows:
            return self.decode(rows[0][0])
        self._session_key = None
        return {}
