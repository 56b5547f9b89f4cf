"""Fixtures of every Python test: a served demo company, and people who are logged in to it."""

from contextlib import contextmanager

import pytest
import requests

from harness import postgres
from harness.forms import post_forms
from harness.pages import Document, Visit
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


@pytest.fixture(scope="session")
def accounts(company):
    """E-mail addresses by role, of the demo company."""
    return accounts_of(company)


@pytest.fixture(scope="session")
def owner_of():
    return lambda program: accounts_of(program)["owner"]


def accounts_of(program: Program) -> dict[str, str]:
    found = {role: email for role, email in program.rows("SELECT role, email FROM account WHERE closed_at IS NULL ORDER BY id DESC")}
    assert set(found) == set(ROLES), f"the demo has accounts for {sorted(found)}"
    return found


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


def log_in(program: Program, email: str, password: str = PASSWORD) -> requests.Session:
    """A session of plain HTTP, as a browser without scripts has one."""
    session = requests.Session()
    session.headers["Origin"] = program.url
    answer = session.post(f"{program.url}/login", data={"email": email, "password": password}, allow_redirects=False, timeout=60)
    assert answer.status_code == 303, f"log-in of {email}: {answer.status_code}\n{answer.text[:2000]}"
    return session
