"""Mail that comes in, from a real IMAP server: filed once whatever happens, read by nobody's leave but ours, left as it was."""

import html
import random
import time
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from email.message import EmailMessage
from email.utils import format_datetime

import pytest

from harness import postgres
from harness.imap import MailHost
from harness.people import accounts_of, log_in
from harness.program import Program

CLIENT = "Anna Petrova <anna@alfa-client.example>"


@pytest.fixture(params=["sqlite", "postgres"])
def company(request, tmp_path):
    with ExitStack() as stack:
        program = Program(tmp_path / "place", database=stack.enter_context(postgres.database()) if request.param == "postgres" else None)
        program.command("demo", "--clients", "12", "--seed", "1")
        for table in ["reason WHERE kind = 'unfiled_mail'", "captured_file", "captured_mail WHERE state = 'unfiled'"]:
            assert program.attempt(f"DELETE FROM {table}") == ""
        stack.callback(program.kill)
        yield program


@pytest.fixture
def host():
    with MailHost("clients@agency.example", "hannah@agency.example") as host:
        yield host


def letter(number: int, sender: str, to: str, subject: str = "", text: str = "Words of the mail", **heads: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, to
    mail["Subject"] = subject or f"Mail {number}"
    mail["Message-ID"] = f"<{number}@test.example>"
    mail["Date"] = format_datetime(datetime.now(timezone.utc) - timedelta(minutes=5))
    for name, value in heads.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def one(program: Program, sql: str) -> str:
    """A single value, as text on either engine; empty where there is none."""
    found = program.rows(sql)
    return str(found[0][0]) if found and found[0][0] is not None else ""


def texts(program: Program, sql: str) -> list[str]:
    return [str(row[0]) for row in program.rows(sql)]


def until(what, seconds: float = 60):
    """Waits for it to be true, and says so when it never is."""
    end = time.monotonic() + seconds
    while not (value := what()):
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.05)
    return value


def add_mailbox(program: Program, session, host: MailHost, person: str, takes: str, folders: str = "INBOX", secret: str | None = None) -> int:
    form = {
        "address": person, "account": one(program, f"SELECT id FROM account WHERE email = '{accounts_of(program)['owner']}'"),
        "takes": takes, "host": "127.0.0.1", "port": str(host.port), "security": "none", "username": person,
        "secret": host.SECRET if secret is None else secret, "folders": folders, "since": str((datetime.now() - timedelta(days=30)).date())}
    answer = session.post(program.url + "/settings/mailboxes", data=form, allow_redirects=False, timeout=60)
    assert answer.status_code == 303, answer.text[-3000:]
    return int(one(program, "SELECT max(id) FROM mailbox"))


def look(program: Program, session, box: int) -> None:
    """Asks for a look, and waits for its end."""
    before = one(program, f"SELECT fence FROM mailbox WHERE id = {box}")
    assert session.post(f"{program.url}/settings/mailboxes/{box}/look", allow_redirects=False, timeout=60).status_code == 303
    until(lambda: program.rows(f"SELECT 1 FROM mailbox WHERE id = {box} AND fence > {before} AND lease_until IS NULL"))


def know(program: Program) -> int:
    """Anna's address stands at a client."""
    client = int(one(program, "SELECT id FROM party WHERE is_client AND kind = 'company' AND archived_at IS NULL AND deleted_at IS NULL ORDER BY id LIMIT 1"))
    refused = program.attempt(f"""
        INSERT INTO contact_point (party_id, kind, value, value_key, shown, position)
        VALUES ({client}, 'email', 'anna@alfa-client.example', 'anna@alfa-client.example', 'anna@alfa-client.example', 99)""")
    assert refused == ""
    return client


def contacts(program: Program, client: int) -> list[str]:
    return texts(program, f"SELECT subject FROM history WHERE client_id = {client} AND kind = 'contact' AND subject LIKE 'Mail %' ORDER BY id")


def test_mail_is_filed_and_what_nobody_knows_waits(company, host):
    owner = accounts_of(company)["owner"]
    client = know(company)
    everyone, own = host.people
    host.deliver(everyone, letter(1, owner, "anna@alfa-client.example", text="Здравейте, Анна").as_bytes())
    host.deliver(everyone, letter(2, "Carl <carl@nobody.example>", owner).as_bytes(), isread=True)
    host.deliver(everyone, letter(3, CLIENT, owner, Auto_Submitted="auto-replied").as_bytes())
    forwarded = "Take a look\n\n---------- Forwarded message ---------\nОт: Anna <anna@alfa-client.example>\nТема: Mail inside\nКому: you\n\nThe inner words"
    host.deliver(everyone, letter(4, owner, everyone, "Fwd: Mail inside", forwarded).as_bytes())
    host.deliver(own, letter(1, owner, "anna@alfa-client.example").as_bytes())
    host.deliver(own, letter(5, "stranger@nobody.example", own).as_bytes())
    host.deliver(own, letter(6, own, "anna@alfa-client.example").as_bytes(), folder="Sent")
    company.start()
    session = log_in(company, owner)
    boxes = [add_mailbox(company, session, host, everyone, "all"), add_mailbox(company, session, host, own, "known", "INBOX\nSent")]
    for box in boxes:
        until(lambda: company.rows(f"SELECT 1 FROM mailbox WHERE id = {box} AND looked_at IS NOT NULL AND lease_until IS NULL"))
        look(company, session, box)
    assert one(company, "SELECT count(*) FROM mailbox WHERE paused_at IS NULL AND trouble = ''") == "2"
    assert sorted(contacts(company, client)) == ["Mail 1", "Mail 6", "Mail inside"]
    directions = dict(company.rows(f"SELECT subject, direction FROM history WHERE client_id = {client} AND subject LIKE 'Mail %'"))
    assert directions == {"Mail 1": "out", "Mail inside": "in", "Mail 6": "out"}
    assert texts(company, "SELECT subject FROM captured_mail WHERE state = 'unfiled'") == ["Mail 2"]
    assert host.seen(everyone) == [False, True, False, False] and host.seen(own) == [False, False, False]
    today = session.get(company.url + "/today", timeout=60).text
    assert "Carl: Mail 2" in today and "stranger" not in session.get(company.url + "/mail?of=all", timeout=60).text
    company.stop()
    company.command("doctor")


