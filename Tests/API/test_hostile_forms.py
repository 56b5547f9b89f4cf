"""Every form there is, given what no person types: a clear answer, never a fault of ours, and nothing from elsewhere."""

import pytest

from harness.forms import post_forms
from harness.pages import crawl
from harness.people import log_in
from harness.program import Program

LONG = "Ж" * 200_000
HOSTILE = {
    "nothing": "",
    "blanks": " \t\u00a0\u200b ",
    "markup": "\"'><script>alert(1)</script><img src=x onerror=alert(1)>",
    "sql": "'; DROP TABLE party; --\\",
    "greatest number": "9223372036854775807",
    "beyond it": "9223372036854775808",
    "least number": "-9223372036854775808",
    "not a number": "NaN",
    "control characters": "a\x00b\x01c\x1b[31m\r\nX-Injected: yes",
    "lone surrogate bytes": "\udcff\udcfe",
    "right to left": "\u202egnp.exe\u2066",
    "long": LONG,
    "template": "{name} ${name} {{name}} %s %n",
    "impossible date": "2026-02-30",
    "formula": "=HYPERLINK(\"http://x\")",
}
# Answers a person can act on; 303 means the value was fine after all.
CLEAR = {200, 303, 400, 403, 404, 409, 412, 413, 415, 422, 428, 429}


@pytest.fixture(scope="module")
def victim(tmp_path_factory):
    """A company of its own: these forms change what they touch."""
    program = Program(tmp_path_factory.mktemp("victim"))
    program.command("demo", "--clients", "12", "--seed", "3")
    program.start()
    yield program
    program.stop()
    assert not program.crashes(), "\n".join(program.crashes())


@pytest.fixture(scope="module")
def forms(victim, owner_of):
    found = post_forms(crawl(log_in(victim, owner_of(victim)), victim.url))
    assert len(found) >= 10, f"the crawl found only {[form.action for form in found]}"
    return found


def data_version(program: Program) -> int:
    return program.rows("SELECT data_version FROM audit_head")[0][0]


CROSS_SITE = {
    "another origin": {"Origin": "https://evil.example"},
    "the same host, another port": {"Origin": "http://127.0.0.1:1"},
    "no origin at all": {"Origin": None},
    "null origin": {"Origin": "null"},
    "the browser says cross-site": {"Sec-Fetch-Site": "cross-site"},
    "the browser says same-site": {"Sec-Fetch-Site": "same-site"},
}


@pytest.mark.parametrize("what", CROSS_SITE)
def test_writes_from_elsewhere_are_refused(victim, owner_of, forms, what):
    session = log_in(victim, owner_of(victim))
    before, wrong = data_version(victim), []
    for form in forms:
        answer = session.post(
            victim.url + form.action, data=list(form.values), headers=CROSS_SITE[what], allow_redirects=False, timeout=60)
        if answer.status_code != 403:
            wrong.append(f"{form.action}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert data_version(victim) == before, "a refused write changed the base"


def test_nobody_writes_without_log_in(victim, forms):
    import requests
    before, wrong = data_version(victim), []
    for form in forms:
        answer = requests.post(
            victim.url + form.action, data=list(form.values), headers={"Origin": victim.url}, allow_redirects=False, timeout=60)
        if answer.status_code not in {303, 401, 403} or (answer.status_code == 303 and not answer.headers["Location"].startswith("/login")):
            wrong.append(f"{form.action}: {answer.status_code} {answer.headers.get('Location', '')}")
    assert not wrong, "\n".join(wrong)
    assert data_version(victim) == before


@pytest.mark.parametrize("what", HOSTILE)
def test_forms_answer_clearly(victim, owner_of, forms, what):
    session = log_in(victim, owner_of(victim))
    wrong = []
    for form in forms:
        pairs = [(name.encode(), value.encode("utf-8", "surrogateescape")) for name, value in form.filled(HOSTILE[what])]
        files = {name: ("../../a\"b\r\nc.txt", HOSTILE[what].encode("utf-8", "surrogateescape")) for name in form.files}
        answer = session.post(victim.url + form.action, data=pairs, files=files or None, allow_redirects=False, timeout=120)
        if answer.status_code not in CLEAR:
            wrong.append(f"{form.action} (on {form.page}): {answer.status_code}")
        if "X-Injected" in answer.headers:
            wrong.append(f"{form.action}: a header was injected")
        if "<script>alert(1)" in answer.text or "<img src=x" in answer.text:
            wrong.append(f"{form.action}: markup came back unescaped")
        if not victim.is_running():
            pytest.fail(f"{form.action} ended the server:\n{victim.tail()}")
        if answer.status_code in {401, 403}:  # a form may have closed the session
            session = log_in(victim, owner_of(victim))
    assert not wrong, "\n".join(wrong)


NUMBERS = ["0", "-1", "9223372036854775807", "9223372036854775808", "1e9", "%00", "..%2f", "%ff", "٣", "x" * 5000]


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: number[:12])
def test_addresses_with_strange_numbers_name_nothing(victim, owner_of, number):
    session = log_in(victim, owner_of(victim))
    visits = crawl(session, victim.url)
    templates = sorted({visit.url.split("?")[0] for visit in visits if any(part.isdigit() for part in visit.url.split("?")[0].split("/"))})
    assert templates
    wrong = []
    for path in templates:
        strange = "/".join(number if part.isdigit() else part for part in path.split("/"))
        answer = session.get(victim.url + strange, allow_redirects=False, timeout=60)
        if answer.status_code not in {400, 404, 414, 431}:
            wrong.append(f"{strange[:80]}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert victim.is_running(), victim.tail()


@pytest.mark.parametrize("value", ["", "-1", "9223372036854775808", "%00", "%ff", "'\"<", "a" * 3000, "ж" * 5000, "2026-13-45"], ids=lambda value: value[:12])
def test_strange_filters_are_no_fault(victim, owner_of, value):
    """Every parameter that any link or filter uses, given a strange value."""
    session = log_in(victim, owner_of(victim))
    wrong, tried = [], 0
    for visit in crawl(session, victim.url):
        if visit.document is None:
            continue
        path = visit.url.split("?")[0]
        names = {pair.split("=")[0] for pair in visit.url.partition("?")[2].split("&") if pair}
        for form in visit.document.forms:
            if form.get("method", "get").lower() == "get":
                names |= {field["name"] for field in form["fields"] if field.get("name")}
        for name in names:
            tried += 1
            answer = session.get(f"{victim.url}{path}?{name}={value}", allow_redirects=False, timeout=60)
            if answer.status_code >= 500:
                wrong.append(f"{path}?{name}={value[:20]}: {answer.status_code}")
    assert tried >= 10
    assert not wrong, "\n".join(sorted(set(wrong)))
