"""A real socket server that speaks as much of ClamAV's protocol as the portal uses."""

import socketserver
import struct
import threading
from contextlib import contextmanager

EICAR = b"X5O!P%@AP[4" + b"\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Daemon(socketserver.ThreadingTCPServer):
    """Remembers what it was sent; `mood` is "awake", "silent" or "full"."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.mood, self.received, self.leave = "awake", [], threading.Event()

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self.server_address[1]}"


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        daemon = self.server
        if self.rfile.read(10) != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while (size := struct.unpack("!L", self.rfile.read(4))[0]) > 0:
            content += self.rfile.read(size)
            if daemon.mood == "full":
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        daemon.received.append(content)
        if daemon.mood == "silent":
            daemon.leave.wait(20)
            return
        self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0")


@contextmanager
def running():
    """The daemon on a free port."""
    with Daemon() as daemon:
        thread = threading.Thread(target=daemon.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield daemon
        finally:
            daemon.leave.set()
            daemon.shutdown()
            thread.join()
