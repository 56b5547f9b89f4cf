"""Fixtures of every Python test: a served demo company, and people who are logged in to it."""

from contextlib import contextmanager

import pytest

from harness import postgres
from harness.forms import post_forms
from harness.pages import Document, Visit
from harness.people import accounts_of
from harness.program import Program


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
        def choose(value):
            page = Document(session.get(f"{company.url}/settings", timeout=60).text)
            visit = Visit("/settings", 200, page, None)
            form = next(form for form in post_forms([visit]) if "language" in form.names)
            answer = session.post(
                company.url + form.action, data=form.with_values(language=value), allow_redirects=False, timeout=60)
            assert answer.status_code == 303, answer.text[:1000]
            return dict(form.values)["language"]
        before = choose(language)
        try:
            yield
        finally:
            choose(before)
    return switched
