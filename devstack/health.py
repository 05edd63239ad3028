"""Asks the web service, or the push process of live rooms, whether it is alive; also what a container's health check runs."""

import http.client

from devstack.settings import Settings


def answers(settings: Settings, path: str = "/healthz", *, push: bool = False) -> bool:
    """Whether the service answers 200, asked under a host name that it accepts."""
    allowed = settings.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".")
    host = allowed if allowed not in {"", "*"} else f"localhost:{settings.port}"
    place = (settings.push_probe_host, settings.push_port) if push else (settings.probe_host, settings.port)
    connection = http.client.HTTPConnection(*place, timeout=3)
    try:
        connection.request("GET", "/push/healthz" if push else path, headers={"Host": host})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
