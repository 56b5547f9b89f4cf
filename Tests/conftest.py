"""Fixtures of every Python test: a served demo company, and people who are logged in to it."""

import pytest
import requests

from harness import postgres
from harness.program import PASSWORD, Program

ROLES = ["owner", "manager", "employee", "marketing", "readonly"]


@pytest.fixture(scope="session")
def company(tmp_path_factory):
    """A small demo company on SQLite, served for the whole run. Tests that count rows make their own."""
    program = Program(tmp_path_factory.mktemp("company"))
    program.command("demo", "--clients", "60", "--seed", "1")
    program.start()
    yield program
    program.stop()
    assert not program.crashes(), "\n".join(program.crashes())


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request):
    """Each engine in turn: None for SQLite in the data folder, else the address of an empty PostgreSQL database."""
    if request.param == "sqlite":
        yield None
    else:
        with postgres.database() as url:
            yield url


@pytest.fixture
def program(tmp_path, engine):
    """A server of the test's own, not started, once on each engine."""
    made = Program(tmp_path, database=engine)
    yield made
    made.kill()


def log_in(program: Program, email: str, password: str = PASSWORD) -> requests.Session:
    """A session of plain HTTP, as a browser without scripts has one."""
    session = requests.Session()
    session.headers["Origin"] = program.url
    answer = session.post(f"{program.url}/login", data={"email": email, "password": password}, allow_redirects=False, timeout=60)
    assert answer.status_code == 303, f"log-in of {email}: {answer.status_code}\n{answer.text[:2000]}"
    return session
