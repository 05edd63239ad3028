"""Small files that machines ask for at fixed addresses."""

from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

CLOSED = ("/admin/", "/mailbox/", "/*/accounts/", "/*/desk/", "/*/search/", "/*/compare/", "/*/portfolio/submissions/")


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def robots(request):
    """What search engines may walk; the demonstration asks to be left alone."""
    closed = ["/"] if settings.DEMO else CLOSED
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return _text(lines)


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def security_txt(request):
    """Whom to tell of a weakness (RFC 9116)."""
    expires = (timezone.now() + timedelta(days=180)).replace(microsecond=0, second=0, minute=0, hour=0)
    return _text(
        [
            f"Contact: mailto:{parseaddr(settings.CONTACT_EMAIL)[1]}",
            f"Contact: {settings.SITE_URL}/en/contact/",
            f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
            "Preferred-Languages: es, en, pt, fr",
            f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
        ]
    )


def _text(lines) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
