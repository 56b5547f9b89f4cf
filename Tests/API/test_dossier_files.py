"""A dossier's Excel file as its reader opens it: real dates and numbers, totals that LibreOffice reckons anew to what the base says,
and text that is never a formula."""

import datetime
import shutil
import sqlite3
import subprocess
from contextlib import closing

import openpyxl
import pytest

from harness.people import accounts_of, log_in
from harness.program import Program

LANGUAGES = ["en", "ru", "pl", "bg"]
# Section, date, what, amount in minor units, currency, in euro (None: no rate).
ENTRIES = [
    ("cost", "2023-03-12", "Discount", 123_456, "EUR", 123_456),
    ("cost", "2024-05-01", "=1+1", 50_000, "PLN", None),
    ("cost", "2024-05-02", "Free consultation", 1, "EUR", 1),
    ("benefit", "2024-06-02", "Saved time", 1_000_050, "EUR", 1_000_050),
    ("loyalty", "2025-01-31", "Postponed", None, None, None),
    ("special", "2026-02-28", "140 interviews", 240_000, "EUR", 240_000),
]


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """The workbook of one client in each language, and the folder it lies in."""
    folder = tmp_path_factory.mktemp("books")
    program = Program(folder)
    program.command("demo", "--clients", "20", "--seed", "1")
    with closing(sqlite3.connect(folder / "data" / "dossier.sqlite")) as base, base:
        client = base.execute("SELECT id FROM party WHERE is_client AND kind = 'company' ORDER BY id LIMIT 1").fetchone()[0]
        base.execute("DELETE FROM dossier_entry WHERE client_id = ?", [client])
        base.executemany(
            "INSERT INTO dossier_entry (client_id, section, date, what, amount_minor, currency, basis, value_minor, for_client, author_id, recorded_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 0)",
            [(client, section, day, what, amount, currency, amount and "agreed", value, 1) for section, day, what, amount, currency, value in ENTRIES]
            + [(client, "cost", "2024-01-01", "internal-canary", 999_999, "EUR", "agreed", 999_999, 0)])
    program.start()
    session = log_in(program, accounts_of(program)["owner"])
    files = {}
    for language in LANGUAGES:
        answer = session.get(f"{program.url}/clients/{client}/dossier/excel?lang={language}", timeout=60)
        assert answer.status_code == 200 and answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
        files[language] = folder / f"{language}.xlsx"
        files[language].write_bytes(answer.content)
    program.stop()
    yield files
    program.kill()


def expected(section: str) -> float:
    return sum(value or 0 for kind, *_, value in ENTRIES if kind == section) / 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_cells_are_what_they_look_like(books, language):
    book = openpyxl.load_workbook(books[language])
    assert len(book.sheetnames) == 6 and len(set(book.sheetnames)) == 6
    costs = book.worksheets[2]
    assert costs.freeze_panes == "A4" and costs.page_setup.orientation == "landscape" and costs.print_title_rows
    rows = list(costs.iter_rows(min_row=4, max_row=6))
    assert [row[0].value for row in rows] == [datetime.datetime(2023, 3, 12), datetime.datetime(2024, 5, 1), datetime.datetime(2024, 5, 2)]
    assert [row[5].value for row in rows] == [1234.56, 500, 0.01]
    assert [row[7].value for row in rows] == [1234.56, None, 0.01]
    assert "€" in rows[0][5].number_format and "zł" in rows[1][5].number_format
    # Text that looks like a formula is text.
    assert rows[1][2].value == "=1+1" and rows[1][2].data_type == "s"
    for sheet in book.worksheets:
        assert not any("canary" in str(cell.value) for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_totals_are_formulas_with_values(books, language):
    formulas, values = openpyxl.load_workbook(books[language]), openpyxl.load_workbook(books[language], data_only=True)
    assert formulas.worksheets[2]["H7"].value == "=SUM(H4:H6)"
    assert [values.worksheets[number]["H" + row].value for number, row in [(2, "7"), (3, "5"), (4, "5"), (5, "5")]] == [
        pytest.approx(expected(section)) for section in ("cost", "benefit", "loyalty", "special")]
    assert totals(values) == figures()


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("language", LANGUAGES)
def test_libreoffice_reckons_the_same(books, language, tmp_path):
    """Saved by openpyxl the file has formulas and no values: whatever LibreOffice shows, it reckoned."""
    bare = tmp_path / "bare.xlsx"
    openpyxl.load_workbook(books[language]).save(bare)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
         "--outdir", str(tmp_path / "out"), str(bare)], check=True, capture_output=True, timeout=120)
    book = openpyxl.load_workbook(tmp_path / "out" / "bare.xlsx", data_only=True)
    assert totals(book) == figures()
    assert book.worksheets[2]["F8"].value == pytest.approx(500)  # what has no rate stands beside the total


def totals(book) -> list:
    """The values of the first sheet: sections 2 to 5, all, given, benefit."""
    sheet = book.worksheets[0]
    numbers = [row[2].value for row in sheet.iter_rows() if isinstance(row[2].value, (int, float))]
    return [pytest.approx(number) for number in numbers]


def figures() -> list:
    sections = [expected(section) for section in ("cost", "benefit", "loyalty", "special")]
    return [*sections, sum(sections), sum(sections) - sections[1], sections[1]]
