#!/usr/bin/env python3
"""The counts of every test runner, one line each: `swift: 812 passed, 0 failed, 3 skipped`.

    summary.py FOLDER PART…    FOLDER holds check.xml, swift*.xml and python.xml (JUnit); PART as in bin/test

A runner that was asked for and left no report, or ran nothing, counts as one failure: silence is no success.
"""

import sys
from pathlib import Path
from xml.etree import ElementTree

RUNNERS = {
    "check": {"check"},
    "swift": {"swift"},
    "python": {"browser", "api", "reliability"},
}


def count(file: Path) -> tuple[int, int, int]:
    """Passed, failed, skipped of one report, counted from the cases themselves."""
    passed = failed = skipped = 0
    for case in ElementTree.parse(file).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif case.find("skipped") is not None:
            skipped += 1
        else:
            passed += 1
    return passed, failed, skipped


def main(folder: Path, parts: set[str]) -> int:
    bad = 0
    for runner, serves in RUNNERS.items():
        if not parts & serves:
            continue
        counts = [count(file) for file in sorted(folder.glob(f"{runner}*.xml"))]
        passed, failed, skipped = (sum(column) for column in zip(*counts)) if counts else (0, 0, 0)
        if passed + failed == 0:
            print(f"{runner}: no test ran")
            failed = 1
        bad += failed
        print(f"{runner}: {passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), set(sys.argv[2:])))
