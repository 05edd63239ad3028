"""The web server's settings: public pages are kept, a person's own never, and the machine room is shut."""

import os
import shutil
import ssl
import subprocess
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.devstack.conftest import ROOT, free_port, wait_until

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")
OPENSSL = shutil.which("openssl")
MISSING = not (NGINX and OPENSSL)
HEARD = threading.Event()  # whether the first event of a stream has arrived
pytestmark = pytest.mark.skipif(MISSING, reason="Debian's nginx and openssl are not both installed")

MAIN = """
daemon off; pid {work}/pid; error_log {work}/error.log; worker_processes 1; {user}
events {{ worker_connections 64; }}
http {{ access_log off; client_body_temp_path {work}/body; proxy_temp_path {work}/proxy;
fastcgi_temp_path {work}/f; uwsgi_temp_path {work}/u; scgi_temp_path {work}/s;
include {work}/site.conf; }}
"""


class Portal(BaseHTTPRequestHandler):
    """Stands in for the web service: says how often it was asked, and what it was told."""

    asked = 0

    def do_GET(self):
        Portal.asked += 1
        if self.path.startswith("/push/rooms/"):
            self._push()
            return
        self.send_response(200)
        if self.path.startswith("/es/"):
            self.send_header("Cache-Control", "public, max-age=60")
        if "cookie" in self.path:
            self.send_header("Set-Cookie", "a=b")
        body = f"{Portal.asked} {self.headers['X-Forwarded-For']} {self.headers['X-Forwarded-Proto']}".encode()
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _push(self):
        """Stands in for the push process: one event, and another once the first was heard."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self._say(b"data: first\n\n")
        self._say(b"data: second\n\n" if HEARD.wait(60) else b"data: late\n\n")

    def _say(self, part: bytes) -> None:
        self.wfile.write(part)
        self.wfile.flush()

    def log_message(self, *args):
        return


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Nginx under the committed settings, before a web service of the test's own."""
    work = tmp_path_factory.mktemp("nginx")
    web = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    http, https = free_port(), free_port()
    conf = (ROOT / "deploy" / "nginx.conf").read_text()
    for old, new in (
        ("server web:8000", f"server 127.0.0.1:{web.server_port}"),
        ("set $inla_push push:8001", f"set $inla_push 127.0.0.1:{web.server_port}"),
        ("limit_conn inla_connections 60", "limit_conn inla_connections 1"),
        ("listen 8080", f"listen 127.0.0.1:{http}"),
        ("listen 8443", f"listen 127.0.0.1:{https}"),
        ("/etc/nginx/tls", str(work)),
        ("/tmp/inla-cache", f"{work}/cache"),
    ):
        assert old in conf
        conf = conf.replace(old, new)
    (work / "site.conf").write_text(conf)
    (work / "nginx.conf").write_text(MAIN.format(work=work, user="user root;" if os.geteuid() == 0 else ""))
    key = [OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    key += ["-keyout", work / "privkey.pem", "-out", work / "fullchain.pem"]
    subprocess.run(key, check=True, capture_output=True)
    process = subprocess.Popen([NGINX, "-c", work / "nginx.conf"], stderr=subprocess.DEVNULL)
    base = f"https://127.0.0.1:{https}"
    wait_until(lambda: process.poll() is not None or status(f"{base}/alive-yet") == 200, 10, "nginx")
    yield base
    process.terminate()
    process.wait(10)
    web.shutdown()
    web.server_close()


def get(url: str, **headers: str):
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with urllib.request.urlopen(request, timeout=90, context=context) as answer:
        return answer.headers.get("X-Cache"), answer.read().decode()


def status(url: str) -> int:
    try:
        get(url)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
    return 200


def test_a_page_that_says_it_is_public_is_kept(site):
    first, second = get(f"{site}/es/portfolio/"), get(f"{site}/es/portfolio/")
    assert (first[0], second[0]) == ("MISS", "HIT")
    assert first[1] == second[1]


def test_a_person_with_a_session_gets_a_page_of_their_own(site):
    kept = get(f"{site}/es/list/")[1]
    own = get(f"{site}/es/list/", Cookie="sessionid=abc")
    assert own[0] == "BYPASS" and own[1] != kept
    assert get(f"{site}/es/list/")[1] == kept


@pytest.mark.parametrize("path", ["/en/desk/", "/es/cookie/"])
def test_what_is_not_public_or_sets_a_cookie_is_never_kept(site, path):
    assert get(site + path)[1] != get(site + path)[1]


def test_a_fragment_and_its_page_are_kept_apart(site):
    page = get(f"{site}/es/both/")[1]
    assert get(f"{site}/es/both/", HX_Request="true")[1] != page


def test_a_forged_address_is_dropped_and_the_scheme_is_told(site):
    told = get(f"{site}/en/", X_Forwarded_For="10.9.9.9", X_Forwarded_Proto="http")[1]
    assert told.split()[1:] == ["127.0.0.1", "https"]


@pytest.fixture
def heard():
    """Set once the first event has arrived: the second waits for it."""
    HEARD.clear()
    yield HEARD
    HEARD.set()


def test_an_event_of_a_room_is_handed_on_as_it_comes(site, heard):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with urllib.request.urlopen(f"{site}/push/rooms/hour/", timeout=90, context=context) as answer:
        assert answer.readline() == b"data: first\n"
        heard.set()
        assert answer.read() == b"\ndata: second\n\n", "the first was held back"
        assert answer.headers.get("X-Cache") is None


def test_live_windows_take_no_place_from_pages(site, heard):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with urllib.request.urlopen(f"{site}/push/rooms/hour/", timeout=90, context=context) as answer:
        assert answer.readline() == b"data: first\n"
        assert status(f"{site}/en/") == 200, "an open window is none of the connections of an address"


@pytest.mark.parametrize("path", ["/metrics", "/readyz", "/push/healthz"])
def test_the_machine_room_is_not_public(site, path):
    assert status(site + path) == 404
