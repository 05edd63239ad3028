"""Floods: what anybody may send is counted by where it comes from. The rows that are counted belong to the caller."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from core.errors import PortalError


class TooMany(PortalError):
    """Somebody, or everybody together, sent too much in a while (429)."""

    status = 429


@dataclass(frozen=True)
class Bound:
    """At most so many of these rows in a span; `words` say so to whoever sends one more."""

    rows: QuerySet
    most: int
    span: timedelta
    words: str


def key_of(purpose: str, origin: str) -> str:
    """A keyed digest of an origin: it is counted, and cannot be read back."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{purpose}:{origin}".encode(), "sha256").hexdigest()


def refuse_floods(lock: str, column: str, bounds: Iterable[Bound]) -> None:
    """Raise TooMany at the first bound that is reached; `column` says when a row was written.

    One at a time until the caller's transaction ends, so that two at once are not counted as one.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [lock])
    now = timezone.now()
    for bound in bounds:
        if bound.rows.filter(**{f"{column}__gt": now - bound.span}).count() >= bound.most:
            raise TooMany(bound.words)
