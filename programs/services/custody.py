"""The hand-over of the Table: one logged action."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from network.managers import today
from programs import notices, permissions
from programs.custody import custodian
from programs.models import Custody
from review import events

STREAM = "programs:custody"


@transaction.atomic
def hand_over(institution, *, from_day: date, by, note: str = "") -> Custody:
    """From a day on, today or later, the editors of another institution keep the Table; those of the old one only look."""
    permissions.may_hand_over(by).or_refuse()
    events.hold(STREAM)
    if from_day < today():
        raise NotAllowed(_("The Table is handed over today or later, not in the past."))
    if custodian(from_day) == institution:
        raise NotAllowed(_("%(institution)s keeps the Table on that day already.") % {"institution": institution.name})
    before = custodian()
    custody = Custody.objects.create(institution=institution, from_day=from_day, handed_over_by=by, note=note.strip())
    event = events.record(STREAM, "handed_over", by=by, institution=institution.pk, day=from_day.isoformat())
    notices.tell_of_hand_over(custody, before, event=event.number, by=by)
    return custody
