"""Fixtures of every Python test: a served demo company, and people who are logged in to it."""

from contextlib import contextmanager

import pytest

from harness import postgres
from harness.people import accounts_of, log_in, speak
from harness.program import Program


@pytest.fixture(scope="session")
def company(tmp_path_factory):
    """A small demo company on SQLite, served for the whole run. Tests that count rows make their own."""
    program = Program(tmp_path_factory.mktemp("company"))
    program.command("demo", "--clients", "60", "--seed", "1")
    program.start()
    # Everybody reads English, unless a test says otherwise.
    for email in accounts_of(program).values():
        speak(program, log_in(program, email), "en")
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


@pytest.fixture(scope="session")
def accounts(company):
    """E-mail addresses by role, of the demo company."""
    return accounts_of(company)


@pytest.fixture(scope="session")
def owner_of():
    return lambda program: accounts_of(program)["owner"]


@pytest.fixture(scope="session")
def speaks(company):
    """`with speaks(session, "pl"):` the account's pages are Polish meanwhile."""
    @contextmanager
    def switched(session, language):
        before = speak(company, session, language)
        try:
            yield
        finally:
            speak(company, session, before)
    return switched
