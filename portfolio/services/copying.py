"""A revision from a revision: the row and its links to the same files, never bytes."""

from portfolio.models import Attachment, Submission
from review.models import Event

TEXT_COLUMNS = (
    "language", "title", "also_known_as", "website", "address", "categories", "themes", "needs_addressed", "description",
    "objectives", "start_year", "start_month", "end_year", "end_month", "ongoing", "time_span", "coverage", "coverage_text",
    "populations", "population_text", "population_number", "actors", "actors_text", "funding", "funding_text",
    "non_monetary_support", "other_sustainability", "achievements", "lessons_learned", "aspects_to_improve", "evaluations",
    "evaluations_text", "documents", "registry_consent", "sharing_commitment", "sharing_text", "criteria", "not_applicable",
)  # fmt: skip

CONSENTS = {"registry_consent": "registry_consent_withdrawn", "sharing_commitment": "sharing_withdrawn"}


def copy(revision: Submission, *, by, **changes) -> Submission:
    """A new draft with the answers and file links of `revision`; consent withdrawn since stays withdrawn."""
    newest = (
        Submission.objects.filter(program=revision.program_id).order_by("-number").values_list("number", flat=True)[0]
    )
    values = {name: getattr(revision, name) for name in TEXT_COLUMNS}
    values.update(consents(revision))
    values.update(changes)
    draft = Submission.objects.create(program=revision.program, number=newest + 1, created_by=by, saved_by=by, **values)
    links = revision.attachments.exclude(file__removed_at__isnull=False)
    Attachment.objects.bulk_create(
        Attachment(
            submission=draft, file_id=link.file_id, name=link.name, title=link.title, kind=link.kind, shows=link.shows,
            may_publish=link.may_publish, added_by_id=link.added_by_id, added_at=link.added_at,
        )
        for link in links
    )  # fmt: skip
    return draft


def gives_back(program, column: str) -> bool:
    """Whether a form that is open says yes again to what its ministry has taken back."""
    form = program.submissions.open().select_related("program").first()
    return form is not None and getattr(program, column) == "no" and consents(form)[column] == "yes"


def consents(revision: Submission) -> dict[str, str]:
    """Both answers of section VII as they count now: a withdrawal after the form was submitted wins over the form."""
    answers = {column: getattr(revision, column) for column in CONSENTS}
    if revision.submitted_at and "yes" in answers.values():
        stream = revision.program.stream
        withdrawn = set(
            Event.objects.of(stream)
            .filter(verb__in=CONSENTS.values(), at__gte=revision.submitted_at)
            .values_list("verb", flat=True)
        )
        answers |= {column: "no" for column, verb in CONSENTS.items() if verb in withdrawn}
    return answers
