"""Every page, found by following links: accessible, whole, in its language, and at home on a phone."""

import json
import math
import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from harness.pages import crawl, shape
from harness.people import log_in
from harness.program import ROOT

# Some of these walk every page there is: their time grows with the product.
pytestmark = pytest.mark.timeout(900)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 320, "height": 640}
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


SIDEWAYS = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll('*')].filter(node => {
    const box = node.getBoundingClientRect();
    return box.width && box.right > width + 0.5 && !node.closest('.scroll, .hide, [popover]:not(:popover-open), dialog:not([open])');
  }).slice(0, 4).map(node => node.outerHTML.slice(0, 140));
}"""

# A pseudo-locale: every text four tenths longer, by words, as a translation is.
LONGER = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walk.nextNode()) if (walk.currentNode.data.trim().length > 3) texts.push(walk.currentNode);
  for (const text of texts) {
    const words = text.data.trim().split(/\\s+/);
    let extra = Math.ceil(text.data.trim().length * 0.4), more = [];
    for (let i = 0; extra > 0; i++) { more.push(words[i % words.length].slice(0, 9)); extra -= more.at(-1).length + 1; }
    text.data += ' ' + more.join(' ');
  }
  return texts.length;
}"""


# Not by wait_for_function: a page's own policy refuses what that evaluates.
TOO_WIDE = """() => new Promise(done => {
  const page = document.documentElement, until = performance.now() + 3000;
  const look = () => {
    if (page.scrollWidth <= page.clientWidth) done(false);
    else if (performance.now() > until) done(true);
    else requestAnimationFrame(look);
  };
  look();
})"""


def is_too_wide(page) -> bool:
    """Once everything has answered to its size: a table's frame does so after the next picture."""
    return page.evaluate(TOO_WIDE)


@pytest.mark.parametrize("width", [320, 800, 1200, 1440])
def test_nothing_scrolls_sideways(open_page, paths, width):
    page = open_page()
    page.set_viewport_size({"width": width, "height": 800})
    wrong = []
    for path in paths:
        page.goto(path)
        if is_too_wide(page):
            wrong.append(f"{path}: {page.evaluate(SIDEWAYS)}")
        assert page.evaluate(LONGER) > 5, f"{path} has no text"
        if is_too_wide(page):
            wrong.append(f"{path}, texts 40 % longer: {page.evaluate(SIDEWAYS)}")
    assert not wrong, "\n".join(wrong)


def test_twice_the_text_size_loses_nothing(open_page, paths):
    page = open_page(size="narrow", bypass_csp=True)
    page.set_viewport_size({"width": 640, "height": 900})
    wrong = []
    for path in paths:
        page.goto(path)
        page.add_style_tag(content="html { font-size: 200% !important; }")
        if is_too_wide(page):
            wrong.append(f"{path}: {page.evaluate(SIDEWAYS)}")
    assert not wrong, "\n".join(wrong)


SMALL = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, textarea')].filter(node => {
  const style = getComputedStyle(node);
  if (style.visibility === 'hidden' || !node.checkVisibility() || node.closest('.hide, .skip')) return false;
  // A link inside a sentence is as tall as its line (WCAG 2.5.8, inline).
  const parent = node.parentElement;
  const inSentence = node.matches('a') && style.display === 'inline' &&
    [...parent.childNodes].some(other => other !== node && other.nodeType === Node.TEXT_NODE && other.data.trim());
  if (inSentence) return false;
  // A tick or radio is pressed by its label as well.
  const boxes = [node, ...(node.labels ?? [])].map(item => item.getBoundingClientRect());
  return !boxes.some(box => box.width >= 23.5 && box.height >= 23.5);
}).map(node => `${Math.round(node.getBoundingClientRect().width)}×${Math.round(node.getBoundingClientRect().height)} ${node.outerHTML.slice(0, 120)}`)"""


def test_targets_are_large_enough(open_page, paths):
    page = open_page(size="narrow")
    wrong = []
    for path in paths:
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            page.goto(path)
            wrong += [f"{path} at {size['width']}: {small}" for small in page.evaluate(SMALL)]
    assert not wrong, f"{len(wrong)} small targets\n" + "\n".join(wrong[:40])


def test_nothing_moves_while_a_page_loads(open_page, paths):
    page = open_page()
    page.add_init_script("""
      window.shift = 0;
      new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value; })
        .observe({ type: 'layout-shift', buffered: true });""")
    wrong = []
    for path in paths:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        if (shift := page.evaluate("window.shift")) > 0.02:
            wrong.append(f"{path}: layout shift {shift:.3f}")
    assert not wrong, "\n".join(wrong)


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
