"""How long pages take, counted per page and status class; no person and no address with data in it."""

import time

from prometheus_client import Histogram

REQUESTS = Histogram(
    "inla_request_seconds",
    "Time to answer a request",
    ["page", "status"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15),
)


class MetricsMiddleware:
    """Counts every request under the name of its page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        start = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        page = (match.view_name if match else None) or "none"
        REQUESTS.labels(page, f"{response.status_code // 100}xx").observe(time.perf_counter() - start)
        return response
