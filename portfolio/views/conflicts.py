"""When two colleagues wrote the same answer: both are shown, one chooses, nothing is lost."""

import copy
import json

from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import ended, kept
from core.errors import NotAllowed, PortalError, Stale
from core.forms.fields import plain
from portfolio import annex, permissions, reading
from portfolio.choices import SubmissionState
from portfolio.forms.sections import SEEN, SectionForm
from portfolio.models import Submission
from portfolio.services import units

KEEP = "keep-"
EDIT = "edit-"
TEXTS = ("title", "also_known_as", "website", "address", "sharing_text", "time_span")


def resolved(post: QueryDict) -> tuple[QueryDict, list[str]]:
    """What was sent with the choices of the conflict page carried out, and the units still without a choice."""
    if "resolving" not in post:
        return post, []
    data = post.copy()
    try:
        seen = json.loads(data.get(SEEN, ""))
    except (ValueError, RecursionError):
        return data, []
    undecided = []
    for unit in list(seen) if isinstance(seen, dict) else []:
        choice = data.get(f"{KEEP}{unit}")
        if choice == "theirs":
            del seen[unit]
        elif choice == "edit":
            data[unit] = data.get(f"{EDIT}{unit}", "")
        elif choice != "mine":
            undecided.append(unit)
    data[SEEN] = json.dumps(seen)
    return data, undecided


def choose(request, submission, part: annex.Section, form: SectionForm, values: dict, wanted: list[str], who=None):
    """The page that shows both texts of each answer (409)."""
    rows = [_row(submission, unit, values[unit], request.POST) for unit in wanted if unit in values]
    return render(
        request,
        "portfolio/conflict.html",
        {
            "submission": submission,
            "section": part,
            "rows": rows,
            "asked_again": "resolving" in request.POST,
            "who": who.name if who else "",
            "seen": json.dumps({row["unit"]: units.digest(units.read(submission, row["unit"])) for row in rows}),
            "hidden": _hidden(request.POST),
            "note": kept.note(request.user, f"submission:{submission.pk}"),
        },
        status=409,
    )


def _row(submission, unit: str, mine, post) -> dict:
    question = annex.question_of(unit.removeprefix(units.SKIP))
    mine = units.normal(unit, mine)
    theirs = units.read(submission, unit)
    is_text = isinstance(mine, str) and isinstance(theirs, str) and unit in annex_texts()
    return {
        "unit": unit,
        "title": question.title,
        "mine": _shown(submission, unit, mine),
        "theirs": _shown(submission, unit, theirs),
        "text": mine if is_text else None,
        "edited": post.get(f"{EDIT}{unit}", mine) if is_text else "",
        "chosen": post.get(f"{KEEP}{unit}", ""),
    }


def annex_texts() -> frozenset[str]:
    """Columns that hold free text, which may be edited together."""
    single = {q.key for q in annex.questions() if q.is_single and (q.words or q.key in TEXTS)}
    return frozenset(single | {c for q in annex.questions() for c in q.columns if c.endswith("_text") or c in TEXTS})


def _shown(submission, unit: str, value) -> str:
    """A value as the form reads it."""
    if unit.startswith(units.SKIP):
        return _("Ticked: not applicable or not known") if value else _("Not ticked: not applicable or not known")
    if unit in annex_texts():
        return value
    held = copy.copy(submission)
    held.program = copy.copy(submission.program)
    units.write(held, unit, value)
    answer = reading.read(held, [annex.section(annex.question_of(unit).section)], attachments=[])[0]
    return next(a.text for a in answer.answers if a.question.key == annex.question_of(unit).key)


def _hidden(post: QueryDict) -> list[tuple[str, str]]:
    """Everything that was sent, to be sent again with the choice."""
    ours = {"csrfmiddlewaretoken", SEEN, kept.NOTE, ended.FIELD, "resolving"}
    return [
        (name, value)
        for name, values in post.lists()
        if name not in ours and not name.startswith((KEEP, EDIT))
        for value in values
    ]


def closed(request, submission, part: annex.Section, reason: str):
    """The form was submitted meanwhile: what was typed is shown, to be copied (409)."""
    form = SectionForm(part, submission, request.POST)
    typed = [
        (annex.question_of(unit.removeprefix(units.SKIP)).title, _shown(submission, unit, units.normal(unit, value)))
        for unit, value in form.values().items()
        if units.normal(unit, value) != units.read(submission, unit)
    ]
    return render(
        request,
        "409.html",
        {"message": reason, "yours": typed, "url": reverse("portfolio:submission", args=[submission.pk])},
        status=409,
    )


def answers_refused(request, submission, reason: str) -> PortalError:
    """What to raise where a colleague sent the round, or the OAS decided, while somebody typed answers: they are shown."""
    yours, theirs = [], []
    if submission.case and permissions.belongs(request.user, submission.program.institution_id):
        for question in submission.case.questions.filter(sent_at__isnull=False):
            text = plain(request.POST.get(f"answer-{question.pk}", "")).strip()
            if text and text != plain(question.answer):
                asked = annex.question(question.field)
                label = asked.full_title if asked else question.field
                yours.append((label, text))
                theirs.append((label, question.answer or _("Not answered yet")))
    if not yours:
        return NotAllowed(reason)
    return Stale(reason, yours=yours, theirs=theirs, url=reverse("portfolio:submission", args=[submission.pk]))


def endorsement_refused(user, submission, refusal: NotAllowed, typed: list) -> PortalError:
    """What to raise where another coordinator, or the OAS, was faster: what stands now beside the text that was written."""
    now = Submission.objects.select_related("endorsed_by").get(pk=submission.pk)
    endorser = submission.program.institution.endorser
    if (
        endorser is None
        or not permissions.endorses_by_submitting(user, submission)
        or now.state == SubmissionState.AWAITING_ENDORSEMENT
    ):
        return refusal
    returned = now.state == SubmissionState.RETURNED
    note = _("Why the coordinator returned it") if returned else _("Note on the endorsement")
    stands = [
        (_("State"), now.get_state_display()),
        (_("Endorsed by"), now.endorsed_by.name if now.endorsed_by else ""),
        (note, now.endorsement_note),
    ]
    theirs = [(label, words) for label, words in stands if words]
    url = reverse("portfolio:submission", args=[submission.pk])
    return Stale(refusal.message, yours=typed, theirs=theirs, url=url)
