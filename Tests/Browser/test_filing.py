"""Mail to file: from Today to a client's history by keyboard, taken back, and without scripts."""

import re

from playwright.sync_api import expect


def test_a_mail_is_filed_by_keyboard_and_taken_back(open_page):
    page = open_page()
    page.goto("/today")
    mail = page.locator("[data-row]", has_text="Which client is it about?").first
    subject = mail.locator("[data-open]").inner_text().split(": ", 1)[-1]
    mail.get_by_role("link", name=re.compile("^File")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/mail/*")
    expect(page.locator("h1")).to_have_text(subject)
    expect(page.get_by_role("combobox", name="Client")).to_be_focused()
    page.keyboard.type("а")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    chosen = page.get_by_role("combobox", name="Client").input_value()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"File with {chosen}")).to_be_visible()
    page.get_by_role("button", name="File", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".toasts")).to_contain_text(f"Mail filed with {chosen}")
    expect(page.locator("[data-row]", has_text=subject)).to_have_count(0)
    page.locator(".toasts button", has_text="Undo").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(subject)
    expect(page.get_by_role("combobox", name="Client")).to_be_visible()


def test_what_is_put_aside_comes_back(open_page):
    page = open_page()
    page.goto("/mail")
    rows = page.locator("[data-row]")
    expect(rows.first).to_be_visible()
    before = rows.count()
    rows.first.get_by_role("button", name=re.compile("^Not for the record")).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".toasts")).to_contain_text("Not for the record")
    expect(rows).to_have_count(before - 1)
    page.locator(".toasts button", has_text="Undo").click()
    page.wait_for_url("**/mail/*")
    page.goto("/mail")
    expect(rows).to_have_count(before)
