"""Nothing acknowledged is lost when the process dies: at any moment, under load, on both engines."""

import random
import threading
import time

import pytest

from Reliability.conftest import is_well, subjects

ROUNDS = 200


@pytest.mark.timeout(1200)
def test_killed_two_hundred_times(served, writers):
    moments = random.Random(20261105)
    total = 0
    for round in range(ROUNDS):
        stop = threading.Event()
        threads = [threading.Thread(target=writer.until, args=(stop,)) for writer in writers]
        for thread in threads:
            thread.start()
        time.sleep(moments.uniform(0.01, 0.15))
        served.kill()
        stop.set()
        for thread in threads:
            thread.join()
        served.start()
        acknowledged = {subject for writer in writers for subject in writer.acknowledged}
        assert not (refused := [each for writer in writers for each in writer.refused]), refused[:3]
        lost = acknowledged - subjects(served)
        assert not lost, f"round {round}: {len(lost)} acknowledged contacts are gone, e.g. {sorted(lost)[:3]}"
        total = len(acknowledged)
    assert total > ROUNDS, f"only {total} writes were acknowledged in all: the rounds were too short to tell anything"
    served.stop()
    is_well(served)


def test_told_to_end_under_load(served, writers):
    """SIGTERM: answers in flight are finished, the exit is clean, nothing is half there."""
    stop = threading.Event()
    threads = [threading.Thread(target=writer.until, args=(stop,)) for writer in writers]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    served.stop()
    stop.set()
    for thread in threads:
        thread.join()
    acknowledged = {subject for writer in writers for subject in writer.acknowledged}
    assert acknowledged
    served.start()
    assert acknowledged <= subjects(served)
    served.stop()
    is_well(served)
