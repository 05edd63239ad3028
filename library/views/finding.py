"""What every page about a proposal asks first: whose, and which."""

import re

from django.http import Http404
from django.shortcuts import get_object_or_404

from library.models import ItemRevision, LibraryItem
from library.services.keeping import WITH

LARGEST = 2**31 - 1


def find_proposal(request, pk: int) -> ItemRevision:
    """A proposal that the person may see, else 404 like a page that does not exist."""
    if pk > LARGEST:
        raise Http404
    return get_object_or_404(ItemRevision.objects.visible_to(request.user).select_related("item", *WITH), pk=pk)


def find_public(permanent_id: str) -> LibraryItem:
    """A public item by its number."""
    found = re.fullmatch(r"L-([0-9]{6,9})", permanent_id)
    public = LibraryItem.objects.public().select_related("published")
    return get_object_or_404(public, pk=int(found[1]) if found else 0)
