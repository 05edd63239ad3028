"""Real Chromium against the real portal: each person has a browser of their own, with JavaScript or without."""

import os
import shutil
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright

# Playwright keeps an event loop in this thread; the ORM calls of the tests are plain and sequential.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
]
PATIENCE_MS = 60_000


def _chromium() -> str:
    found = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), "")
    if not found:
        sentence = "no Chromium on this machine: install Debian's package chromium to run the browser tests"
        if os.environ.get("INLA_REQUIRE_BROWSER") == "1":
            pytest.fail(sentence)
        pytest.skip(sentence)
    return found


@pytest.fixture(scope="session")
def chromium():
    """One browser for the whole run."""
    path = _chromium()
    expect.set_options(timeout=PATIENCE_MS)  # as patient as every other step: a busy machine is no fault of a page
    # With Playwright's event loop in the thread Django opens other connections and forgets those of before: a process that a
    # later test forks would inherit one that is open, and leave its transaction open in ours when it is killed.
    connections.close_all()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=[True, False], ids=["with-javascript", "without-javascript"])
def javascript(request) -> bool:
    """Every journey is walked twice."""
    return request.param


def is_fault(line) -> bool:
    """An error on the console, but for the pictures that the framework's style sheet asks for in the moment before ours has come;
    that nothing is drawn from them in the end is looked at on every page type (test_accessibility)."""
    return line.type == "error" and not line.text.startswith("Loading the image 'data:image/svg+xml")


class Desk:
    """Opens browsers for people against the live server."""

    def __init__(self, browser: Browser, base: str, pictures: Path | None):
        self.browser, self.base, self.pictures, self.contexts = browser, base, pictures, []

    def page_of(
        self, person=None, *, javascript: bool = True, width: int = 1280, language: str = "es", **options
    ) -> Page:
        """A page in a browser of the person's own; a visitor's when nobody is named."""
        context = self.browser.new_context(
            base_url=self.base,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            locale=language,
            accept_downloads=True,
            **options,
        )
        context.set_default_timeout(PATIENCE_MS)
        self.contexts.append(context)
        if person is not None:
            client = Client()
            client.force_login(person, backend="accounts.backends.PersonBackend")
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": self.base}])
        page = context.new_page()
        page.faults = []
        page.on("response", lambda response: response.status >= 500 and page.faults.append(response.url))
        page.on("console", lambda line: is_fault(line) and page.faults.append(f"{page.url}: {line.text}"))
        return page

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture
def desk(chromium, live_server, transactional_db):
    """People at their browsers. Fails the test when a page answered 500 or the console showed an error."""
    opened = Desk(chromium, live_server.url, None)
    pages = opened.contexts
    yield opened
    faults = [fault for context in pages for page in context.pages for fault in getattr(page, "faults", [])]
    opened.close()
    # a refused or stale page is an expected answer of some journeys, and Chromium reports its status as an error
    assert not [fault for fault in faults if "status of 4" not in fault], faults
