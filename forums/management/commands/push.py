"""Runs the push process of live rooms: one process, on the address of INLA_PUSH_BIND."""

import logging
import os
import signal

import uvicorn
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from forums.push.hub import BEAT

logger = logging.getLogger("forums.push")
GRACE = 5  # seconds for streams to end at a stop


class Server(uvicorn.Server):
    """Ends the streams at the first word to stop: uvicorn alone would wait for readers who never go."""

    def __init__(self, config: uvicorn.Config, hub):
        super().__init__(config)
        self.hub = hub

    def handle_exit(self, sig, frame) -> None:
        """Uvicorn's own would send itself the signal once more at the end: the process would not end as one that was asked to stop."""
        self.hub.closing = True
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True

    async def shutdown(self, sockets=None) -> None:
        self.hub.close()
        await super().shutdown(sockets)


class Command(BaseCommand):
    help = "Carries new messages of live rooms to the browsers that are open on them."
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--beat", type=float, default=BEAT, metavar="SECONDS",
            help="Seconds between two signs of life, for a proxy that cuts silent lines sooner (default: %(default)g).",
        )  # fmt: skip

    def handle(self, *args, **options) -> None:
        host, _, port = (os.environ.get("INLA_PUSH_BIND") or "127.0.0.1:8001").rpartition(":")
        host = host.strip("[]")
        if not host or not port.isdigit() or not 0 < int(port) < 65536:
            raise CommandError("INLA_PUSH_BIND must be an address and a port, such as 127.0.0.1:8001.")
        if options["beat"] < 1:
            raise CommandError("--beat must be one second or longer.")
        application = import_string(settings.ASGI_APPLICATION)
        application.hub.beat = options["beat"]
        config = uvicorn.Config(
            application, host=host, port=int(port), loop="asyncio", http="h11", ws="none", lifespan="on", workers=1,
            log_config=None, log_level="warning", access_log=False, proxy_headers=False, server_header=False,
            timeout_keep_alive=5, timeout_graceful_shutdown=GRACE, backlog=512,
        )  # fmt: skip
        logger.info("push listens on %s:%s", host, port)
        Server(config, application.hub).run()
        logger.info("push has stopped")
