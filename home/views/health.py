"""Whether the portal lives and is ready, and its figures for the operator."""

import pkgutil
from functools import cache as kept
from importlib import import_module

from django.apps import apps
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from redis.exceptions import RedisError


@login_not_required
@never_cache
def healthz(request):
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
def readyz(request):
    """Database and migrations; without Redis the portal is degraded, and still ready."""
    state = {"database": _database(), "redis": _redis()}
    status = 200 if state["database"] == "ok" else 503
    state["status"] = "not ready" if status == 503 else "ok" if state["redis"] == "ok" else "degraded"
    return JsonResponse(state, status=status)


def _database() -> str:
    try:
        waiting = _migrations() - MigrationRecorder(connection).applied_migrations().keys()
    except DatabaseError:
        return "unreachable"
    return "migrations waiting" if waiting else "ok"


@kept
def _migrations() -> frozenset[tuple[str, str]]:
    """(app, name) of every migration of this version, by the names of their files: running them all takes seconds."""
    found = set()
    for app in apps.get_app_configs():
        name, _ = MigrationLoader.migrations_module(app.label)
        try:
            folder = import_module(name).__path__
        except ModuleNotFoundError:
            continue
        found.update((app.label, one.name) for one in pkgutil.iter_modules(folder) if one.name[0] not in "_~")
    return frozenset(found)


def _redis() -> str:
    try:
        cache._cache.get_client().ping()
    except (RedisError, OSError):
        return "unreachable"
    return "ok"
