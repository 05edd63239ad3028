"""How gunicorn serves the portal: threads, so that a slow reader holds no process."""

import gc
import os
import subprocess
import sys
from pathlib import Path

bind = os.environ.get("INLA_BIND") or "127.0.0.1:8000"
worker_class = "gthread"
workers = int(os.environ.get("INLA_WEB_WORKERS") or 2)
threads = int(os.environ.get("INLA_WEB_THREADS") or 4)

# Loaded once, before the workers part from it: a start compiles and imports half as much.
preload_app = True

timeout = 60
graceful_timeout = 10
keepalive = 5
# A worker is renewed now and then, not all at once, so that a leak stays small.
max_requests = 20_000
max_requests_jitter = 2_000

# The portal writes its own lines, with a request id and without personal data.
accesslog = os.environ.get("INLA_ACCESS_LOG") or None
loglevel = "warning"
# The heartbeat file belongs in memory: a busy disk must not look like a dead worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
# Managed by the starter or by the container, never through a socket of its own.
control_socket_disable = True

# Lines and headers longer than any page needs are refused.
limit_request_line = 8190
limit_request_fields = 60


def on_starting(server):
    """A public installation that holds accounts of the demonstration does not start (accounts.checks)."""
    if os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith("production"):
        done = subprocess.run([sys.executable, "manage.py", "check", "--database", "default"], check=False)
        if done.returncode:
            sys.exit(done.returncode)


def post_worker_init(worker):
    """What is loaded stays loaded: searching it for garbage again and again would take a tenth of every page.

    What pages leave is searched often and in small heaps: a large one would fall on one visitor, as long as two more pages.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(2_000, 50, 50)


def child_exit(server, worker):
    """Take a dead worker's numbers out of the gauges that several processes share."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)
