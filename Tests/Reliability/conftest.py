"""What the tests of promises share: a company to write to, and people who write."""

import itertools
import threading

import pytest
import requests

from harness.people import accounts_of, log_in
from harness.program import Program

SERIAL = itertools.count(1)


class Writer:
    """Logs contacts as a browser does and remembers what the server acknowledged."""

    def __init__(self, program: Program, session: requests.Session, client: int):
        self.program, self.session, self.client = program, session, client
        self.acknowledged: list[str] = []
        self.refused: list[str] = []

    def write(self, files: dict | None = None) -> int | None:
        """One contact; the status, or None when the server is gone."""
        subject = f"reliability {next(SERIAL)}"
        form = {"channel": "call", "direction": "out", "subject": subject, "body": "Written to be read back."}
        try:
            answer = self.session.post(
                f"{self.program.url}/clients/{self.client}/contacts/new", data=form, files=files, allow_redirects=False, timeout=60)
        except requests.RequestException:
            self.session.close()  # the next try makes a new connection
            return None
        if answer.status_code == 303:
            self.acknowledged.append(subject)
        else:
            self.refused.append(f"{answer.status_code} {answer.text[:300]}")
        return answer.status_code

    def until(self, stop: threading.Event) -> None:
        while not stop.is_set() and self.write() is not None:
            pass


@pytest.fixture
def served(program):
    """A demo company on each engine, running."""
    program.command("demo", "--clients", "12", "--seed", "1")
    return program.start()


@pytest.fixture
def writers(served):
    email = accounts_of(served)["owner"]
    clients = [row[0] for row in served.rows("SELECT id FROM party WHERE is_client ORDER BY id LIMIT 4")]
    assert len(clients) == 4
    return [Writer(served, log_in(served, email), client) for client in clients]


def subjects(program: Program) -> set[str]:
    rows = program.rows("SELECT subject FROM history WHERE subject LIKE 'reliability %'")
    assert len(rows) == len(set(rows)), "an entry is there twice"
    return {row[0] for row in rows}


def is_well(program: Program) -> None:
    """What `dossier doctor` finds wrong, little space on a test's own disk excepted."""
    done = program.command("doctor", fails=None)
    wrong = [line for line in done.splitlines() if line.startswith("wrong") and "space" not in line]
    assert "good   audit chain" in done and not wrong, done
