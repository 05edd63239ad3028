"""What every page needs to draw its frame."""

from django.conf import settings


def portal(request):
    """Demonstration mode."""
    return {"DEMO": settings.DEMO}
