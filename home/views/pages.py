"""Landing page and the pages that say what this is and under which rules."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from catalogue import map
from catalogue.keeping import kept_page
from core.http import public_page
from core.languages import TO_ADDRESS
from home import figures
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
        "shapes": map.shapes(_spot(place) for place in counted.places),
        "newest": figures.newest(request.labels),
        "list_url": reverse("portfolio:list"),
        "table_url": reverse("programs:list"),
        "legend": map.legend(),
        "examples": [_("labour inspection"), _("unemployment insurance"), _("certification of skills")],
    }
    return render(request, "home/index.html", context)


def _spot(place) -> map.Spot:
    words = ngettext("%(country)s: %(number)d programme", "%(country)s: %(number)d programmes", place.total)
    words = words % {"country": place.label, "number": place.total}
    return map.Spot(place.iso2, words, place.total, f"{reverse('portfolio:list')}?country={place.iso2}")


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
