"""By keyboard alone: a contact is logged and taken back, under a Cyrillic layout too, and letters can be switched off."""

import re

import pytest
from playwright.sync_api import Page, expect

from harness.keys import press_as_russian
from harness.people import log_in, settings_form


@pytest.fixture(scope="module")
def client(paths):
    return next(path for path in paths if re.fullmatch(r"/clients/\d+", path))


def tab_to(page: Page, name: str) -> None:
    for _ in range(40):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} cannot be reached by Tab")


def send_and_take_back(page: Page, made) -> None:
    """Ctrl Enter makes it, Enter on the undo takes it away."""
    page.keyboard.press("Control+Enter")
    expect(made).to_be_visible()
    undo = page.locator(".toasts button", has_text=re.compile("."))
    expect(undo.first).to_be_visible()
    undo.first.focus()
    page.keyboard.press("Enter")
    expect(made).to_have_count(0)


def log_by_keyboard(page: Page, subject: str) -> None:
    """From the open dialog on: type, send by Ctrl Enter, see it on the timeline, take it back with the keyboard."""
    page.wait_for_selector("dialog[open] form")
    focused = page.evaluate("document.activeElement.closest('dialog') !== null")
    assert focused, "focus did not go into the dialog"
    tab_to(page, "subject")
    page.keyboard.type(subject)
    send_and_take_back(page, page.locator(".timeline .subject", has_text=subject))


def test_a_contact_is_logged_and_undone(open_page, client):
    page = open_page()
    page.goto(client)
    page.keyboard.press("l")
    log_by_keyboard(page, "Keyboard, Latin layout")


def test_the_same_under_a_cyrillic_layout(open_page, client):
    page = open_page()
    page.goto(client)
    press_as_russian(page, "д", "KeyL")
    log_by_keyboard(page, "Клавиатура, русская раскладка")


def promise_by_keyboard(page: Page, what: str) -> None:
    """From the open dialog on: type what and by when, send by Ctrl Enter, see it in the panel, take it back."""
    page.wait_for_selector("dialog[open] form [name=what]")
    for name, text in [("what", what), ("due", "12312027")]:
        tab_to(page, name)
        page.keyboard.type(text)
    send_and_take_back(page, page.locator("#promises .items a", has_text=what))


def test_a_promise_is_made_and_undone(open_page, client):
    page = open_page()
    page.goto(client)
    page.keyboard.press("p")
    promise_by_keyboard(page, "keyboard price list")


def test_a_promise_under_a_cyrillic_layout(open_page, client):
    page = open_page()
    page.goto(client)
    press_as_russian(page, "з", "KeyP")
    promise_by_keyboard(page, "прайс с клавиатуры")


def test_a_promise_typed_into_a_note_is_offered_and_made_by_a_tick(open_page, client):
    page = open_page()
    page.goto(client)
    page.keyboard.press("l")
    page.wait_for_selector("dialog[open] textarea[name=body]")
    page.locator("dialog[open] textarea[name=body]").focus()
    page.keyboard.type("Long talk.\n-> offer for spring in 3 days")
    tick = page.locator("dialog[open] [name=promise_0]")
    expect(tick).to_be_visible()
    assert not tick.is_checked(), "nothing is promised silently"
    tick.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#promises .items a", has_text="offer for spring")).to_be_visible()


def test_stepping_through_the_list_one_came_from(open_page):
    page = open_page()
    page.goto("/clients?sort=-contact")
    names = page.locator("tbody th[scope=row] a").all_inner_texts()
    page.locator("tbody th[scope=row] a").nth(1).click()
    expect(page.locator("h1")).to_have_text(names[1])
    page.keyboard.press("]")
    expect(page.locator("h1")).to_have_text(names[2])
    # Whoever logs a contact stays in the list that was worked through.
    page.keyboard.press("l")
    log_by_keyboard(page, "On the way through the list")
    press_as_russian(page, "ъ", "BracketRight")
    expect(page.locator("h1")).to_have_text(names[3])
    page.keyboard.press("[")
    page.wait_for_url(re.compile("list="))
    expect(page.locator("h1")).to_have_text(names[2])
    page.keyboard.press("u")
    page.wait_for_url(re.compile(r"/clients\?sort=-contact$"))


