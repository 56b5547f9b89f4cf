"""One owner of a file, a record that refuses to be rewritten, backups that come back, and a full disk."""

import os
import shutil
import subprocess
import threading
import time

import pytest

from harness import postgres
from harness.people import accounts_of, log_in
from harness.program import Program, free_port
from Reliability.conftest import Writer, is_well, subjects


def test_a_second_process_is_told_who_holds_the_file(tmp_path):
    first = Program(tmp_path)
    first.command("demo", "--clients", "3", "--seed", "1")
    first.start()
    try:
        said = first.command("serve", "--port", str(free_port()), fails=True, timeout=60)
        assert str(first.process.pid) in said, said
        assert first.is_running()
    finally:
        first.stop()


REWRITES = [
    "UPDATE history SET subject = 'It never happened' WHERE id = (SELECT min(id) FROM history)",
    "DELETE FROM history WHERE id = (SELECT max(id) FROM history)",
    "UPDATE history SET occurred_at = 0",
]


@pytest.mark.parametrize("sql", REWRITES, ids=["subject", "delete", "time"])
def test_the_database_refuses_to_rewrite_history(program, sql):
    program.command("demo", "--clients", "3", "--seed", "1")
    before = program.rows("SELECT count(*), max(subject), max(occurred_at) FROM history")
    said = program.attempt(sql)
    assert "append-only" in said, f"it was allowed: {said}"
    assert program.rows("SELECT count(*), max(subject), max(occurred_at) FROM history") == before


TAMPERS = {
    "changed": ("UPDATE audit SET detail = 'nothing to see' WHERE id = 3", "row 3"),
    "removed": ("DELETE FROM audit WHERE id = 3", "row 3"),
    "cut off": ("DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)", "audit chain"),
}


@pytest.mark.parametrize("how", TAMPERS)
def test_doctor_finds_a_tampered_audit(program, how):
    program.command("demo", "--clients", "3", "--seed", "1")
    program.start()
    for _ in range(4):
        log_in(program, accounts_of(program)["owner"])
    program.stop()
    program.command("doctor", "--audit")
    sql, names = TAMPERS[how]
    assert program.attempt(sql) == ""
    said = program.command("doctor", "--audit", fails=True)
    assert names in said and "wrong" in said, said


def test_backup_under_load_comes_back(served, writers, tmp_path):
    stop = threading.Event()
    threads = [threading.Thread(target=writer.until, args=(stop,)) for writer in writers]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    before = {subject for writer in writers for subject in list(writer.acknowledged)}
    file = tmp_path / "saved.backup"
    served.command("backup", str(file))
    stop.set()
    for thread in threads:
        thread.join()
    assert before, "nothing was written before the backup began"
    if "DOSSIER_DATABASE_URL" in served.environment:
        with postgres.database() as url:
            check_restored(Program(tmp_path / "elsewhere", database=url), file, before)
    else:
        check_restored(Program(tmp_path / "elsewhere"), file, before)


def check_restored(place: Program, file, before: set[str]) -> None:
    said = place.command("restore", str(file))
    assert "rows" in said
    assert before <= subjects(place)
    is_well(place)
    place.start()
    try:
        session = log_in(place, accounts_of(place)["owner"])
        assert session.get(place.url + "/clients", timeout=60).status_code == 200
    finally:
        place.stop()
    assert "already" in place.command("restore", str(file), fails=True), "a restore overwrote data"


def test_a_company_moves_to_postgresql(tmp_path):
    """What was made on SQLite is served from PostgreSQL: the same rows, the same log-in, new entries after the old ones."""
    old = Program(tmp_path / "old")
    old.command("demo", "--clients", "12", "--seed", "1")
    old.command("backup", str(tmp_path / "moving.backup"))
    with postgres.database() as url:
        new = Program(tmp_path / "new", database=url)
        new.command("restore", str(tmp_path / "moving.backup"))
        is_well(new)
        new.start()
        try:
            assert new.rows("SELECT count(*) FROM history") == [(str(old.rows("SELECT count(*) FROM history")[0][0]),)]
            client = new.rows("SELECT min(id) FROM party WHERE is_client")[0][0]
            writer = Writer(new, log_in(new, accounts_of(new)["owner"]), client)
            assert writer.write() == 303, writer.refused
            assert subjects(new) == set(writer.acknowledged)
        finally:
            new.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="a small disk of its own is mounted by root only")
def test_a_full_disk_is_survived(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", disk], check=True)
    program = Program(disk)
    try:
        program.command("demo", "--clients", "12", "--seed", "1")
        filler = disk / "filler"
        filler.write_bytes(b"x" * (8 << 20))
        program.start()
        client = program.rows("SELECT min(id) FROM party WHERE is_client")[0][0]
        writer = Writer(program, log_in(program, accounts_of(program)["owner"]), client)
        status = 303
        for _ in range(200):
            status = writer.write(files={"files": ("big.bin", os.urandom(600_000))})
            if status != 303:
                break
        assert status == 507, f"a full disk was answered with {status}: {writer.refused[-1:]}"
        assert program.is_running()
        # Reading goes on, and what was refused left nothing behind.
        assert writer.session.get(program.url + "/clients", timeout=60).status_code == 200
        assert subjects(program) == set(writer.acknowledged)
        filler.unlink()
        assert writer.write() == 303, "there is space again, but nothing is written"
        assert subjects(program) == set(writer.acknowledged)
        program.stop()
        is_well(program)
    finally:
        program.kill()
        subprocess.run(["umount", "-l", disk], check=True)
        shutil.rmtree(disk, ignore_errors=True)
