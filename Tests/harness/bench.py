#!/usr/bin/env python3
"""What a request costs at size, on both engines. Run by bin/bench; the figures go to docs/performance.md.

Counted are CPU milliseconds of the server's processes per request, PostgreSQL's included: the wall clock of a shared machine
says little. Each figure is the median of five rounds; all clocks anew and the handover are done once.
"""

import argparse
import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote, urlencode

import requests

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness import cost, postgres  # noqa: E402
from harness.forms import post_forms  # noqa: E402
from harness.pages import Document, Visit  # noqa: E402
from harness.people import accounts_of, log_in  # noqa: E402
from harness.program import Program  # noqa: E402

ROUNDS = 5
PROMISES, ENTRIES = 5000, 5  # open promises of one employee with 2,000 clients; dossier entries for each client of the base
GOALS = {
    "client": ("client page, newest 50 of 5,000 entries", 1.0),
    "list": ("list sorted by last contact", 1.5),
    "deep": ("page 1,000 of it", 1.5),
    "search": ("search by part of a Cyrillic name", 4.0),
    "log": ("log a contact", 1.0),
    "today": ("Today, 2,000 clients, 5,000 open promises", 2.0),
    "dossier": ("dossier of 300 entries", 2.5),
    "value": ("totals over all dossiers", 1000.0),
    "rhythm": ("who is contacted too rarely, all anew", 2000.0),
    "handover": ("handover, for each 5,000 clients", 5000.0),
}


