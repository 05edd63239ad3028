"""Locks, the address, and the catalogue: what every change of a kept answer shares."""

from django.db import connection
from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalogue import services as catalogue
from core.errors import WrongState
from experts.models import AdviceRequest, Answer, AnswerRevision
from experts.services.advice.moves import lock as lock_request
from review import events
from review.choices import OPEN_STATES
from review.models import Case

ENTRY = "answers"
TEXT = ("language", "title", "question", "reply", "themes", "country_id")
RESERVED_SLUGS = frozenset(("feed", "export", "new"))


def lock(revision) -> AnswerRevision:
    """A version as it stands now, locked in the order of everywhere: case, streams, request, answer, revision."""
    case_id = AnswerRevision.objects.values_list("case_id", flat=True).get(pk=revision.pk)
    if case_id:
        Case.objects.select_for_update().get(pk=case_id)
    lock_answer(revision.answer_id)
    AnswerRevision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
    with_all = ("answer__request__requester", "answer__request__expert__user", "answer__request__institution", "case")
    return AnswerRevision.objects.select_related(*with_all).get(pk=revision.pk)


def hold_cases(request) -> None:
    """Cases are locked before the requests that they are about, here as everywhere."""
    list(Case.objects.select_for_update().filter(answers__answer__request=request, state__in=OPEN_STATES))


def lock_answer(answer_id: int) -> Answer:
    """The answer, locked with its request and its stream."""
    answer = Answer.objects.get(pk=answer_id)
    if answer.request_id:
        lock_request(AdviceRequest(pk=answer.request_id))
    events.hold(answer.stream)
    Answer.objects.select_for_update().get(pk=answer_id)
    return Answer.objects.select_related("published", "request__requester", "request__expert__user").get(pk=answer_id)


def turn(revision, verb: str, *, state: str, by, **changes) -> None:
    """Change a draft's state and what else goes with it, and record it."""
    if not revision.is_open:
        raise WrongState(_("This text has moved on. Reload the page to see where it stands now."))
    changes = {"state": state, "version": revision.version + 1, **changes}
    for name, value in changes.items():
        setattr(revision, name, value)
    revision.save(update_fields=[*changes])
    events.record(revision.answer.stream, verb, by=by, case=revision.case, revision=revision.pk, round=revision.round)


def free_slug(title: str, number: int) -> str:
    """An address that no other answer has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('answers.slug'))")
    base = slugify(title)[:100].strip("-")
    if not base or base in RESERVED_SLUGS or base.isdigit() or Answer.objects.filter(slug=base).exists():
        return f"{base or 'answer'}-{number}"
    return base


def show(answer) -> None:
    """Bring the catalogue in line with what is public."""
    if answer.is_public:
        catalogue.publish(ENTRY, answer.pk)
    else:
        catalogue.withdraw(ENTRY, answer.pk)
