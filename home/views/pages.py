"""Landing page and the pages that say what this is and under which rules."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from catalogue.keeping import kept_page
from core.http import public_page
from core.languages import TO_ADDRESS
from home import figures, map
from review.services import days_for


@login_not_required
@vary_on_headers("Accept-Language", "Cookie")
def choose_language(request):
    """`/` sends to the reader's language."""
    return redirect(f"/{TO_ADDRESS.get(translation.get_language(), 'en')}/")


@kept_page
@require_safe
def index(request):
    """What this is, in one sentence; one search box; the six areas; the map."""
    counted = figures.Figures(request.labels)
    context = {
        "figures": counted,
        "shapes": map.shapes(counted.places),
        "newest": figures.newest(request.labels),
        "list_url": reverse("portfolio:list"),
        "legend": [_("none"), _("1 or 2"), _("3 to 5"), _("6 to 9"), _("10 or more")],
        "examples": [_("labour inspection"), _("unemployment insurance"), _("certification of skills")],
    }
    return render(request, "home/index.html", context)


@public_page
@require_safe
def about(request):
    """What the network is."""
    return render(request, "home/about.html", {"days": days_for("portfolio.submission")})


@public_page
@require_safe
def privacy(request):
    """What happens to personal data."""
    return render(request, "home/privacy.html")


@public_page
@require_safe
def terms(request):
    """What may be done with what stands here."""
    return render(request, "home/terms.html")


@public_page
@require_safe
def accessibility(request):
    """What works for whom, and what does not yet."""
    return render(request, "home/accessibility.html")
