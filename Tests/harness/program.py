"""The program as a user runs it: one process, one data folder, real sockets."""

import atexit
import os
import re
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import closing
from functools import cache
from pathlib import Path

from harness import postgres

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "correct-horse-battery-7"
START_SECONDS = 60


@cache
def binary() -> Path:
    """The debug build of `dossier`; DOSSIER_BINARY names another."""
    if given := os.environ.get("DOSSIER_BINARY"):
        return Path(given)
    shown = subprocess.run(["swift", "build", "--show-bin-path"], cwd=ROOT, capture_output=True, text=True, check=True)
    path = Path(shown.stdout.strip()) / "dossier"
    assert path.exists(), f"{path} is missing: swift build --product dossier"
    return path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Program:
    """`dossier` on a data folder: commands, and `serve` on a free loopback port."""

    def __init__(self, folder: Path, database: str | None = None, **settings: str):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "serve.log"
        self.process: subprocess.Popen | None = None
        # Nothing of the caller's own settings reaches the tests.
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("DOSSIER_")}
        self.environment |= {"DOSSIER_DATA": str(folder / "data"), "DOSSIER_DEMO_LOGIN": PASSWORD, "LC_ALL": "C.UTF-8"}
        if database:
            self.environment["DOSSIER_DATABASE_URL"] = database
        self.environment |= settings

    def command(self, *arguments: str, stdin: str = "", fails: bool | None = False, timeout: float = 300) -> str:
        """Runs a command to its end and gives what it printed. `fails`: whether it must; None where either will do."""
        done = subprocess.run(
            [binary(), *arguments], cwd=self.folder, env=self.environment, input=stdin, capture_output=True, text=True, timeout=timeout)
        output = done.stdout + done.stderr
        assert fails is None or (done.returncode != 0) == fails, f"dossier {' '.join(arguments)} ended with {done.returncode}:\n{output}"
        return output

    def start(self) -> "Program":
        atexit.register(self.kill)  # whatever happens to the test
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [binary(), "serve", "--port", str(self.port)], cwd=self.folder, env=self.environment,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended at start with {self.process.returncode}:\n{self.tail()}")
            try:
                with urllib.request.urlopen(self.url + "/readyz", timeout=5) as answer:
                    if answer.status == 200:
                        return self
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.02)
        self.kill()
        raise AssertionError(f"the server did not answer within {START_SECONDS} s:\n{self.tail()}")

    def stop(self) -> None:
        """Ends it as an administrator would; a server that does not end, or ends badly, fails the test."""
        if self.process is None:
            return
        process, self.process = self.process, None
        process.send_signal(signal.SIGTERM)
        try:
            status = process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"the server did not end at SIGTERM:\n{self.tail()}") from None
        assert status == 0, f"the server ended with {status}:\n{self.tail()}"

    def kill(self) -> None:
        """As a power cut would: no word of warning."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def rows(self, sql: str) -> list[tuple]:
        """Reads the base past the program, to see what it really kept."""
        if url := self.environment.get("DOSSIER_DATABASE_URL"):
            return [tuple(row) for row in postgres.query(url, sql)]
        with closing(sqlite3.connect(f"file:{self.folder}/data/dossier.sqlite?mode=ro", uri=True, timeout=30)) as base:
            return base.execute(sql).fetchall()

    def attempt(self, sql: str) -> str:
        """Changes the base past the program, as someone with the database's password could: what it refused, or nothing."""
        if url := self.environment.get("DOSSIER_DATABASE_URL"):
            try:
                postgres.query(url, sql)
            except AssertionError as refused:
                return str(refused)
            return ""
        with closing(sqlite3.connect(self.folder / "data/dossier.sqlite", timeout=30)) as base:
            try:
                with base:
                    base.execute(sql)
            except sqlite3.Error as refused:
                return str(refused)
        return ""

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def tail(self, lines: int = 30) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""

    def crashes(self) -> list[str]:
        """Lines of the log that tell of a trap or of an error on our side."""
        pattern = re.compile(r"Fatal error|Crash:|request failed|\berror dossier\b", re.IGNORECASE)
        return [line for line in self.log.read_text(errors="replace").splitlines() if pattern.search(line)]
