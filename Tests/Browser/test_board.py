"""The board of projects: by keyboard alone, and by forms alone with JavaScript off; a move is taken back."""

import re

from playwright.sync_api import expect

from harness.pages import wait_until


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
    # A key may wait for the page's scripts.
    wait_until(page, "name => document.activeElement.textContent === name", name)
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


def test_a_card_is_dragged(open_page):
    page = open_page(expects={412})
    page.goto("/deals/board")
    card = page.locator(".deal").first
    name, before = card.locator("h3").inner_text(), page.locator(".column:has(.deal)").first.get_attribute("data-stage")
    goal = page.locator(f".column:not([data-stage='{before}'])").first
    mark = goal.get_attribute("data-stage")

    # Over another column it lights up; let go where nothing is, nothing happens.
    take(page, card)
    move(page, goal.locator("header"))
    expect(goal).to_have_class(re.compile(r"\bover\b"))
    move(page, page.locator("h1"))
    page.mouse.up()
    expect(page.locator(".column.over, .deal.dragged")).to_have_count(0)
    expect(card_in(page, before, name)).to_be_visible()

    # Until the server has answered it is not taken again.
    sent = []
    page.route("**/stage", lambda route: sent.append(route))
    take(page, card)
    move(page, goal.locator("header"))
    page.mouse.up()
    moved = card_in(page, mark, name)
    expect(moved).to_have_attribute("aria-busy", "true")
    take(page, moved)
    move(page, page.locator(f".column[data-stage='{before}'] header"))
    expect(page.locator(".column.over, .deal.dragged")).to_have_count(0)
    page.mouse.up()
    assert len(sent) == 1
    sent[0].continue_()
    page.unroute("**/stage")
    undo = page.locator(".toasts form button").first
    expect(undo).to_be_visible()
    expect(card_in(page, mark, name)).to_be_visible()
    undo.click()
    expect(card_in(page, before, name)).to_be_visible()

    # Someone else has changed it meanwhile: it goes back, and the page says why.
    page.goto("/deals/board")
    card = card_in(page, before, name)
    card.locator("[name=version]").evaluate_all("fields => fields.forEach(field => { field.value = 999 })")
    take(page, card)
    move(page, goal.locator("header"))
    with page.expect_response(lambda response: response.status == 412) as refused:
        page.mouse.up()
    toast = page.locator(".toasts .toast p")
    expect(toast).to_have_text(re.compile(r"\w+ \w+"))
    assert toast.inner_text() in refused.value.text()
    assert toast.inner_text() != page.locator("#app").get_attribute("data-word-failed")
    expect(card_in(page, before, name).locator("[data-open]")).to_be_focused()


def card_in(page, stage: str, name: str):
    return page.locator(f".column[data-stage='{stage}'] .deal", has=page.get_by_role("link", name=name, exact=True))


def take(page, card):
    card.hover()
    expect(card).to_have_attribute("draggable", "true")
    card.locator(".meta").first.hover()
    page.mouse.down()


def move(page, target):
    box = target.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=6)
