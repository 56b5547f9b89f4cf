"""CPU time and memory of processes, from /proc: what a request costs the machine, whatever else it does meanwhile."""

import os
from pathlib import Path

TICK = 1000 / os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def fields(pid: int) -> list[str]:
    # The name may hold blanks and brackets; everything after the last ")" is numbers.
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def descendants(pid: int) -> list[int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int(fields(int(entry.name))[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
    found, waiting = [], [pid]
    while waiting:
        current = waiting.pop()
        found.append(current)
        waiting += [child for child, parent in parents.items() if parent == current]
    return found


def cpu_milliseconds(*pids: int) -> float:
    """User and system time so far of these processes and all below them, the ended and reaped ones included."""
    total = 0
    for pid in {each for root in pids for each in descendants(root)}:
        try:
            total += sum(int(value) for value in fields(pid)[11:15])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total * TICK


def memory_mib(pid: int) -> float:
    return int(fields(pid)[21]) * PAGE / (1 << 20)


def peak_memory_mib(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1024
