"""Every page, found by following links: accessible, whole, and in its language."""

import json
import math
import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from harness.pages import NARROW, WIDE, crawl, shape
from harness.people import log_in
from harness.program import ROOT

# Some of these walk every page there is: their time grows with the product.
pytestmark = pytest.mark.timeout(900)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
LANGUAGES = ["en", "ru", "pl", "bg"]


def violations(page, *rules: str) -> list[str]:
    """What axe finds; all rules of the tags, or only those named."""
    chosen = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": TAGS}
    found = Axe().run(page, options={"runOnly": chosen, "resultTypes": ["violations"]}).response
    assert found["passes"] or rules, "axe looked at nothing"
    return [
        f"{violation['id']}: {node['html'][:160]} | {node['failureSummary'].splitlines()[-1].strip()}"
        for violation in found["violations"] for node in violation["nodes"]
    ]


# Sticky bars are set still (they hide what is under them), colours change at once.
STILL = "* { transition: none !important; animation: none !important; }"
STATIC = "body > *, main * { position: static !important; }"


def in_every_dress(page, what: str, has_dialog: bool = False) -> list[str]:
    """axe at both widths in both colour schemes; what is not about colour does not change with the scheme."""
    page.add_style_tag(content=STILL + ("" if has_dialog else STATIC))
    found = []
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            rules = ["color-contrast", "link-in-text-block"] if scheme == "dark" else []
            found += [f"{what} ({size['width']}, {scheme}) {line}" for line in violations(page, *rules)]
    return found


def test_links_lead_somewhere(visits):
    broken = [f"{visit.url}: {visit.status}" for visit in visits if visit.status >= 400]
    assert not broken, "\n".join(broken)


def test_each_page_has_a_title_and_one_heading(visits):
    wrong = []
    for visit in visits:
        if visit.document is None:
            continue
        # What is made for a client's eyes bears our customer's name alone.
        if not visit.document.title.strip() or (not is_for_client(visit.url) and "Dossier" not in visit.document.title):
            wrong.append(f"{visit.url}: title {visit.document.title!r}")
        if visit.document.html.count("<h1") != 1:
            wrong.append(f"{visit.url}: {visit.document.html.count('<h1')} first-level headings")
    assert not wrong, "\n".join(wrong)


def test_no_page_breaks_the_rules_of_accessibility(open_page, paths):
    # The style tag that sets sticky bars still is the test's own: only here may it pass the content policy.
    page = open_page(bypass_csp=True)
    found = []
    for path in paths:
        page.goto(path)
        found += in_every_dress(page, path)
    assert not found, f"{len(found)} violations\n" + "\n".join(found[:60])


@pytest.mark.parametrize("path", ["/login", "/nothing-is-here"])
def test_pages_before_login_are_accessible(open_page, path):
    page = open_page(role=None, bypass_csp=True, expects={404})
    page.goto(path)
    found = in_every_dress(page, path)
    assert not found, "\n".join(found)


def test_dialogs_and_menus_are_accessible(open_page, paths):
    page = open_page(bypass_csp=True)
    found, opened = [], 0
    seen: set[str] = set()
    for path in paths:
        page.goto(path)
        for href in page.eval_on_selector_all("a[data-dialog]", "links => links.map(link => link.getAttribute('href'))"):
            if shape(href) in seen:
                continue
            seen.add(shape(href))
            page.goto(path)
            page.evaluate("href => document.querySelector(`a[data-dialog][href=\"${CSS.escape(href)}\"]`)?.click()", href)
            page.wait_for_selector("dialog[open] form")
            opened += 1
            found += in_every_dress(page, f"dialog {href} on {path}", has_dialog=True)
    page.goto(paths[0])
    for menu in page.eval_on_selector_all(".menu[popover]", "menus => menus.map(menu => menu.id)"):
        page.evaluate("id => document.getElementById(id).showPopover()", menu)
        opened += 1
        found += [f"menu {menu}: {line}" for line in violations(page)]
        page.evaluate("id => document.getElementById(id).hidePopover()", menu)
    assert opened >= 4, "neither dialogs nor menus were found"
    assert not found, "\n".join(found[:60])


def test_palette_and_keys_are_accessible(open_page):
    page = open_page(bypass_csp=True)
    page.goto("/clients")
    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette[open] [role=option]")
    found = in_every_dress(page, "palette", has_dialog=True)
    page.keyboard.press("Escape")
    page.wait_for_selector("#palette:not([open])", state="attached")
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]")
    found += in_every_dress(page, "keys", has_dialog=True)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_speaks_one_language(company, accounts, speaks, language):
    """No message key shows, no English sentence of ours stands on a page in another language."""
    catalogue = json.loads((ROOT / f"Sources/Web/Locales/{language}.json").read_text())
    areas = {key.split(".")[0] for key in catalogue}
    raw_key = re.compile(r"^(?:%s)\.[a-z0-9_]+(?:\.[a-z0-9_]+)*$" % "|".join(sorted(areas)))
    other = only_english() if language != "en" else set()
    session = log_in(company, accounts["owner"])
    with speaks(session, language):
        visits = [visit for visit in crawl(session, company.url) if visit.document is not None]
    assert len(visits) > 20
    wrong = []
    for visit in visits:
        # What is made for a client's eyes speaks the client's language.
        if is_for_client(visit.url):
            continue
        if visit.document.language != language:
            wrong.append(f"{visit.url}: lang={visit.document.language}")
        wrong += [f"{visit.url}: key {word}" for word in visit.document.words if raw_key.match(word)]
        wrong += [f"{visit.url}: English: {word}" for word in visit.document.words if word in other]
    assert not wrong, f"{len(wrong)}\n" + "\n".join(sorted(set(wrong))[:60])


def is_for_client(url: str) -> bool:
    return bool(re.search(r"^/d/|/print$", urlsplit(url).path))


def only_english() -> set[str]:
    """Whole English sentences and labels that are the same in no other language."""
    words = {name: json.loads((ROOT / f"Sources/Web/Locales/{name}.json").read_text()) for name in LANGUAGES}
    return {
        text for key, text in words["en"].items()
        if isinstance(text, str) and "{" not in text and " " in text and all(words[name].get(key) != text for name in LANGUAGES[1:])
    }


def test_pictures_of_the_main_screens(open_page, paths, tmp_path):
    """Screens are kept in the test's folder for a look; an empty or broken one is a small file."""
    page = open_page()
    client = next(path for path in paths if re.fullmatch(r"/clients/\d+", path))
    for number, path in enumerate(["/clients", client, "/clients/new"]):
        page.goto(path)
        shot = page.screenshot(path=tmp_path / f"{number}.png")
        assert len(shot) > 10_000, f"{path} looks empty ({len(shot)} bytes)"
        assert math.isclose(page.evaluate("innerWidth"), 1440)
