"""Whether the portal lives and is ready, and its figures for the operator."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
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
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "unreachable"
    return "migrations waiting" if waiting else "ok"


def _redis() -> str:
    try:
        cache._cache.get_client().ping()
    except (RedisError, OSError):
        return "unreachable"
    return "ok"
