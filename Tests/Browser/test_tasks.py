"""Tasks in a browser: the recurrence editor with and without scripts, done by the keyboard, taken back."""

import re

from playwright.sync_api import expect


def fill(page, title: str) -> None:
    page.locator("[name=title]").fill(title)
    page.locator("[name=due]").fill("2027-01-12")
    page.locator("[name=repeat]").select_option("month")
    expect(page.locator("[name=on]")).to_be_visible()
    expect(page.locator("[name=weekday]").first).to_be_hidden()
    page.locator("[name=on]").select_option("weekday")
    page.locator("[name=every]").fill("2")
    page.locator("[name=end][value=count]").check()
    page.locator("[name=count]").fill("3")


def look_at_the_editor(page) -> None:
    page.goto("/tasks/new")
    for name in ("every", "on", "basis", "end"):
        expect(page.locator(f"[name={name}]").first).to_be_hidden()
    page.locator("[name=repeat]").select_option("week")
    expect(page.locator("[name=weekday]").first).to_be_visible()
    expect(page.locator("[name=until]")).to_be_hidden()
    page.locator("[name=end][value=until]").check()
    expect(page.locator("[name=until]")).to_be_visible()
    page.locator("[name=basis][value=completion]").check()
    expect(page.locator("[name=weekday]").first).to_be_hidden()


def test_the_editor_works_without_scripts(open_page):
    page = open_page("employee", java_script_enabled=False, expects={422})
    look_at_the_editor(page)
    page.goto("/tasks/new")
    fill(page, "Plain recurrence")
    page.locator("[name=count]").fill("0")
    page.locator("main form button.primary").click()
    expect(page.locator(".summary")).to_contain_text("whole number")
    page.locator("[name=count]").fill("3")
    page.locator("main form button.primary").click()
    expect(page.locator("h1")).to_have_text("Plain recurrence")
    expect(page.locator("main")).to_contain_text("Every 2 months on the second Tuesday, 3 times in all")
    expect(page.locator("main")).to_contain_text("Then: 9\u00a0Mar\u00a02027 · 11\u00a0May\u00a02027")
    page.locator("form[action$='/done'] button").click()
    expect(page.locator(".toasts")).to_contain_text("Task done")
    page.locator(".toasts button.link").click()
    page.goto("/tasks")
    expect(page.locator("tr", has_text="Plain recurrence")).to_have_count(1)


def test_the_editor_works_in_a_dialog(open_page):
    page = open_page("employee", size="narrow")
    page.goto("/tasks")
    page.locator("main a[href^='/tasks/new']").first.click()
    dialog = page.locator("dialog[open]")
    expect(dialog.locator("[name=title]")).to_be_visible()
    fill(dialog, "In a dialog")
    dialog.locator("button.primary").click()
    expect(page.locator("tr", has_text="In a dialog")).to_contain_text("Every 2 months on the second Tuesday")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_done_by_the_keyboard_stays_on_the_list(open_page):
    page = open_page("employee")
    page.goto("/tasks/new?title=By+the+keyboard&due=2027-01-04")
    page.locator("main form button.primary").click()
    page.goto("/tasks")
    row = page.locator("tr", has_text="By the keyboard")
    row.locator("[data-open]").focus()
    page.keyboard.press("e")
    expect(page.locator(".toasts")).to_contain_text("By the keyboard")
    expect(row).to_have_count(0)
    page.locator(".toasts button.link").click()
    page.wait_for_url(re.compile("/tasks"))
    expect(page.locator("tr", has_text="By the keyboard")).to_have_count(1)
