"""JavaScript off: a whole morning's work by forms and links alone, and what goes wrong is said by the field."""

import re

import pytest
from playwright.sync_api import expect

from harness.people import log_in
from harness.program import PASSWORD


# Each company has a number of its own: one that another has is warned of.
PHONES = (str(number) for number in range(7123401, 7123499))


@pytest.fixture
def plain(open_page):
    return open_page(java_script_enabled=False, expects={422, 409})


def send(page, root: str = "main") -> None:
    page.locator(f"{root} form[method=post] button.primary").last.click()


def add_company(page, name: str) -> str:
    page.goto("/clients/new?kind=company")
    page.locator("[name=name]").fill(name)
    phone = f"088 {next(PHONES)}"
    page.locator("[name=phone]").first.fill(phone)
    page.locator("[name=country]").select_option("BG")
    page.locator("[name=email]").first.fill(f"office@{phone[-7:]}.example")
    send(page)
    expect(page.locator("h1")).to_have_text(name)
    assert re.search(r"/clients/\d+", page.url), page.url
    return re.search(r"/clients/\d+", page.url)[0]


def test_log_in_and_out(open_page, company, accounts):
    page = open_page(role=None, java_script_enabled=False, expects={401, 422, 429})
    page.goto("/clients")
    assert "/login" in page.url
    page.locator("[name=email]").fill(accounts["employee"])
    page.locator("[name=password]").fill("not the password")
    send(page)
    assert "/login" in page.url
    expect(page.locator(".summary, .note.danger, .error").first).to_be_visible()
    assert page.locator("[name=email]").input_value() == accounts["employee"], "what was typed is gone"
    assert page.locator("[name=password]").input_value() == ""
    page.locator("[name=password]").fill(PASSWORD)
    send(page)
    assert page.url.endswith("/clients"), "log-in does not go on where it began"
    page.locator("[popovertarget=user-menu]").click()
    page.locator("form[action='/logout'] button").click()
    page.goto("/clients")
    assert "/login" in page.url


def test_a_client_is_added_edited_archived_and_brought_back(plain):
    name = "Без скриптове ЕООД"
    path = add_company(plain, name)
    # Typed without spaces and country, shown as people write it there.
    expect(plain.locator("main")).to_contain_text(re.compile(r"088 712 34\d\d"))
    plain.goto(path + "/edit")
    plain.locator("[name=name]").fill(name + " 2")
    send(plain)
    expect(plain.locator("h1")).to_have_text(name + " 2")
    # What was just done is said, and can be taken back by one button.
    expect(plain.locator(".toasts")).to_contain_text(re.compile(r"\w"))
    plain.locator(f"form[action='{path}/archive'] button").dispatch_event("click")
    expect(plain.locator(".toasts button").first).to_be_visible()
    plain.locator(".toasts button").first.click()
    plain.goto(path)
    expect(plain.locator("h1")).to_have_text(name + " 2")


def test_mistakes_are_said_by_the_field(plain):
    plain.goto("/clients/new?kind=company")
    plain.locator("[name=email]").first.fill("no at sign")
    plain.locator("[name=industry]").fill("Kept as typed")
    send(plain)
    assert plain.title().startswith("Error"), plain.title()
    expect(plain.locator(".summary a[href='#name']")).to_be_visible()
    bad = plain.locator("[name=email][aria-invalid=true]").first
    described = bad.get_attribute("aria-describedby")
    assert plain.locator(f"[id='{described.split()[-1]}']").inner_text().strip()
    assert bad.input_value() == "no at sign"
    assert plain.locator("[name=industry]").input_value() == "Kept as typed"


def test_a_contact_is_logged_in_the_past_found_and_taken_back(plain):
    path = add_company(plain, "Контакти без скриптове")
    plain.goto(path + "/contacts/new")
    plain.locator("[name=channel][value=meeting]").check(force=True)
    plain.locator("[name=when]").fill("2026-03-05T14:30")
    plain.locator("[name=subject]").fill("Среща за договора")
    plain.locator("[name=body]").fill("Искат отсрочка до петък.")
    send(plain)
    entry = plain.locator(".timeline .entry", has_text="Среща за договора")
    expect(entry).to_be_visible()
    expect(entry.locator("time").first).to_have_attribute("datetime", re.compile("2026-03-05"))
    plain.locator(".filters [name=q], [type=search][name=find], main [type=search]").first.fill("ОТСРОЧКА")
    plain.locator("main form.filters button, main form.filters [type=submit]").first.click()
    expect(plain.locator(".timeline .entry", has_text="Среща за договора")).to_be_visible()
    plain.goto(path + "/contacts/new")
    plain.locator("[name=subject]").fill("Сгрешено")
    send(plain)
    plain.locator(".toasts button").first.click()
    expect(plain.locator(".timeline .subject", has_text="Сгрешено")).to_have_count(0)


