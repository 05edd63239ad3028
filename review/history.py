"""The record of a case in sentences, newest first."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import User
from review import kinds
from review.models import Case, Event

MOST = 100
VERBS = {
    "opened": gettext_lazy("The case was opened for %(who)s"),
    "ask": gettext_lazy("%(who)s returned the case with questions"),
    "answer": gettext_lazy("%(who)s answered, and the next round came in"),
    "hold": gettext_lazy("%(who)s put the case on hold"),
    "resume": gettext_lazy("%(who)s took the case up again"),
    "approve": gettext_lazy("%(who)s approved the case"),
    "decline": gettext_lazy("%(who)s declined the case"),
    "withdraw": gettext_lazy("%(who)s withdrew the case"),
    "claimed": gettext_lazy("%(who)s claimed the case"),
    "released": gettext_lazy("%(who)s put the case back into the queue"),
    "let_go": gettext_lazy("The case came back into the queue: %(to)s cannot work on it any more"),
    "assigned": gettext_lazy("%(who)s assigned the case to %(to)s"),
    "noted": gettext_lazy("%(who)s wrote a note"),
    "graded": gettext_lazy("%(who)s graded the criteria"),
    "question_drafted": gettext_lazy("%(who)s drafted a question"),
    "question_removed": gettext_lazy("%(who)s removed a draft of a question"),
    "question_answered": gettext_lazy("%(who)s answered a question"),
}


@dataclass(frozen=True)
class Line:
    """One thing that happened."""

    words: str
    at: datetime


def history(case: Case) -> list[Line]:
    """What happened to the case and to the record it is about, the same thing in a row said once: two queries."""
    verbs = VERBS | kinds.of(case).verbs
    events = list(Event.objects.of(case.stream).filter(verb__in=verbs).order_by("-number")[:MOST])
    ids = {event.actor_id for event in events} | {event.data.get("to") for event in events}
    names = dict(User.objects.filter(pk__in=ids - {None}).values_list("pk", "name"))
    lines = [Line(_words(event, verbs, names), event.at) for event in events]
    return [line for line, later in zip(lines, [None, *lines], strict=False) if not later or line.words != later.words]


def _words(event: Event, verbs: dict, names: dict[int, str]) -> str:
    return str(verbs[event.verb]) % {"who": _name(event.actor_id, names), "to": _name(event.data.get("to"), names)}


def _name(person: int | None, names: dict[int, str]) -> str:
    return names.get(person) or _("a former member") if person else _("the portal")
