"""Who uses a demo company, and logging in as one of them."""

import requests

from harness.forms import post_forms
from harness.pages import Document, Visit
from harness.program import PASSWORD, Program

ROLES = ["owner", "manager", "employee", "marketing", "readonly"]


def accounts_of(program: Program) -> dict[str, str]:
    found = {role: email for role, email in program.rows("SELECT role, email FROM account WHERE closed_at IS NULL ORDER BY id DESC")}
    assert set(found) == set(ROLES), f"the demo has accounts for {sorted(found)}"
    return found


def log_in(program: Program, email: str, password: str = PASSWORD) -> requests.Session:
    """A session of plain HTTP, as a browser without scripts has one."""
    session = requests.Session()
    session.headers["Origin"] = program.url
    answer = session.post(f"{program.url}/login", data={"email": email, "password": password}, allow_redirects=False, timeout=60)
    assert answer.status_code == 303, f"log-in of {email}: {answer.status_code}\n{answer.text[:2000]}"
    return session


def settings_form(program: Program, session: requests.Session, field: str):
    """The form of the account's own settings that has this field."""
    page = Document(session.get(f"{program.url}/settings", timeout=60).text)
    return next(form for form in post_forms([Visit("/settings", 200, page, None)]) if field in form.names)


def speak(program: Program, session: requests.Session, language: str) -> str:
    """The account's pages are in this language from now on; gives the one they were in."""
    form = settings_form(program, session, "language")
    answer = session.post(program.url + form.action, data=form.with_values(language=language), allow_redirects=False, timeout=60)
    assert answer.status_code == 303, answer.text[:1000]
    return dict(form.values)["language"]
