"""What the tests of promises share: a client to write to, and a way to write through the API."""

import itertools

import pytest
import requests

from harness.program import Program


class Writer:
    """Logs contacts through the API and remembers what the server acknowledged."""

    serial = itertools.count(1)

    def __init__(self, program: Program, token: str, client: int):
        self.program, self.client = program, client
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"
        self.acknowledged: list[str] = []

    def write(self) -> bool:
        """One contact; False when the server is gone. Anything but success or a broken connection is a failure."""
        subject = f"reliability {next(self.serial)}"
        body = {"channel": "call", "direction": "out", "subject": subject, "body": "Written to be read back."}
        try:
            answer = self.session.post(
                f"{self.program.url}/api/v1/clients/{self.client}/history", json=body, headers={"Idempotency-Key": subject}, timeout=30)
        except requests.RequestException:
            return False
        assert answer.status_code == 201, f"{answer.status_code}: {answer.text[:500]}"
        self.acknowledged.append(subject)
        return True


@pytest.fixture
def served(program):
    """A demo company with a token and a client, ready to start."""
    program.command("demo", "--clients", "12", "--seed", "1")
    return program