class Wire:
    """One kept connection, as a proxy has."""

    def __init__(self, program: Program, cookie: str = ""):
        self.program = program
        self.connection = http.client.HTTPConnection("127.0.0.1", program.port, timeout=120)
        self.headers = {"Cookie": cookie, "Origin": program.url} if cookie else {}

    def get(self, path: str) -> bytes:
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"GET {path}: {answer.status}\n{body[:500].decode(errors='replace')}")
        return body

    def post(self, path: str, body: str) -> None:
        headers = self.headers | {"Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request("POST", path, body=body.encode(), headers=headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status != 303:
            raise SystemExit(f"POST {path}: {answer.status}\n{text[:500].decode(errors='replace')}")


def cost_of(work, count: int, processes: list[int]) -> float:
    """CPU-ms per call: median of the rounds, after a warm-up."""
    for _ in range(max(min(count, 20), count // 20)):
        work()
    figures = []
    for _ in range(ROUNDS):
        before = cost.cpu_milliseconds(*processes)
        for _ in range(count):
            work()
        figures.append((cost.cpu_milliseconds(*processes) - before) / count)
    return statistics.median(figures)


def busiest_client(program: Program, table: str = "history") -> int:
    sql = f"SELECT client_id FROM {table} GROUP BY client_id ORDER BY count(*) DESC, client_id LIMIT 1"
    return int(program.rows(sql)[0][0])


def signed_in(program: Program, email: str) -> Wire:
    session = log_in(program, email)
    return Wire(program, "; ".join(f"{cookie.name}={cookie.value}" for cookie in session.cookies))


def busiest_keeper(program: Program) -> str:
    return program.rows("""
        SELECT a.email FROM account a JOIN promise p ON p.owner_id = a.id WHERE p.state = 'open'
        GROUP BY a.email ORDER BY count(*) DESC LIMIT 1""")[0][0]


def new_intervals(wire: Wire, processes: list[int]) -> float:
    """CPU-ms of giving every relationship type another interval, as its page does: each client's clock is set anew."""
    total = 0.0
    for link in {link["href"] for link in Document(wire.get("/settings/relationships").decode()).links}:
        if not re.fullmatch(r"/settings/relationships/\d+", link):
            continue
        visit = Visit(link, 200, Document(wire.get(link).decode()), None)
        form = next(form for form in post_forms([visit]) if "interval" in form.names)
        days = int(dict(form.values)["interval"] or 30) + 1
        before = cost.cpu_milliseconds(*processes)
        wire.post(form.action, urlencode(form.with_values(interval=str(days))))
        total += cost.cpu_milliseconds(*processes) - before
    return total


def handed_over(program: Program, token: str) -> float:
    """Milliseconds, by the wall clock, from the order by program to its end; as if the leaver had 5,000 clients."""
    leaver, count = program.rows("""
        SELECT p.owner_id, count(*) FROM party p JOIN account a ON a.id = p.owner_id
        WHERE p.is_client AND p.deleted_at IS NULL AND a.closed_at IS NULL GROUP BY p.owner_id ORDER BY abs(count(*) - 5000), p.owner_id LIMIT 1""")[0]
    taker = program.rows(f"SELECT id FROM account WHERE closed_at IS NULL AND role = 'employee' AND id <> {leaver} ORDER BY id LIMIT 1")[0][0]
    headers = {"Authorization": f"Bearer {token}"}
    plan = {"fromId": int(leaver), "reason": "changes", "plan": {"method": "one", "takerIds": [int(taker)]}}
    began = time.monotonic()
    made = requests.post(f"{program.url}/api/v1/handovers", json=plan, headers=headers, timeout=60)
    if made.status_code != 201:
        raise SystemExit(f"handover: {made.status_code} {made.text}")
    while (state := requests.get(program.url + made.headers["Location"], headers=headers, timeout=60).json())["state"] != "done":
        if state["state"] not in {"draft", "waiting", "running"} or time.monotonic() - began > 300:
            raise SystemExit(f"handover: {state}")
        time.sleep(0.02)
    return (time.monotonic() - began) * 1000 * 5000 / int(count)


def page_at(wire: Wire, path: str, number: int) -> str:
    """The address of page `number`, by following the list's own link to the next one."""
    for _ in range(number - 1):
        links = Document(wire.get(path).decode()).links
        path = next(link["href"] for link in links if link.get("rel") == "next")
    return path


def hello(count: int) -> float:
    """The framework alone, answering one word: what no page can be cheaper than."""
    program = Program(Path(tempfile.mkdtemp(prefix="dossier-hello.")))
    binary = os.environ["DOSSIER_BINARY"]
    process = subprocess.Popen([binary, "hello", "--port", str(program.port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(program.port)
        wire = Wire(program)
        # A word is cheaper than the clock's tick can tell: many of them.
        return cost_of(lambda: wire.get("/"), count * 10, [process.pid])
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(program.folder)


def wait_for(port: int) -> float:
    began = time.monotonic()
    while time.monotonic() - began < 60:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/readyz")
            connection.getresponse().read()
            return time.monotonic() - began
        except OSError:
            time.sleep(0.005)
    raise SystemExit("the server does not answer")


def run(arguments, engine: str, database: str | None, postmaster: list[int]) -> dict[str, float]:
    program = Program(Path(tempfile.mkdtemp(prefix="dossier-bench.", dir=arguments.folder)), database=database)
    figures: dict[str, float] = {}
    try:
        began = time.monotonic()
        program.command(
            "demo", "--clients", str(arguments.clients), "--history", str(arguments.history), "--big", "5000", "--seed", "1",
            "--promises", str(PROMISES), "--dossier", str(ENTRIES * arguments.clients), timeout=3600)
        figures["load s"] = time.monotonic() - began
        if database:
            postgres.query(database, "VACUUM ANALYZE")  # what autovacuum does within minutes of a load, and else while it is measured
        emails = accounts_of(program)
        token = program.command("token", "add", "--account", emails["owner"], "--name", "bench", "--scopes", "handover").split()[-1]
        began = time.monotonic()
        program.start()
        figures["start s"] = time.monotonic() - began
        wire = signed_in(program, emails["owner"])
        keeper = signed_in(program, busiest_keeper(program))
        processes = [program.process.pid, *postmaster]
        client, well_served = busiest_client(program), busiest_client(program, "dossier_entry")
        deep = page_at(wire, "/clients?sort=-contact", 1000 if arguments.clients >= 60_000 else 10)
        contact = "channel=call&direction=out&subject=" + quote("Проверка") + "&body=" + quote("Коротко поговорили о поставке.")
        work = {
            "client": lambda: wire.get(f"/clients/{client}"),
            "list": lambda: wire.get("/clients?sort=-contact"),
            "deep": lambda: wire.get(deep),
            "search": lambda: wire.get("/clients?q=" + quote("тров")),
            "log": lambda: wire.post(f"/clients/{client}/contacts/new", contact),
            "today": lambda: keeper.get("/today"),
            "dossier": lambda: wire.get(f"/clients/{well_served}/dossier"),
            "value": lambda: wire.get("/value"),
        }
        for name, call in work.items():
            count = arguments.requests if GOALS[name][1] < 100 else 5
            tell(engine, name, cost_of(call, count, processes), figures)
        tell(engine, "rhythm", new_intervals(wire, processes), figures)
        tell(engine, "handover", handed_over(program, token), figures)
        figures["memory MiB"] = cost.memory_mib(program.process.pid)
        program.stop()
    finally:
        program.kill()
        shutil.rmtree(program.folder)
    return figures


def tell(engine: str, name: str, figure: float, figures: dict[str, float]) -> None:
    figures[name] = figure
    print(f"{engine:8} {GOALS[name][0]}: {figure:.3f} {'ms' if name == 'handover' else 'CPU-ms'}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=100_000)
    parser.add_argument("--history", type=int, default=1_000_000)
    parser.add_argument("--requests", type=int, default=400, help="per round")
    parser.add_argument("--engine", choices=["sqlite", "postgres"], help="only this one")
    parser.add_argument("--folder", default=None, help="where the bases lie while it runs")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    arguments = parser.parse_args()
    out = {"hello": {"hello": hello(arguments.requests)}}
    print(f"bare hello: {out['hello']['hello']:.3f} CPU-ms", flush=True)
    if arguments.engine != "postgres":
        out["sqlite"] = run(arguments, "sqlite", None, [])
    if arguments.engine != "sqlite":
        postmaster = int(os.environ["DOSSIER_TEST_POSTMASTER"])
        with postgres.database() as url:
            out["postgres"] = run(arguments, "postgres", url, [postmaster])
    for name, (title, goal) in GOALS.items():
        row = "  ".join(f"{engine} {figures[name]:.3f}" for engine, figures in out.items() if name in figures)
        print(f"{title:45} goal {goal:.1f}   {row}")
    for name in ("load s", "start s", "memory MiB"):
        print(f"{name:45}            " + "  ".join(f"{engine} {figures[name]:.2f}" for engine, figures in out.items() if name in figures))
    if arguments.json:
        arguments.json.write_text(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
