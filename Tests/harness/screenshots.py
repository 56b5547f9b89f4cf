#!/usr/bin/env python3
"""Takes the pictures of docs/screenshots and the file of docs/samples from the full demo company, so that they can be taken again when pages change.

    .venv/bin/python Tests/harness/screenshots.py        (after swift build --product dossier)
"""

import re
import shutil
import sys
import tempfile
from datetime import date, timedelta
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
        richest = program.rows("""
          SELECT e.client_id FROM dossier_entry e JOIN party p ON p.id = e.client_id WHERE e.for_client = 1 AND e.removed_at IS NULL
          GROUP BY e.client_id ORDER BY count(DISTINCT e.section) DESC, p.language = 'en' DESC, count(*) DESC, e.client_id LIMIT 1""")
        if richest:
            dossier(program, session, richest[0][0], pages)
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


def dossier(program: Program, session, client: int, pages: dict) -> None:
    """The client's face of the richest dossier: its page behind a link, and the PDF."""
    made = session.post(
        f"{program.url}/clients/{client}/shares", timeout=60,
        data={"language": "en", "last_day": str(date.today() + timedelta(days=30)), "files": "1"})
    pages["dossier"] = re.search(r"/d/[\w-]{43}", made.text)[0]
    pdf = session.get(f"{program.url}/clients/{client}/dossier/pdf?lang=en", timeout=120)
    pdf.raise_for_status()
    sample = ROOT / "docs/samples/dossier.pdf"
    sample.parent.mkdir(exist_ok=True)
    sample.write_bytes(pdf.content)


if __name__ == "__main__":
    main()
