"""The record of who did what: one chain of lines per record or case, each line sealed by the hash of the one before.

Lines hold ids, codes and names of fields, never texts or addresses: they outlive the account and the text.
"""

import hashlib
import json
import re
from datetime import UTC

from django.db import connection, transaction
from django.utils import timezone

from core.logging import request_id
from review.models import Event, Seal

_WORD = re.compile(r"[\w.:/+-]{0,60}")
SEALED = ("stream", "number", "case_id", "verb", "actor_id", "data", "request_id")


def record(stream: str, verb: str, *, by=None, case=None, **data) -> Event:
    """Write the next line of a stream. Two at once wait for each other, so that the chain never forks."""
    _check(data)
    asked = request_id.get()
    with transaction.atomic():
        hold(stream)
        last = Event.objects.of(stream).order_by("-number").only("number", "hash").first()
        event = Event(
            stream=stream,
            number=last.number + 1 if last else 1,
            case_id=case.pk if case else None,
            verb=verb,
            actor_id=by.pk if by else None,
            data=data,
            request_id="" if asked == "-" else asked,
            at=timezone.now(),
            previous_hash=last.hash if last else "",
        )
        event.hash = hash_of(event)
        event.save(force_insert=True)
    return event


def hold(stream: str) -> None:
    """Keep the stream until the transaction ends. Who also locks a record takes its stream first, so that no two wait in a ring."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [stream])


def _check(data: dict) -> None:
    """Texts and addresses have no place here: only numbers, codes and names of fields, alone or in lists."""
    for name, value in data.items():
        for one in value if isinstance(value, list | tuple) else [value]:
            fine = one is None or isinstance(one, int) or (isinstance(one, str) and _WORD.fullmatch(one))
            if not fine:
                raise ValueError(f"An event holds ids and field names, not a text: {name}")


def hash_of(event: Event) -> str:
    """SHA-256 over the line as canonical JSON and the hash of the line before."""
    line = {name: getattr(event, name) for name in SEALED}
    line["at"] = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    canonical = json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{canonical}\n{event.previous_hash}".encode()).hexdigest()


def verify(stream: str) -> bool:
    """Whether every line of the stream is there, unchanged and in order."""
    before = ""
    for number, event in enumerate(Event.objects.of(stream).order_by("number").iterator(), start=1):
        if event.number != number or event.previous_hash != before or event.hash != hash_of(event):
            return False
        before = event.hash
    return True


@transaction.atomic
def seal() -> Seal | None:
    """Seal the newest line of every stream that moved since the last seal; None if none did.

    The table is locked against writers while this looks, so that no line with a smaller id can still arrive.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE review_event IN SHARE MODE")
    last = Seal.objects.order_by("-pk").first()
    newest = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    after = last.last_event if last else 0
    if newest <= after:
        return None
    heads = _heads(after, newest)
    return Seal.objects.create(last_event=newest, streams=len(heads), hash=_seal_hash(heads, last))


def verify_seals() -> bool:
    """Whether every seal still fits the lines that it was put on: a stream cut short or rewritten whole shows here."""
    last = None
    for one in Seal.objects.order_by("pk").iterator():
        heads = _heads(last.last_event if last else 0, one.last_event)
        if one.streams != len(heads) or one.hash != _seal_hash(heads, last):
            return False
        last = one
    return True


def _heads(after: int, until: int) -> list[tuple[str, int, str]]:
    rows = Event.objects.filter(pk__gt=after, pk__lte=until).order_by("stream", "-number").distinct("stream")
    return list(rows.values_list("stream", "number", "hash"))


def _seal_hash(heads: list[tuple[str, int, str]], last: Seal | None) -> str:
    canonical = json.dumps(heads, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{canonical}\n{last.hash if last else ''}".encode()).hexdigest()
