"""The landing page."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import translation

from core.languages import TO_ADDRESS


@login_not_required
def choose_language(request):
    """`/` sends to the reader's language."""
    return redirect(f"/{TO_ADDRESS.get(translation.get_language(), 'en')}/")


@login_not_required
def index(request):
    """What this is, in one sentence; one search box; the six areas; the map."""
    return render(request, "home/index.html")
