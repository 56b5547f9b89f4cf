"""A handover by hand, from its first step to the undo: with scripts, and by forms and links alone."""

import time

import pytest
from playwright.sync_api import Page, expect

OWNED = "SELECT owner_id, count(*) FROM party WHERE is_client AND erased_at IS NULL AND owner_id IS NOT NULL GROUP BY owner_id ORDER BY 2, 1"
TAKERS = "SELECT id FROM account WHERE closed_at IS NULL AND role IN ('owner', 'manager', 'employee') ORDER BY id"


def go_on(page: Page) -> None:
    page.locator("main form button.primary").click()


def wait_for(page: Page, selector: str, scripts: bool) -> None:
    """The page follows its job by itself; without scripts whoever waits loads it again."""
    until = time.monotonic() + 30
    while not scripts and not page.locator(selector).count() and time.monotonic() < until:
        page.locator("[data-progress-url] a").click()
    expect(page.locator(selector)).to_be_visible(timeout=30_000)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_clients_change_hands_and_come_back(open_page, company, scripts):
    before = company.rows(OWNED)
    giver, count = before[0]
    taker = next(id for (id,) in company.rows(TAKERS) if id != giver)
    page = open_page(java_script_enabled=scripts, expects={422})

    page.goto("/handovers/new")
    go_on(page)
    expect(page.locator(".summary")).to_contain_text("Whose clients")
    page.locator("[name=from]").select_option(str(giver))
    page.locator("[name=reason][value=changes]").check()
    page.locator("[name=note]").fill("Call before noon")
    go_on(page)

    page.locator("[name=method][value=evenly]").check()
    expect(page.locator("[name=takers]").first).to_be_visible()
    expect(page.locator("[name=one]")).to_be_hidden()
    page.locator(f"[name=takers][value='{taker}']").check()
    go_on(page)
    expect(page.locator(".summary")).to_contain_text("Choose two colleagues or more")
    page.locator("[name=method][value=one]").check()
    page.locator("[name=one]").select_option(str(taker))
    go_on(page)

    expect(page.locator("tfoot .num")).to_have_text(str(count))
    expect(page.locator("main")).to_contain_text("Call before noon")
    assert company.rows(OWNED) == before, "something changed before it was confirmed"
    page.locator("form[action$='/run'] button").click()
    wait_for(page, "form[action$='/undo'] button", scripts)
    assert giver not in dict(company.rows(OWNED)) and dict(company.rows(OWNED))[taker] == dict(before).get(taker, 0) + count

    page.locator("form[action$='/undo'] button").click()
    wait_for(page, ".note.ok", scripts)
    assert company.rows(OWNED) == before
    page.goto("/handovers")
    expect(page.locator("tbody tr").first).to_be_visible()
