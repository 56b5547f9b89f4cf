"""Databases of their own on the test cluster that `bin/test` starts."""

import os
import subprocess
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest

VARIABLE = "DOSSIER_TEST_POSTGRES"


@contextmanager
def database():
    """A fresh, empty database; gone afterwards. Skips with a word where no cluster was started."""
    server = os.environ.get(VARIABLE)
    if not server:
        pytest.skip(f"{VARIABLE} is not set: bin/test starts a cluster, or bin/postgres-test run …")
    name = f"test_{uuid4().hex[:16]}"
    query(server, f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        query(server, f"DROP DATABASE {name} WITH (FORCE)")


def query(url: str, sql: str) -> list[list[str]]:
    """Rows as psql prints them."""
    done = subprocess.run(
        ["psql", "--no-psqlrc", "-v", "ON_ERROR_STOP=1", "--tuples-only", "--no-align", "--field-separator=\t", url],
        input=sql, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [line.split("\t") for line in done.stdout.splitlines() if line]
