"""Mail as it leaves, to a real SMTP server: in every language, through every failure, once, and never from a copy."""

import json
import random
import shutil
import time

import pytest

from harness.mailbox import Mailbox, certificate
from harness.people import accounts_of, log_in, speak
from harness.program import Program

SUBJECTS = {"en": "A test from Dossier", "ru": "Проба от Dossier", "pl": "Próba z Dossier", "bg": "Проба от Dossier"}


@pytest.fixture
def company(tmp_path):
    program = Program(tmp_path / "place")
    program.command("demo", "--clients", "12", "--seed", "1")
    program.attempt("DELETE FROM mail")
    yield program
    program.kill()


def through(program: Program, box: Mailbox, security: str = "none", **more: str) -> Program:
    program.environment |= {
        "DOSSIER_SMTP_SERVER": f"127.0.0.1:{box.port}", "DOSSIER_SMTP_SECURITY": security,
        "DOSSIER_SMTP_SENDER": "Агенция „Пример“ <dossier@agency.example>"} | more
    return program


def enqueue(program: Program, count: int, prefix: str = "m") -> None:
    """As features do, in one go; the server does not run."""
    program.attempt("UPDATE mail_server SET per_minute = 6000")
    letter = json.dumps({"subject": {"text": "Mail of the test", "slots": {}}, "opening": [], "sections": [], "closing": []})
    program.attempt(f"""
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
        INSERT INTO mail (kind, idempotency_key, account_id, letter, message_id, state, send_at, expires_at, created_at)
        SELECT 'notice', '{prefix}' || i, (SELECT min(id) FROM account), '{letter}', '{prefix}' || i, 'queued', 0, 9e15, 0 FROM n""")


def states(program: Program) -> dict[str, int]:
    return dict(program.rows("SELECT state, count(*) FROM mail GROUP BY state"))


def until(what, seconds: float = 60):
    """Waits for it to be true, and says so when it never is."""
    end = time.monotonic() + seconds
    while not (value := what()):
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.05)
    return value


def settled(program: Program) -> bool:
    return not {"queued", "leased", "sending"} & set(states(program))


def send_test(program: Program, session) -> None:
    answer = session.post(program.url + "/settings/mail/test", allow_redirects=False, timeout=60)
    assert answer.status_code == 303, answer.text[:1000]


def test_every_language_arrives_as_it_was_written(company):
    with Mailbox() as box:
        through(company, box).start()
        session = log_in(company, accounts_of(company)["owner"])
        for count, (language, subject) in enumerate(SUBJECTS.items(), 1):
            speak(company, session, language)
            send_test(company, session)
            until(lambda: len(box.raw) == count)
            mail = box.mails[-1]
            assert mail["Subject"] == subject
            assert mail["From"].addresses[0].display_name == "Агенция „Пример“"
            assert mail["To"].addresses[0].addr_spec == accounts_of(company)["owner"]
            assert mail["Auto-Submitted"] == "auto-generated" and "<test.dossier." in mail["List-Id"]
            assert mail["Message-ID"] and mail["Date"].datetime
            assert mail.get_content_type() == "multipart/alternative"
            text, html = [part.get_content() for part in mail.iter_parts()]
            assert f"{company.url}/settings/mail" in text and f'href="{company.url}/settings/mail"' in html
            assert f'lang="{language}"' in html
            assert box.raw[-1].isascii() and all(len(line) <= 998 for line in box.raw[-1].split(b"\r\n"))
        assert not company.crashes()


@pytest.mark.parametrize("tls", [False, True], ids=["starttls", "tls"])
def test_over_tls_with_a_login(company, tmp_path, tls):
    pair = certificate(tmp_path)
    with Mailbox(pair, login=("dossier", "geheim ✓"), tls=tls) as box:
        enqueue(company, 3)
        settings = {"DOSSIER_SMTP_USER": "dossier", "DOSSIER_SMTP_SECRET": "geheim ✓", "DOSSIER_SMTP_CA": str(pair[0])}
        through(company, box, "tls" if tls else "starttls", **settings).start()
        until(lambda: states(company) == {"sent": 3})
        assert len(box.raw) == 3


def test_a_certificate_nobody_vouches_for_gets_nothing(company, tmp_path):
    with Mailbox(certificate(tmp_path)) as box:
        enqueue(company, 1)
        through(company, box, "starttls").start()
        said = until(lambda: company.rows("SELECT trouble FROM mail_server")[0][0])
        assert "certificate" in said.lower()
        assert states(company) == {"queued": 1} and not box.raw


