"""Back is instant: pages stay fit for the browser's back/forward cache."""

import re

import pytest

from harness.pages import wait_until

# A page's listener comes before any script of its own.
WATCH = "addEventListener('pageshow', event => { window.shownFromMemory = event.persisted })"


@pytest.fixture(scope="module")
def page(launch, cookies, company):
    """A browser of its own: Playwright starts others with the cache switched off."""
    browser = launch(ignore_default_args=["--disable-back-forward-cache"])
    context = browser.new_context(base_url=company.url, locale="en-GB")
    context.add_cookies(cookies["owner"])
    context.add_init_script(WATCH)
    yield context.new_page()
    browser.close()


def test_back_comes_from_memory(page, paths):
    client = next(path for path in paths if re.fullmatch(r"/clients/\d+", path))
    slow = []
    for path in ["/clients", client, "/clients/new", "/settings", "/audit", "/imports"]:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        page.goto("/search?q=x")
        page.evaluate("history.back()")
        page.wait_for_url(re.compile(re.escape(path) + "$"), wait_until="commit")
        wait_until(page, "window.shownFromMemory !== undefined")
        if not page.evaluate("window.shownFromMemory"):
            slow.append(path)
    assert not slow, slow
