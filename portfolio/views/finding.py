"""What every page of the ministry's side asks first: whose, and which."""

from django.shortcuts import get_object_or_404

from portfolio.models import Attachment, ConsolidatedProgram, Submission
from portfolio.services.moves import WITH


def find_submission(request, pk: int) -> Submission:
    """A submission that the person may see, else 404 like a page that does not exist."""
    return get_object_or_404(Submission.objects.visible_to(request.user).select_related(*WITH), pk=pk)


def find_program(request, pk: int) -> ConsolidatedProgram:
    """A programme of the person's own institution."""
    own = request.user.institutions_as("officer", "coordinator")
    programs = ConsolidatedProgram.objects.of_institutions(own)
    return get_object_or_404(programs.select_related("institution__endorsed_by", "country", "published"), pk=pk)


def find_attachment(request, pk: int) -> Attachment:
    """A file of a submission that the person may see."""
    attachments = Attachment.objects.filter(submission__in=Submission.objects.visible_to(request.user))
    return get_object_or_404(attachments.select_related("file", "submission__program"), pk=pk)