def test_trouble_is_told_and_mended(company, host):
    owner = accounts_of(company)["owner"]
    company.start()
    session = log_in(company, owner)
    box = add_mailbox(company, session, host, host.people[0], "all", secret="wrong")
    trouble = until(lambda: one(company, f"SELECT trouble FROM mailbox WHERE id = {box} AND trouble <> ''"))
    assert trouble in html.unescape(session.get(company.url + "/settings/mailboxes", timeout=60).text)
    form = {
        "address": host.people[0], "account": one(company, f"SELECT account_id FROM mailbox WHERE id = {box}"), "takes": "all",
        "host": "127.0.0.1", "port": str(host.port), "security": "none", "username": host.people[0], "secret": host.SECRET,
        "folders": "INBOX", "since": "2026-01-01", "version": one(company, f"SELECT version FROM mailbox WHERE id = {box}")}
    assert session.post(f"{company.url}/settings/mailboxes/{box}", data=form, allow_redirects=False, timeout=60).status_code == 303
    host.deliver(host.people[0], letter(1, "new@nobody.example", owner).as_bytes())
    look(company, session, box)
    assert one(company, f"SELECT trouble FROM mailbox WHERE id = {box}") == ""
    host.stop()
    look(company, session, box)
    assert one(company, f"SELECT trouble FROM mailbox WHERE id = {box}") != ""
    host.start()
    look(company, session, box)
    assert texts(company, "SELECT subject FROM captured_mail WHERE state = 'unfiled'") == ["Mail 1"]
    company.stop()


def test_killed_again_and_again_it_files_each_mail_once(company, host):
    """A reader that dies leaves nothing half done: what it kept is noted as read, what it did not is read again."""
    owner, dice = accounts_of(company)["owner"], random.Random(7)
    client = know(company)
    for number in range(200):
        host.deliver(host.people[0], letter(number, CLIENT, owner, text="x" * dice.randrange(20_000)).as_bytes())
    company.start()
    session = log_in(company, owner)
    box = add_mailbox(company, session, host, host.people[0], "all")
    midway = 0
    for _ in range(8):
        kept = len(contacts(company, client))
        until(lambda: len(contacts(company, client)) > kept or kept == 200)
        time.sleep(dice.random() * 0.05)
        company.kill()
        midway += len(contacts(company, client)) < 200
        company.start()
        # As minutes later, when the dead reader's lease has run out.
        company.attempt(f"UPDATE mailbox SET look_at = 0, lease_until = NULL WHERE id = {box}")
    assert midway > 0, "it was never killed at work"
    until(lambda: len(contacts(company, client)) >= 200, 120)
    until(lambda: company.rows(f"SELECT 1 FROM mailbox WHERE id = {box} AND lease_until IS NULL"))
    assert sorted(contacts(company, client)) == sorted(f"Mail {number}" for number in range(200))
    assert host.seen(host.people[0]) == [False] * 200
    company.stop()
    company.command("doctor")


def test_a_copy_reads_nothing(company, host, tmp_path):
    """Else the mail would be shared out between two bases."""
    owner = accounts_of(company)["owner"]
    company.start()
    session = log_in(company, owner)
    box = add_mailbox(company, session, host, host.people[0], "all")
    until(lambda: company.rows(f"SELECT 1 FROM mailbox WHERE id = {box} AND looked_at IS NOT NULL AND lease_until IS NULL"))
    company.stop()
    company.attempt("UPDATE mail_server SET place = 'elsewhere'")
    company.attempt(f"UPDATE mailbox SET look_at = 0, looked_at = NULL WHERE id = {box}")
    host.deliver(host.people[0], letter(1, "new@nobody.example", owner).as_bytes())
    company.start()
    fence = one(company, f"SELECT fence FROM mailbox WHERE id = {box}")
    # Longer than between two looks for what is due.
    time.sleep(5)
    assert one(company, f"SELECT fence FROM mailbox WHERE id = {box}") == fence
    session = log_in(company, owner)
    assert session.post(company.url + "/settings/mail/release", data={"waiting": "drop"}, allow_redirects=False, timeout=60).status_code == 303
    until(lambda: company.rows("SELECT 1 FROM captured_mail WHERE state = 'unfiled'"))
    company.stop()
