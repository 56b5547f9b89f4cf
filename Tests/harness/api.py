"""A company without demonstration data, and programs that call its API by token."""

import re

import requests

from harness.program import PASSWORD, Program

OWNER = "owner@example.com"


def found_company(program: Program) -> None:
    """Makes the owner's account by the link that the first start prints; the server runs afterwards."""
    program.start()
    link = re.search(r"\S+/welcome\?token=\S+", program.log.read_text())
    assert link, f"no one-time link was printed:\n{program.tail()}"
    fields = {
        "token": link[0].rpartition("=")[2], "company": "Test Ltd", "country": "BG", "language": "en", "name": "Olga",
        "email": OWNER, "new_password": PASSWORD, "repeated": PASSWORD,
    }
    answer = requests.post(
        f"{program.url}/welcome", data=fields, headers={"Origin": program.url}, allow_redirects=False, timeout=60)
    assert answer.status_code == 303, f"{answer.status_code}\n{answer.text[:2000]}"


def caller(token: str) -> requests.Session:
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {token}"
    return session
