"""One Chromium for the run; a fresh context per test, logged in by the cookies of a role."""

import os
import re
import shutil
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, sync_playwright

from harness.pages import NARROW, WIDE, crawl, examples
from harness.people import ROLES, log_in

SIZES = {"wide": WIDE, "narrow": NARROW}


@pytest.fixture(scope="session")
def launch():
    """`launch(**options)` starts a Chromium; all end with the run."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Debian's chromium is missing: bin/setup installs it"
    # Chromium refuses its sandbox to root; everything it opens here is our own.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        yield lambda **options: playwright.chromium.launch(executable_path=path, args=arguments, **options)


@pytest.fixture(scope="session")
def browser(launch):
    started = launch()
    yield started
    started.close()


@pytest.fixture(scope="session")
def cookies(company, accounts):
    """Cookies per role, in the form a browser context takes."""
    return {role: as_cookies(log_in(company, accounts[role]), company.url) for role in ROLES}


def as_cookies(session, url):
    return [{"name": cookie.name, "value": cookie.value, "url": url} for cookie in session.cookies]


@pytest.fixture(scope="session")
def visits(company, accounts):
    """Every page the owner can reach by links."""
    return crawl(log_in(company, accounts["owner"]), company.url)


@pytest.fixture(scope="session")
def paths(visits):
    """One address of each shape of page."""
    found = examples(visits)
    assert len(found) >= 20, f"the crawl found only {found}"
    assert any(re.fullmatch(r"/clients/\d+", path) for path in found), f"no client page among {found}"
    return found


class Watch:
    """What a page must never do: script errors, refused resources, answers of 4xx or 5xx to what it loads."""

    def __init__(self, page: Page):
        self.troubles: list[str] = []
        page.on("pageerror", lambda error: self.troubles.append(f"{page.url}: script error: {error}"))
        page.on("console", self.heard)
        page.on("dialog", self.asked)
        page.on("response", self.answered)
        self.expected: set[int] = set()

    def heard(self, message):
        # A refused form is an answer, not a fault; `answered` judges statuses.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.troubles.append(f"console: {message.text}")

    def asked(self, dialog):
        if dialog.type != "beforeunload":
            self.troubles.append(f"a {dialog.type} box: {dialog.message}")
        dialog.accept()

    def answered(self, response):
        if response.status >= 400 and response.status not in self.expected:
            self.troubles.append(f"{response.request.method} {response.url}: {response.status}")


@pytest.fixture
def open_page(browser, company, cookies):
    """`open_page(role, size=…, script=…)` gives a page; whatever goes wrong behind its back fails the test."""
    contexts, watches = [], []

    def make(role: str | None = "owner", size: str = "wide", expects: set[int] = frozenset(), **options) -> Page:
        context = browser.new_context(
            base_url=company.url, viewport=SIZES[size], locale=options.pop("locale", "en-GB"), timezone_id="Europe/Sofia",
            reduced_motion="reduce", **options)
        contexts.append(context)
        if role:
            context.add_cookies(cookies[role])
        page = context.new_page()
        page.set_default_timeout(15_000)
        watch = Watch(page)
        watch.expected = set(expects)
        watches.append(watch)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not (troubles := [trouble for watch in watches for trouble in watch.troubles]), "\n".join(troubles)


@contextmanager
def requests_of(page: Page):
    """The answers the page gets inside the block, in order."""
    seen = []
    page.on("response", seen.append)
    try:
        yield seen
    finally:
        page.remove_listener("response", seen.append)
