"""Today by keyboard alone, under a Cyrillic layout too: moving, snoozing, selecting, taking back."""

from playwright.sync_api import Page, expect

from harness.keys import press_as_russian
from harness.pages import wait_until


# The owner looks at a team of three: it has enough to do in a demo company of any size.
TEAM = "/today?of=team-2"


def rows(page: Page):
    return page.locator("[data-row]")


def moved(page: Page, before: str = "") -> str:
    """The name of the row one stands on, once one stands on another: a key may have waited for the page's scripts."""
    wait_until(
        page, "before => document.activeElement.matches('[data-open]') && document.activeElement.textContent !== before", before)
    return page.evaluate("document.activeElement.textContent")


def test_a_row_is_snoozed_and_taken_back_by_keyboard(open_page):
    page = open_page()
    page.goto(TEAM)
    before = rows(page).count()
    assert before > 1, "the demo company's owner has nothing to do today"
    page.keyboard.press("j")
    name = moved(page)
    page.keyboard.press("z")
    page.wait_for_selector("dialog[open] form")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toasts button", has_text="Undo")).to_be_visible()
    expect(page.locator("[data-row] [data-open]", has_text=name)).to_have_count(0)
    page.locator(".toasts button", has_text="Undo").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-row] [data-open]", has_text=name).first).to_be_visible()


def test_the_keys_work_under_a_cyrillic_layout(open_page):
    page = open_page()
    page.goto(TEAM)
    press_as_russian(page, "о", "KeyJ")
    first = moved(page)
    press_as_russian(page, "о", "KeyJ")
    moved(page, before=first)
    press_as_russian(page, "ч", "KeyX")
    expect(page.locator("[data-select]:checked")).to_have_count(1)
    expect(page.locator(".bulk")).to_be_visible()
    press_as_russian(page, "я", "KeyZ")
    page.wait_for_selector("dialog[open] form")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_enter_opens_and_the_menu_hands_over(open_page):
    page = open_page()
    page.goto(TEAM)
    page.keyboard.press("j")
    first = moved(page)
    page.keyboard.press(".")
    menu = page.locator(".menu:popover-open")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    moved(page, before=first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/clients/*")


def test_keys_pressed_before_the_scripts_are_there_wait_for_them(open_page):
    page = open_page()
    held = []
    page.route("**/list*.js", lambda route: held.append(route))
    with page.expect_request("**/list*.js"):
        page.goto(TEAM)
    page.keyboard.press("j")
    page.keyboard.press(".")
    assert held, "the script was not asked for"
    held[0].continue_()
    expect(page.locator(".menu:popover-open")).to_be_visible()
