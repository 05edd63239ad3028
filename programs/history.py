"""The versions of a record that were published, what changed from one to another, and what happened to it."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from catalogue.labels import Labels
from network.models import User
from programs import reading
from programs.cases import ProposalCase
from programs.choices import RevisionState
from programs.models import Project, ProjectRevision
from review import diff
from review.choices import CaseState
from review.models import Event

MOST = 200


@dataclass(frozen=True)
class Changed:
    """One field in two versions."""

    label: str
    column: str
    difference: diff.Difference
    language: str


def versions(project: Project) -> list[ProjectRevision]:
    """Every version that was the public text at some time, newest first."""
    published = Q(state__in=(RevisionState.EDITED, RevisionState.IMPORTED)) | Q(
        state=RevisionState.SUBMITTED, case__state=CaseState.APPROVED
    )
    rows = project.revisions.filter(published).select_related(
        "saved_by", "submitted_by", "proposed_by", "case", "institution"
    )
    newest = list(rows.order_by("-number")[:MOST])
    return [row for row in newest if not _is_overtaken(row, newest)]


def _is_overtaken(row, rows) -> bool:
    """A round of an approved proposal that another round followed was never public."""
    return row.case_id is not None and any(other.case_id == row.case_id and other.number > row.number for other in rows)


def changes(old: ProjectRevision | None, new: ProjectRevision, labels: Labels) -> list[Changed]:
    """The fields in which two versions differ, word by word."""
    before = reading.answers(old, labels) if old else {}
    return [
        Changed(answer.question.name, str(part.column.label), diff.compare(was, answer.text), new.language)
        for part in reading.read(new, labels)
        for answer in part.answers
        if (was := before[answer.question.key].text if old else "") != answer.text
    ]


def happened(project: Project) -> list[tuple]:
    """Words and moment of each event of the record, newest first."""
    events = list(Event.objects.of(project.stream).filter(verb__in=ProposalCase.verbs).order_by("-number")[:MOST])
    done = [(event.verb, event.actor_id, event.at) for event in events]
    # an import is one event of its own, which names the revisions of all its records
    imported = project.revisions.filter(state=RevisionState.IMPORTED).order_by("-number")[:MOST]
    done += [("imported", *row) for row in imported.values_list("submitted_by", "submitted_at")]
    names = dict(User.objects.filter(pk__in={actor for _verb, actor, _at in done}).values_list("pk", "name"))
    newest = sorted(done, key=lambda one: one[2], reverse=True)[:MOST]
    return [(str(ProposalCase.verbs[verb]) % {"who": _name(actor, names)}, at) for verb, actor, at in newest]


def _name(person: int | None, names: dict[int, str]) -> str:
    return names.get(person) or _("a former member") if person else _("the portal")
