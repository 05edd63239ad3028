"""The versions of an item that were published, what changed from one to another, and what happened to it."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from catalogue.labels import Labels
from library import reading
from library.cases import ItemCase
from library.choices import RevisionState
from library.models import ItemRevision, LibraryItem
from network.models import User
from review import diff
from review.choices import CaseState
from review.models import Event

MOST = 200


@dataclass(frozen=True)
class Changed:
    """One field in two versions."""

    label: str
    difference: diff.Difference
    language: str


def versions(item: LibraryItem) -> list[ItemRevision]:
    """Every version that was public at some time, newest first: edits, and the last round of each approved proposal."""
    published = Q(state=RevisionState.EDITED) | Q(state=RevisionState.SUBMITTED, case__state=CaseState.APPROVED)
    rows = list(item.revisions.filter(published).select_related("proposer", "case").order_by("-number")[:MOST])
    last: dict[int, int] = {}
    for row in rows:
        last.setdefault(row.case_id, row.pk)
    return [row for row in rows if row.case_id is None or last[row.case_id] == row.pk]


def changes(old: ItemRevision | None, new: ItemRevision, labels: Labels) -> list[Changed]:
    """The fields in which two versions differ, word by word."""
    before = reading.answers(old, labels) if old else {}
    return [
        Changed(answer.question.name, diff.compare(was, answer.text), new.language)
        for _section, answers in reading.read(new, labels)
        for answer in answers
        if (was := before[answer.question.key].text if old else "") != answer.text
    ]


def happened(item: LibraryItem) -> list[tuple]:
    """Words and moment of each event of the item, newest first."""
    events = list(Event.objects.of(item.stream).filter(verb__in=ItemCase.verbs).order_by("-number")[:MOST])
    names = dict(User.objects.filter(pk__in={event.actor_id for event in events}).values_list("pk", "name"))
    return [(str(ItemCase.verbs[event.verb]) % {"who": _name(event.actor_id, names)}, event.at) for event in events]


def _name(person: int | None, names: dict[int, str]) -> str:
    return names.get(person) or _("a former member") if person else _("the portal")
