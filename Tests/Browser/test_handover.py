"""A handover by hand, from its first step to the undo: with scripts, and by forms and links alone; and what the successor reads."""

import re
import subprocess
import time

import pytest
import requests
from playwright.sync_api import Page, expect

from harness.people import accounts_of, log_in, speak
from harness.program import PASSWORD, Program

OWNED = "SELECT owner_id, count(*) FROM party WHERE is_client AND erased_at IS NULL AND owner_id IS NOT NULL GROUP BY owner_id ORDER BY 2, 1"
TAKERS = "SELECT id FROM account WHERE closed_at IS NULL AND role IN ('owner', 'manager', 'employee') ORDER BY id"


def go_on(page: Page) -> None:
    page.locator("main form button.primary").click()


def wait_for(page: Page, selector: str, scripts: bool) -> None:
    """The page follows its job by itself; without scripts whoever waits loads it again."""
    wanted, again = page.locator(selector), page.locator("[data-progress-url] a")
    until = time.monotonic() + 30
    while not scripts and time.monotonic() < until:
        # Half of a page says nothing of what it has not.
        wanted.or_(again).first.wait_for()
        page.wait_for_load_state()
        if wanted.count():
            break
        again.click()
    expect(wanted).to_be_visible(timeout=30_000)


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


@pytest.fixture
def agency(tmp_path):
    """A company of the test's own: an account is closed in it."""
    program = Program(tmp_path)
    program.command("demo", "--clients", "40", "--seed", "2")
    yield program.start()
    program.stop()
    assert not program.crashes(), "\n".join(program.crashes())


@pytest.fixture
def look(browser, agency):
    """`look(session)` gives a page of whoever is logged in by it."""
    contexts = []

    def make(session: requests.Session) -> Page:
        speak(agency, session, "en")
        context = browser.new_context(base_url=agency.url, viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
        context.add_cookies([{"name": cookie.name, "value": cookie.value, "url": agency.url} for cookie in session.cookies])
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


def may_log_in(program: Program, email: str) -> bool:
    answer = requests.post(
        f"{program.url}/login", data={"email": email, "password": PASSWORD}, headers={"Origin": program.url}, allow_redirects=False, timeout=60)
    return answer.status_code == 303


def test_who_leaves_is_out_and_the_successors_are_briefed(agency, look):
    staff = agency.rows("""
      SELECT a.id, a.email, count(p.id) FROM account a JOIN party p ON p.owner_id = a.id AND p.is_client AND p.erased_at IS NULL
      WHERE a.role = 'employee' AND a.closed_at IS NULL GROUP BY a.id, a.email ORDER BY 3 DESC, 1""")
    (giver, email, count), *others = staff
    takers = others[:2]
    assert count > 2 and len(takers) == 2, staff
    leaver = log_in(agency, email)
    before = agency.rows(OWNED)

    page = look(log_in(agency, accounts_of(agency)["owner"]))
    page.goto(f"/handovers/new?from={giver}")
    page.locator("[name=reason][value=leaves]").check()
    page.locator("[name=note]").fill("They like to be called before noon")
    go_on(page)
    page.locator("[name=method][value=evenly]").check()
    for taker, *_ in takers:
        page.locator(f"[name=takers][value='{taker}']").check()
    go_on(page)
    expect(page.locator("form[action$='/run'] button")).to_be_visible()
    page.wait_for_load_state()
    shares = [int(text) for text in page.locator("tbody .num").all_inner_texts()[:2]]
    assert sum(shares) == count and abs(shares[0] - shares[1]) <= 1, shares
    page.locator("form[action$='/run'] button").click()
    wait_for(page, "form[action$='/undo'] button", True)
    assert leaver.get(f"{agency.url}/today", allow_redirects=False, timeout=60).headers.get("Location", "").startswith("/login")
    assert not may_log_in(agency, email)
    assert agency.rows(f"SELECT count(*) FROM account WHERE id = {giver}") == [(1,)]

    brief(agency, look(log_in(agency, takers[0][1])))

    page.locator("form[action$='/undo'] button").click()
    wait_for(page, ".note.ok", True)
    assert agency.rows(OWNED) == before
    assert may_log_in(agency, email)


def brief(program: Program, page: Page) -> None:
    """The successor reads of the first client received, on the screen and on paper, and says so."""
    page.goto("/received")
    waiting = page.locator("[data-row]").count()
    name = page.locator("[data-row] [data-open]").first.inner_text()
    page.locator("[data-row] [data-open]").first.click()
    expect(page.locator("h1")).to_contain_text(name)
    expect(page.locator("main")).to_contain_text("They like to be called before noon")
    page.wait_for_load_state()
    headings = page.locator(".briefing h2").all_inner_texts()
    assert {"What they like, what is known", "What not to do", "What we owe them", "What they owe us", "Last contacts"} <= set(headings), headings
    with page.expect_download() as download:
        page.locator("a[download]").click()
    text = subprocess.run(["pdftotext", "-layout", download.value.path(), "-"], capture_output=True, text=True, check=True).stdout
    assert all(part in " ".join(text.split()) for part in [name, *headings]), text
    sheets = subprocess.run(["pdfinfo", download.value.path()], capture_output=True, text=True, check=True).stdout
    assert re.search(r"^Pages:\s+1$", sheets, re.M), sheets
    page.locator("form[action$='/read'] button").click()
    expect(page.locator("[data-row]")).to_have_count(waiting - 1)