def test_two_people_edit_one_client(open_page, company):
    """The second to save sees both values and decides; nothing is overwritten unseen."""
    first = open_page(java_script_enabled=False)
    path = add_company(first, "Two Editors Ltd")
    second = open_page("manager", java_script_enabled=False, expects={409})
    second.goto(path + "/edit")
    first.goto(path + "/edit")
    first.locator("[name=industry]").fill("Printing")
    send(first)
    second.locator("[name=industry]").fill("Publishing")
    send(second)
    expect(second.locator("main")).to_contain_text("Printing")
    expect(second.locator("main")).to_contain_text("Publishing")
    first.goto(path)
    expect(first.locator("main")).to_contain_text("Printing")
    expect(first.locator("main")).not_to_contain_text("Publishing")


def test_search_by_any_part_in_any_spelling(plain):
    add_company(plain, "Łódzka Spółka Ёлкина")
    for part in ("lodzka", "SPOLKA", "елкин", "8871234"):
        plain.goto("/clients")
        plain.locator("main [name=q]").first.fill(part)
        plain.locator("main [name=q]").first.press("Enter")
        expect(plain.locator("main")).to_contain_text("Łódzka Spółka Ёлкина")


def test_hostile_names_are_only_names(open_page, company, accounts):
    """Markup in every field of a client, on every page that shows it, with scripts on: nothing runs, nothing breaks."""
    page = open_page()
    attack = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}</textarea>"
    page.goto("/clients/new?kind=company")
    for name in ("name", "industry", "legal_name", "tags", "note"):
        field = page.locator(f"[name={name}]").first
        field.evaluate("(node, text) => { node.value = text; }", attack)
    send(page)
    expect(page.locator("h1")).to_have_text(attack)
    path = re.search(r"/clients/\d+", page.url)[0]
    for at in (path, path + "/edit", path + "/contacts/new", "/clients?q=onerror", "/audit", "/clients?sort=created"):
        page.goto(at)
        assert page.locator("img[src=x]").count() == 0, f"markup came through on {at}"
    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette[open]")
    page.keyboard.type("onerror")
    expect(page.locator("#palette [role=option]", has_text="onerror").first).to_be_visible()
    assert page.locator("img[src=x]").count() == 0
    # Cleaned up, so that other tests' pages keep their usual names.
    session = log_in(company, accounts["owner"])
    assert session.post(f"{company.url}{path}/removal", allow_redirects=False, timeout=60).status_code == 303


def test_a_promise_in_a_note_is_offered_on_the_page_kept_and_taken_back(plain):
    path = add_company(plain, "Обещания без скриптове")
    plain.goto(path + "/contacts/new")
    plain.locator("[name=body]").fill("Дълъг разговор.\n→ оферта до края на седмицата")
    send(plain)
    offer = plain.locator(".notes .note", has_text="оферта")
    expect(offer).to_be_visible()
    expect(plain.locator("#promises .items > li")).to_have_count(0)
    offer.locator("form button").click()
    row = plain.locator("#promises .items > li", has_text="оферта")
    expect(row).to_be_visible()
    row.locator("form button").first.click()
    expect(plain.locator("#promises > .items > li", has_text="оферта")).to_have_count(0)
    plain.locator(".toasts button").first.click()
    expect(plain.locator("#promises > .items > li", has_text="оферта")).to_be_visible()
    plain.goto("/promises/new")
    plain.locator("[name=client_name]").fill("Обещания без")
    plain.locator("[name=what]").fill("")
    plain.locator("[name=due]").fill("2030-02-28")
    send(plain)
    expect(plain.locator(".summary")).to_be_visible()
    plain.locator("[name=what]").fill("договор")
    send(plain)
    expect(plain.locator("#promises .items > li", has_text="договор")).to_be_visible()
