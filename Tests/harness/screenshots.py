#!/usr/bin/env python3
"""Takes the pictures of docs/screenshots from the full demo company, so that they can be taken again when pages change.

    .venv/bin/python Tests/harness/screenshots.py        (after swift build --product dossier)
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness.people import accounts_of, log_in, speak  # noqa: E402
from harness.program import ROOT, Program  # noqa: E402

SIZE = {"width": 1440, "height": 900}


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="dossier-screenshots."))
    program = Program(folder)
    try:
        program.command("demo")
        program.start()
        session = log_in(program, accounts_of(program)["owner"])
        speak(program, session, "en")
        # The client with the most people of those with a long history: the page has something to show.
        client = program.rows("""
          SELECT h.client_id FROM history h JOIN party p ON p.id = h.client_id WHERE p.kind = 'company' AND p.is_client AND p.country = 'GB'
          GROUP BY h.client_id ORDER BY count(DISTINCT h.person_id) DESC, count(*) DESC, h.client_id LIMIT 1""")[0][0]
        pages = {"client": f"/clients/{client}", "clients": "/clients"}
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            context = browser.new_context(base_url=program.url, viewport=SIZE, reduced_motion="reduce", locale="en-GB")
            context.add_cookies([{"name": cookie.name, "value": cookie.value, "url": program.url} for cookie in session.cookies])
            page = context.new_page()
            for name, path in pages.items():
                page.goto(path)
                page.wait_for_load_state("networkidle")
                page.screenshot(path=ROOT / f"docs/screenshots/{name}.png")
            browser.close()
        program.stop()
    finally:
        program.kill()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
