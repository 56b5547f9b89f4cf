#!/usr/bin/env python3
"""What a person waits for on a slow line and a slow machine: the figures of docs/performance.md that a browser alone can tell.

    .venv/bin/python Tests/harness/vitals.py        (after swift build --product dossier; DOSSIER_BINARY names another)

The full demo company, headless Chromium, 150 ms of latency, 1.6 Mbit/s, a processor four times slower. LCP and CLS of a first
visit with an empty cache and of a repeated one, INP the slowest of: palette, typing in it, closing it, moving in the list,
opening the first dialog. Each is the median of five. By the wall clock: close what else uses the machine.
"""

import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness.pages import WIDE  # noqa: E402
from harness.people import accounts_of, log_in  # noqa: E402
from harness.program import Program  # noqa: E402

ROUNDS = 5
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
SLOWER = 4
OBSERVE = """
window.vitals = { lcp: 0, cls: 0, inp: 0 }
const watch = (type, note, more) => new PerformanceObserver(list => list.getEntries().forEach(note)).observe({ type, buffered: true, ...more })
watch('largest-contentful-paint', entry => { vitals.lcp = entry.startTime })
watch('layout-shift', entry => { if (!entry.hadRecentInput) vitals.cls += entry.value })
watch('event', entry => { if (entry.interactionId) vitals.inp = Math.max(vitals.inp, entry.duration) }, { durationThreshold: 16 })
"""


def visit(page: Page, path: str) -> dict[str, float]:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    return page.evaluate("vitals")


def interact(page: Page) -> float:
    page.keyboard.press("Control+k")
    page.locator("#palette[open] input").wait_for()
    page.keyboard.type("an", delay=200)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Escape")
    for key in "jjk":
        page.keyboard.press(key)
    opener = page.locator("main a[data-dialog]:visible").first
    if opener.count():
        opener.click()
        page.locator("dialog[open]").first.wait_for()
    # An event is told once the frame after it was painted.
    page.wait_for_timeout(500)
    return page.evaluate("vitals.inp")


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="dossier-vitals."))
    program = Program(folder)
    try:
        program.command("demo")
        program.start()
        session = log_in(program, accounts_of(program)["owner"])
        busiest = "SELECT client_id FROM {} WHERE client_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
        client, told = (program.rows(busiest.format(table))[0][0] for table in ("history", "dossier_entry"))
        paths = ["/today", "/clients", f"/clients/{client}", f"/clients/{told}/dossier", "/promises", "/deals", "/value"]
        print("| page | LCP first | LCP again | CLS | INP |\n|---|---|---|---|---|")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            for path in paths:
                rounds = []
                for _ in range(ROUNDS):
                    context = browser.new_context(base_url=program.url, viewport=WIDE)
                    context.add_cookies([{"name": c.name, "value": c.value, "url": program.url} for c in session.cookies])
                    context.add_init_script(OBSERVE)
                    page = context.new_page()
                    wire = context.new_cdp_session(page)
                    wire.send("Network.enable")
                    wire.send("Network.emulateNetworkConditions", LINE)
                    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
                    first, again = visit(page, path), visit(page, path)
                    rounds.append((first["lcp"], again["lcp"], max(first["cls"], again["cls"]), interact(page)))
                    context.close()
                lcp, repeated, shift, slowest = (statistics.median(column) for column in zip(*rounds))
                print(f"| `{path}` | {lcp / 1000:.2f} s | {repeated / 1000:.2f} s | {shift:.3f} | {slowest:.0f} ms |", flush=True)
            browser.close()
        program.stop()
    finally:
        program.kill()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
