"""Back is instant: pages stay fit for the browser's back/forward cache. Nothing jumps while a page comes in."""

import re

import pytest

# A page's listener comes before any script of its own.
WATCH = """
addEventListener('pageshow', event => { window.shownFromMemory = event.persisted });
window.shift = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: 'layout-shift', buffered: true });
"""
SHIFT = 0.02
# Where people are all day; the rest is made of the same parts.
MAIN = ["/", "/today", "/clients", "/people", "/promises", "/tasks", "/deals", "/value", "/imports", "/audit", "/settings"]


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
        page.wait_for_function("window.shownFromMemory !== undefined")
        if not page.evaluate("window.shownFromMemory"):
            slow.append(path)
    assert not slow, slow


@pytest.mark.parametrize("width", [1440, 320])
def test_nothing_jumps(page, paths, width):
    page.set_viewport_size({"width": width, "height": 800})
    jumping = []
    for path in [path for path in paths if path in MAIN or re.fullmatch(r"/clients/\d+(/dossier)?", path)]:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        if (shift := page.evaluate("window.shift")) > SHIFT:
            jumping.append(f"{path}: {shift:.3f}")
    assert not jumping, "\n".join(jumping)
