"""Asks the web service whether it is alive; also what a container's health check runs."""

import http.client

from devstack.settings import Settings


def answers(settings: Settings, path: str = "/healthz") -> bool:
    """Whether the web service answers 200, asked under a host name that it accepts."""
    allowed = settings.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".")
    host = allowed if allowed not in {"", "*"} else f"localhost:{settings.port}"
    connection = http.client.HTTPConnection(settings.probe_host, settings.port, timeout=3)
    try:
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
