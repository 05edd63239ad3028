"""What every page about a proposal asks first: whose, and which."""

import re

from django.http import Http404
from django.shortcuts import get_object_or_404

from programs.models import Project, ProjectRevision
from programs.services.keeping import WITH

LARGEST = 2**31 - 1


def find_proposal(request, pk: int) -> ProjectRevision:
    """A proposal that the person may see, else 404 like a page that does not exist."""
    if pk > LARGEST:
        raise Http404
    seen = ProjectRevision.objects.visible_to(request.user).select_related("project", "institution", *WITH)
    return get_object_or_404(seen, pk=pk)


def find_public(permanent_id: str) -> Project:
    """A public record by its number."""
    found = re.fullmatch(r"T-([0-9]{6,9})", permanent_id)
    public = Project.objects.public().select_related("published__institution")
    return get_object_or_404(public, pk=int(found[1]) if found else 0)