def test_letters_are_text_inside_fields(open_page):
    page = open_page()
    page.goto("/clients/new")
    page.locator("main input[type=text]").first.focus()
    page.keyboard.type("lgc/?")
    assert page.url.endswith("/clients/new")
    assert page.locator("dialog[open]").count() == 0
    assert page.locator("main input[type=text]").first.input_value() == "lgc/?"


def test_alt_gr_types_polish_letters(open_page, client):
    """Alt and AltGr never act: that is how ł is typed."""
    page = open_page()
    page.goto(client)
    page.keyboard.press("Alt+l")
    page.wait_for_timeout(200)
    assert page.locator("dialog[open]").count() == 0


def test_go_keys(open_page):
    page = open_page()
    page.goto("/settings")
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/clients")


def test_escape_gives_focus_back(open_page, client):
    page = open_page()
    page.goto(client)
    opener = page.locator("a[data-dialog][data-key=l]")
    opener.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open] form")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert opener.evaluate("node => node === document.activeElement")


def test_the_palette_finds_and_opens(open_page, client):
    page = open_page()
    page.goto(client)
    name = page.locator("h1").inner_text().strip()
    page.goto("/settings")
    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette[open]")
    page.keyboard.type(name[:12])
    expect(page.locator("#palette [role=option]", has_text=name).first).to_be_visible()
    for _ in range(12):
        active = page.evaluate("document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.dataset.href")
        if active and active.endswith(client):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{client}*")


def test_letters_can_be_switched_off(open_page, company, accounts, client):
    session = log_in(company, accounts["employee"])

    def switch(on: bool):
        form = settings_form(company, session, "letters")
        values = [pair for pair in form.values if pair[0] != "letters"] + ([("letters", "1")] if on else [])
        answer = session.post(company.url + form.action, data=values, allow_redirects=False, timeout=60)
        assert answer.status_code == 303, answer.text[:1000]

    switch(False)
    try:
        page = open_page("employee")
        page.goto("/clients")
        page.keyboard.press("g")
        page.keyboard.press(",")
        page.keyboard.press("?")
        page.wait_for_timeout(400)
        assert page.url.endswith("/clients")
        assert page.locator("dialog[open]").count() == 0
        page.keyboard.press("Control+k")
        page.wait_for_selector("#palette[open]")
    finally:
        switch(True)


def test_tab_order_starts_with_the_skip_link(open_page, client):
    page = open_page()
    page.goto(client)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('skip')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null"), "the skip link does not skip"


def test_focus_is_always_visible(open_page, client):
    """Whatever Tab reaches has a ring, and the sticky bars do not cover it."""
    page = open_page()
    page.goto(client)
    bad, seen = [], 0
    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate("""() => {
          const node = document.activeElement;
          if (!node || node === document.body) return null;
          const style = getComputedStyle(node), box = node.getBoundingClientRect();
          const hit = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 12));
          const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
          const inner = node.closest('.choice, .find, form')?.matches(':focus-within') ?? false;
          const covered = hit && !node.contains(hit) && !hit.contains(node) && hit.closest('.top, .nav') && !node.closest('.top, .nav');
          return { html: node.outerHTML.slice(0, 120), ring: ring || (node.matches('input') && inner), covered: Boolean(covered) };
        }""")
        if found is None:
            break
        seen += 1
        if not found["ring"]:
            bad.append(f"no ring: {found['html']}")
        if found["covered"]:
            bad.append(f"covered: {found['html']}")
    assert seen >= 20
    assert not bad, "\n".join(bad)


def test_typed_text_is_not_lost_unasked(open_page, client):
    """Leaving a form with typed text asks first; leaving an untouched one does not."""
    page = open_page()
    asked = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    page.goto(client + "/contacts/new")
    page.goto(client)
    assert not asked
    page.goto(client + "/contacts/new")
    page.locator("[name=subject]").press_sequentially("half a sentence", delay=30)
    page.goto(client)
    assert asked == ["beforeunload"]
