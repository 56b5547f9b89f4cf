"""Reminders of promises by servers that are ended by SIGKILL at random: each is said once, and none is forgotten."""

import random
import time
from datetime import date, datetime, timedelta, timezone

import pytest

from harness.program import Program

COUNT = 10_000
# After as many deaths the rest is said in peace: where a life is just long enough for one batch, it would take forever.
DEATHS = 20
# The first come quickly: a fast server would be done before anybody died.
QUICK = 6
DUE = date.today() - timedelta(days=2)


def promise(program: Program) -> None:
    """Promises to be reminded of as soon as a server looks; those of the demo company are none of them."""
    start = int(datetime(DUE.year, DUE.month, DUE.day, tzinfo=timezone.utc).timestamp() * 1000)
    for table in ("mail", "promise_reminder"):
        assert not program.attempt(f"DELETE FROM {table}")
    assert not program.attempt("UPDATE promise SET remind_at = NULL")
    refused = program.attempt(f"""
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {COUNT})
        INSERT INTO promise (client_id, side, what, owner_id, due_date, due_zone, due_from, due_at, state, made_at, dated_at, remind_at, created_at)
        SELECT (SELECT min(id) FROM party WHERE is_client AND deleted_at IS NULL AND archived_at IS NULL), 'us', 'reliability ' || i,
          (SELECT min(id) FROM account), '{DUE}', 'UTC', {start}, {start + 86_399_999}, 'open', 0, 0, 1, 0 FROM n""")
    assert not refused, refused


def count(program: Program, sql: str) -> int:
    return int(program.rows(f"SELECT count(*) FROM {sql}")[0][0])


@pytest.mark.timeout(600)
def test_killed_at_random_each_is_said_once(program, engine, tmp_path):
    program.command("demo", "--clients", "12", "--seed", "1")
    promise(program)
    # One process holds a SQLite file; PostgreSQL is shared by as many as one likes.
    servers = [program] + [Program(tmp_path / f"server {number}", database=engine) for number in range(7 if engine else 0)]
    chance, deaths, kills, started = random.Random(7), 0, 0, []
    try:
        until = time.monotonic() + 300
        while len(started) < len(servers) or count(program, "promise WHERE remind_at <= 2"):
            assert time.monotonic() < until, "they were not all said in time"
            if len(started) < len(servers):
                started.append(servers[len(started)].start())
            # The first are killed while the others are still to come: together they would be done before anybody was.
            quick = len(started) < len(servers) or deaths < QUICK
            time.sleep(chance.uniform(0.05, 0.2) if quick else chance.uniform(0.1, 0.8))
            if deaths == DEATHS:
                continue
            deaths += 1
            victim = chance.choice(started)
            victim.kill()
            kills += bool(count(program, "promise WHERE remind_at <= 2"))
            victim.start()
        for server in servers:
            server.stop()
    finally:
        for server in servers:
            server.kill()
    assert kills >= 2, "nobody was killed while there was something to say"
    said = "promise_reminder r JOIN promise p ON p.id = r.promise_id WHERE p.what LIKE 'reliability %'"
    assert count(program, said) == COUNT
    assert count(program, f"(SELECT DISTINCT r.promise_id FROM {said}) d") == COUNT
    mails = "mail WHERE idempotency_key LIKE 'promise:%'"
    assert count(program, mails) == count(program, f"(SELECT DISTINCT idempotency_key FROM {mails}) d") == COUNT
    assert "good   audit chain" in program.command("doctor", fails=None)
