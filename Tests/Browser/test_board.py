"""The board of projects: by keyboard alone, and by forms alone with JavaScript off; a move is taken back."""

import re

from playwright.sync_api import expect


def column_of(page, name: str) -> str:
    return page.locator(".column", has=page.locator(".deal h3", has_text=name)).locator("h2").inner_text()


def test_a_project_is_made_moved_and_moved_back_without_scripts(open_page, paths):
    page = open_page(java_script_enabled=False, expects={422})
    client = next(path for path in paths if re.fullmatch(r"/clients/\d+", path))
    page.goto(f"{client}/deals/new")
    page.locator("[name=list]").fill("1.2.3")
    page.locator("main form button.primary").click()
    expect(page.locator(".summary")).to_be_visible()
    page.locator("[name=name]").fill("Board without scripts")
    page.locator("[name=list]").fill("1234,50")
    page.locator("main form button.primary").click()
    expect(page.locator("h1")).to_have_text("Board without scripts")
    page.goto("/deals/board")
    before = column_of(page, "Board without scripts")
    card = page.locator(".deal", has_text="Board without scripts")
    card.locator("[data-key-row=e]").click()
    assert column_of(page, "Board without scripts") != before
    page.locator(".toasts form button").first.click()
    assert column_of(page, "Board without scripts") == before


def test_a_card_moves_by_keyboard(open_page):
    page = open_page()
    page.goto("/deals/board")
    name = page.locator(".deal h3").first.inner_text()
    before = column_of(page, name)
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == name
    page.keyboard.press("e")
    expect(page.locator(".toasts button").first).to_be_visible()
    assert column_of(page, name) != before
    undo = page.locator(".toasts form button").first
    undo.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".column", has=page.locator("h2", has_text=before.split("\n")[0])).locator(".deal h3", has_text=name)).to_be_visible()


def test_nothing_scrolls_sideways_on_a_phone(open_page):
    page = open_page(size="narrow")
    for path in ("/deals/board", "/deals", "/deals/forecast"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
