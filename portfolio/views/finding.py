"""What every page of the ministry's side asks first: whose, and which."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from core.wide import Wide
from network.models import Country, Institution, User
from portfolio.models import Attachment, ConsolidatedProgram, Submission
from review.models import Case

_SUBMISSION = Wide(
    "portfolio_submission s JOIN portfolio_consolidatedprogram p ON p.id = s.program_id "
    "JOIN network_institution i ON i.id = p.institution_id LEFT JOIN network_institution e ON e.id = i.endorsed_by_id "
    "LEFT JOIN network_country c ON c.iso2 = p.country_id LEFT JOIN review_case k ON k.id = s.case_id "
    "LEFT JOIN network_user u ON u.id = s.saved_by_id",
    s=Submission, p=ConsolidatedProgram, i=Institution, e=Institution, c=Country, k=Case, u=User,
)  # fmt: skip


def find_submission(request, pk: int) -> Submission:
    """A submission that the person may see, else 404 like a page that does not exist."""
    found = next(iter(_SUBMISSION.among("s", Submission.objects.visible_to(request.user).filter(pk=pk))), None)
    if found is None:
        raise Http404
    submission, program = found["s"], found["p"]
    submission.program, submission.case, submission.saved_by = program, found["k"], found["u"]
    program.institution, program.country = found["i"], found["c"]
    program.institution.endorsed_by = found["e"]
    return submission


def find_program(request, pk: int) -> ConsolidatedProgram:
    """A programme of the person's own institution."""
    own = request.user.institutions_as("officer", "coordinator")
    programs = ConsolidatedProgram.objects.of_institutions(own)
    return get_object_or_404(programs.select_related("institution__endorsed_by", "country", "published"), pk=pk)


def find_attachment(request, pk: int) -> Attachment:
    """A file of a submission that the person may see."""
    attachments = Attachment.objects.filter(submission__in=Submission.objects.visible_to(request.user))
    return get_object_or_404(attachments.select_related("file", "submission__program"), pk=pk)
