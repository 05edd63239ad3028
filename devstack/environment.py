"""The environment that web, worker, beat and every command get."""

import os
import sys
from pathlib import Path

from devstack.settings import ROOT, Settings, broker_url, kept_secret, new_secret_key

LOCAL_SETTINGS = "inla.settings.local"


def child_environment(settings: Settings, embedded: dict[str, str], *, bare: bool = False) -> dict[str, str]:
    """The caller's environment, with the services' addresses and what else is missing.

    A bare command chooses its Django settings itself: pytest reads them from its own configuration.
    """
    env = {**settings.environ, **embedded}
    if settings.redis_url:
        env.setdefault("CELERY_BROKER_URL", broker_url(settings.redis_url))
    env["INLA_DATA_DIR"] = str(settings.data_dir)
    env["INLA_BIND"] = f"{settings.host}:{settings.port}"
    env["INLA_PUSH_BIND"] = f"{settings.push_host}:{settings.push_port}"
    env["PYTHONUNBUFFERED"] = "1"
    _keep_compiled_code(env, settings)
    programs = str(Path(sys.executable).parent)
    env["PATH"] = programs + os.pathsep + env.get("PATH", os.defpath)
    env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), env.get("PYTHONPATH")]))
    if not bare:
        env.setdefault("DJANGO_SETTINGS_MODULE", LOCAL_SETTINGS)
    if "production" not in env.get("DJANGO_SETTINGS_MODULE", ""):
        if not env.get("SECRET_KEY"):
            env["SECRET_KEY"] = kept_secret(settings.data_dir / "secret-key", new_secret_key)
        env.setdefault("SITE_URL", settings.public_address.rstrip("/"))
    return env


def _keep_compiled_code(env: dict[str, str], settings: Settings) -> None:
    """Who wants no compiled code beside the sources gets it in the data folder: without any, each of the programs compiles
    everything anew, which is six sevenths of its start."""
    if env.get("PYTHONDONTWRITEBYTECODE") and not env.get("PYTHONPYCACHEPREFIX"):
        del env["PYTHONDONTWRITEBYTECODE"]
        env["PYTHONPYCACHEPREFIX"] = str(settings.data_dir / "bytecode")
