"""The form on paper: a page to print, and the same as PDF, for those who may see the submission."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from core.languages import current
from files.naming import safe_name
from portfolio.printing.sheet import sheet
from portfolio.views.finding import find_submission


@require_safe
def print_view(request, pk: int):
    """The layout of Annex II as a page."""
    submission = find_submission(request, pk)
    context = {"submission": submission, "sheet": sheet(submission, include_contact=True)}
    return render(request, "portfolio/print.html", context)


@require_safe
def pdf(request, pk: int):
    """The same as a PDF to keep, named by its reference."""
    submission = find_submission(request, pk)
    from portfolio.pdf import submission_pdf  # a quarter of the portal's whole start, for what is seldom asked

    content = submission_pdf(submission, language=current(), include_contact=True)
    response = HttpResponse(content, content_type="application/pdf")
    name = safe_name(_in_one_piece(submission.reference or submission.title or submission.program.permanent_id), "pdf")
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _in_one_piece(title: str) -> str:
    """A title is no path, whatever slashes it holds."""
    return title.replace("/", "-").replace("\\", "-")