def test_starttls_is_not_given_up_for_a_server_without_it(company):
    with Mailbox() as box:
        enqueue(company, 1)
        through(company, box, "starttls").start()
        until(lambda: company.rows("SELECT trouble FROM mail_server")[0][0])
        assert states(company) == {"queued": 1} and not box.raw


@pytest.mark.parametrize(("failure", "end", "arrived"), [
    ("rcpt-4xx", "queued", 0), ("rcpt-5xx", "failed", 0), ("rcpt-dies", "queued", 0),
    ("data-4xx", "queued", 0), ("data-5xx", "failed", 0), ("data-dies", "unknown", 1),
])
def test_what_a_server_does_is_told_apart(company, failure, end, arrived):
    with Mailbox() as box:
        box.fail = [failure]
        enqueue(company, 1)
        through(company, box).start()
        until(lambda: company.rows("SELECT reply FROM mail")[0][0])
        assert states(company) == {end: 1}
        assert len(box.raw) == arrived
        if end == "queued":
            # Tried again when its time has come; the Message-ID is the same.
            company.stop()
            company.attempt("UPDATE mail SET send_at = 0")
            company.attempt("UPDATE mail_server SET paused_until = 0")
            company.start()
            until(lambda: states(company) == {"sent": 1})
        elif end == "unknown":
            # Only a person sends it again, and a receiver can tell that it is the same.
            session = log_in(company, accounts_of(company)["owner"])
            page = session.get(company.url + "/settings/mail/outbox", timeout=60).text
            assert "may have arrived" in page or "attempt" in page
            session.post(f"{company.url}/settings/mail/outbox/{company.rows('SELECT id FROM mail')[0][0]}/attempt", timeout=60)
            until(lambda: states(company) == {"sent": 1})
            assert list(box.copies().values()) == [2]


def test_eight_senders_killed_at_random_send_each_mail_once(company):
    chance = random.Random(7)
    count = 400
    with Mailbox() as box:
        enqueue(company, count)
        through(company, box, DOSSIER_MAIL_SENDERS="8")
        for _ in range(8):
            company.start()
            time.sleep(chance.uniform(0.05, 0.6))
            company.kill()
        company.start()
        until(lambda: settled(company), 120)
        company.stop()
        found, copies = states(company), box.copies()
        assert set(found) <= {"sent", "unknown"} and sum(found.values()) == count, found
        assert max(copies.values()) == 1, copies.most_common(3)
        # None is lost without its being said, and a kill leaves at most one in doubt for each sender.
        sent = {f"<{row[0]}@127.0.0.1>" for row in company.rows("SELECT message_id FROM mail WHERE state = 'sent'")}
        assert sent <= set(copies)
        assert found.get("unknown", 0) <= 8 * 8


def test_a_copy_sends_nothing_until_told(company, tmp_path):
    with Mailbox() as box:
        through(company, box).start()
        company.stop()
        enqueue(company, 2)
        company.command("backup", str(tmp_path / "saved.backup"))
        restored = Program(tmp_path / "restored")
        restored.command("restore", str(tmp_path / "saved.backup"))
        moved = Program(tmp_path / "moved")
        shutil.copytree(company.folder / "data", moved.folder / "data")
        for copy, why in [(restored, "restored"), (moved, "elsewhere")]:
            through(copy, box, DOSSIER_MAIL_SENDERS="4").start()
            assert "No mail is sent" in copy.tail() and why in copy.tail(), copy.tail()
            session = log_in(copy, accounts_of(copy)["owner"])
            assert "/settings/mail/release" in session.get(copy.url + "/settings/mail", timeout=60).text
            copy.stop()
            assert "no mail is sent" in copy.command("doctor")
            copy.start()
            assert states(copy) == {"queued": 2} and not box.raw
        # Told to go on, one drops what waited, the other sends it.
        log_in(restored, accounts_of(restored)["owner"]).post(restored.url + "/settings/mail/release", data={"waiting": "drop"}, timeout=60)
        assert states(restored) == {"cancelled": 2}
        log_in(moved, accounts_of(moved)["owner"]).post(moved.url + "/settings/mail/release", data={"waiting": "send"}, timeout=60)
        until(lambda: states(moved) == {"sent": 2})
        assert len(box.raw) == 2
        for copy in (restored, moved):
            copy.stop()
            assert "no mail is sent" not in copy.command("doctor")
