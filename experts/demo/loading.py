"""Loads the demonstration's experts through the services that people use, so that every event of them is genuine.

Each is marked as invented, in the name and on the page.
"""

import json
from datetime import timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from catalogue.models import Entry
from core.choices import YesNo
from core.languages import TO_DJANGO
from experts import services
from experts.freshness import SILENT_AFTER, months_before
from experts.models import Expert, ProfileRevision
from experts.services.people import texts
from experts.services.people.moves import move
from network.managers import today
from network.models import User
from review import services as review

HERE = Path(__file__).resolve().parent
REVIEWER = "bruno@demo.example"
MARKS = {"es": "(demostración)", "pt": "(demonstração)", "fr": "(démonstration)", "en": "(demonstration)"}
REFEREE = {
    "name": "Rita Salas (demostración)",
    "position": "Universidad de la Demostración",
    "email": "rita@demo.example",
    "note": "Dirigió dos de sus estudios.",
}
LETTER = "Gracias por su perfil: queda en el directorio desde hoy."


def load() -> int:
    """Load what is not there yet; answers how many experts were added."""
    return sum(_load(row) for row in people())


def people() -> list[dict]:
    """Those among the experts who stand for something that may happen; the rest of the directory is drawn beside them."""
    return json.loads((HERE / "people.json").read_text(encoding="utf-8"))


@transaction.atomic
def _load(row: dict) -> int:
    values = row["values"] | {"programmes": _numbers(row.get("programmes", ()))}
    expert = add_expert(
        values, email=row["email"], name=row["name"], timezone_name=row.get("timezone", ""),
        shown=row.get("shown", ()), availability=row.get("availability", "YES"), notice_weeks=row.get("notice_weeks"), reviewed=True,
        state=row["state"],
    )  # fmt: skip
    return int(expert is not None)


def _numbers(titles) -> list[str]:
    """Permanent numbers of public programmes and records, by their titles."""
    return list(Entry.objects.filter(title__in=titles).order_by("permanent_id").values_list("permanent_id", flat=True))


@transaction.atomic
def add_expert(
    values: dict, *, email: str, name: str, state: str = "published", shown=(), availability: str = "YES",
    notice_weeks: int | None = None, reviewed: bool = False, timezone_name: str = "",
) -> Expert | None:  # fmt: skip
    """Add one invented expert with an account, or None if the account has a profile already.

    `values` are columns of a ProfileRevision; the mark stands behind the name. `state`: draft, in_review, published, paused, silent.
    `reviewed` goes the whole way through a case, with its notices; without, many may be added in silence.
    """
    person = account(email, name, values.get("language", "es"), timezone_name)
    if Expert.objects.filter(user=person).exists():
        return None
    draft = services.begin_profile(by=person, is_demo=True)
    named = {"name": f"{name} {MARKS[values.get('language', 'es')]}"}
    draft = services.save_profile(draft, by=person, values=values | named, referees=[REFEREE], shown=shown)
    Expert.objects.filter(pk=draft.expert_id).update(availability=availability, notice_weeks=notice_weeks)
    if state != "draft":
        _send(draft, person, state, reviewed)
    return Expert.objects.get(pk=draft.expert_id)


def account(email: str, name: str, language: str, timezone_name: str = "") -> User:
    """An account of the demonstration, with the password that they all have."""
    other = User.objects.filter(is_demo=True).exclude(password="").exclude(email=email).order_by("pk").first()
    values = {"name": name, "language": TO_DJANGO.get(language, language), "is_demo": True}
    if timezone_name:
        values["timezone"] = timezone_name
    user, created = User.objects.get_or_create(email=email, defaults=values)
    if other and user.password != other.password:
        user.password = other.password
        user.save(update_fields=["password"])
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True, "verified": True})
    return user


def _send(draft: ProfileRevision, person, state: str, reviewed: bool) -> None:
    reviewer = User.objects.filter(email=REVIEWER).first()
    if reviewed:
        sent = services.submit_profile(draft, by=person, consent=True)
        if state == "in_review":
            return
        review.claim(sent.case, by=reviewer)
        sent.case.refresh_from_db()
        review.approve(sent.case, by=reviewer, version=sent.case.version, letter=LETTER)
    else:
        _publish_in_silence(draft, person, reviewer)
    _live(Expert.objects.get(pk=draft.expert_id), person, state)


def _publish_in_silence(draft: ProfileRevision, person, reviewer) -> None:
    """Submitted and published without a case: nobody is told."""
    lacking = texts.missing(texts.values_of(draft))
    if lacking:
        raise ValueError(f"{draft.name} lacks {', '.join(one.key for one in lacking)}.")
    Expert.objects.filter(pk=draft.expert_id).update(registry_consent=YesNo.YES)
    draft.expert.refresh_from_db()
    move(draft, "submit", by=person, submitted_at=timezone.now())
    services.publish_profile(draft, by=reviewer)


def _live(expert: Expert, person, state: str) -> None:
    if state == "paused":
        services.pause(expert, by=person)
    elif state == "silent":
        asked = today() - timedelta(days=56)
        Expert.objects.filter(pk=expert.pk).update(
            confirmed_on=months_before(today(), SILENT_AFTER), confirmation_asked_on=asked
        )
        services.keep_fresh()
