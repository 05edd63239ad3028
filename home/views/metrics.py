"""Figures for the operator's Prometheus: what is owed and waiting, beside what the processes count. Not public."""

import hmac
import os

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Min
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily

from files.models import StoredFile
from notifications.models import Delivery
from review.models import Case

LOOPBACK = frozenset({"127.0.0.1", "::1"})


@login_not_required
@never_cache
@require_safe
def metrics(request):
    """Only from this machine itself, or with the operator's token; to all others there is no such page."""
    if not _is_operator(request):
        raise Http404
    processes = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        processes = CollectorRegistry()
        multiprocess.MultiProcessCollector(processes)
    waiting = CollectorRegistry()
    waiting.register(Waiting())
    return HttpResponse(generate_latest(processes) + generate_latest(waiting), content_type=CONTENT_TYPE_LATEST)


def _is_operator(request) -> bool:
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "")
    if token and hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    direct = "X-Forwarded-For" not in request.headers and "Forwarded" not in request.headers
    return direct and request.META.get("REMOTE_ADDR") in LOOPBACK


class Waiting:
    """Rows that wait for somebody or something, read when asked."""

    def collect(self):
        owed = Delivery.objects.filter(sent_at__isnull=True)
        oldest = owed.aggregate(at=Min("created_at"))["at"]
        yield GaugeMetricFamily("inla_mails_owed", "Mails not sent yet", owed.count())
        yield GaugeMetricFamily(
            "inla_mails_owed_oldest_seconds",
            "Age of the oldest mail not sent yet",
            (timezone.now() - oldest).total_seconds() if oldest else 0,
        )
        yield GaugeMetricFamily("inla_cases_open", "Cases without a decision", Case.objects.open().count())
        yield GaugeMetricFamily("inla_files_waiting", "Files not scanned yet", StoredFile.objects.waiting().count())
