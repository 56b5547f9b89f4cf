#!/usr/bin/env python3
"""What a request costs at size, on both engines. Run by bin/bench; the figures go to docs/performance.md.

Counted are CPU milliseconds of the server's processes per request, PostgreSQL's included: the wall clock of a shared machine
says little. Each figure is the median of five rounds.
"""

import argparse
import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness import cost, postgres  # noqa: E402
from harness.pages import Document  # noqa: E402
from harness.people import accounts_of, log_in  # noqa: E402
from harness.program import Program  # noqa: E402

ROUNDS = 5
GOALS = {
    "client": ("client page, newest 50 of 5,000 entries", 1.0),
    "list": ("list sorted by last contact", 1.5),
    "deep": ("page 1,000 of it", 1.5),
    "search": ("search by part of a Cyrillic name", 4.0),
    "log": ("log a contact", 1.0),
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
    for _ in range(max(20, count // 20)):
        work()
    figures = []
    for _ in range(ROUNDS):
        before = cost.cpu_milliseconds(*processes)
        for _ in range(count):
            work()
        figures.append((cost.cpu_milliseconds(*processes) - before) / count)
    return statistics.median(figures)


def busiest_client(program: Program) -> int:
    sql = "SELECT client_id FROM history GROUP BY client_id ORDER BY count(*) DESC, client_id LIMIT 1"
    return int(program.rows(sql)[0][0])


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
            timeout=3600)
        figures["load s"] = time.monotonic() - began
        if database:
            postgres.query(database, "VACUUM")  # what autovacuum does within minutes of a load
        began = time.monotonic()
        program.start()
        figures["start s"] = time.monotonic() - began
        session = log_in(program, accounts_of(program)["owner"])
        wire = Wire(program, "; ".join(f"{cookie.name}={cookie.value}" for cookie in session.cookies))
        processes = [program.process.pid, *postmaster]
        client = busiest_client(program)
        deep = page_at(wire, "/clients?sort=-contact", 1000 if arguments.clients >= 60_000 else 10)
        contact = "channel=call&direction=out&subject=" + quote("Проверка") + "&body=" + quote("Коротко поговорили о поставке.")
        work = {
            "client": lambda: wire.get(f"/clients/{client}"),
            "list": lambda: wire.get("/clients?sort=-contact"),
            "deep": lambda: wire.get(deep),
            "search": lambda: wire.get("/clients?q=" + quote("тров")),
            "log": lambda: wire.post(f"/clients/{client}/contacts/new", contact),
        }
        for name, call in work.items():
            figures[name] = cost_of(call, arguments.requests, processes)
            print(f"{engine:8} {GOALS[name][0]}: {figures[name]:.3f} CPU-ms", flush=True)
        figures["memory MiB"] = cost.memory_mib(program.process.pid)
        program.stop()
    finally:
        program.kill()
        shutil.rmtree(program.folder)
    return figures


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
