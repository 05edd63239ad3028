"""The portal's addresses, and the bare view that every page is held against."""

import os

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path

from inla.urls import urlpatterns as portal


@login_not_required
def bare(request):
    """The least that Django can do behind our middleware."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def pid(request):
    """Which process answers: its memory is read while it exports."""
    return HttpResponse(str(os.getpid()), content_type="text/plain")


urlpatterns = [path("bench/bare", bare), path("bench/pid", pid), *portal]
