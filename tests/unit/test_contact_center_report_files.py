"""Every kind of file of a report says the same rows when it is read again."""

import csv
import re
from datetime import date, datetime, timedelta

import openpyxl
import pytest
import xlrd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from contact_center.core.report_kind import Column
from contact_center.core.spreadsheets import cell
from contact_center_report.sheet import WRITERS, Table, plain, words, write
from contact_center_report.sheet.sheets import Xls, Xlsx

COLUMNS = (
    Column("name", "Assunto", width=30),
    Column("count", "Contatos", "number", total="sum"),
    Column("mean", "Média", "decimal", total="mean", of=("count",)),
    Column("share", "Parte", "percent", total="share", of=("count", "count")),
    Column("wait", "Espera", "duration", total="highest"),
    Column("day", "Dia", "day"),
    Column("at", "Momento", "moment", width=20),
)
ROWS = [
    ("Poda de árvore", 3, 1.005, 33.335, 61.4, date(2026, 11, 3), datetime(2026, 11, 3, 8, 30, 15)),
    ("=HYPERLINK(1)", 1234567, -0.5, 0, 360000, date(2024, 2, 29), None),
    (None, None, None, None, None, None, datetime(1999, 12, 31, 23, 59, 59)),
    ('{chaves} \\ barra; ponto\te "aspas"', 0, 12.0, 100.0, 0, None, None),
    ("olá 👍🏽 عربى שלום", 7, 2.25, 7.0, 59.5, date(2026, 1, 31), datetime(2026, 1, 31)),
    ("linha\r\nnova\x00\x07fim", 1, 0.0, 1.0, 1, date(1899, 5, 1), datetime(2026, 5, 1, 0, 0, 1)),
    ("+cmd|' /C calc'!A0", 2, 3.5, 2.0, -30, date(2026, 5, 1), None),
]
TABLE = Table("Contatos [por] assunto: 2026", COLUMNS, ("Período: 2026",), guard=cell)
KINDS = [column.kind for column in COLUMNS]


def values_of(rows):
    return [[plain(kind, value) for kind, value in zip(KINDS, row, strict=True)] for row in rows]


def words_of(rows, grouped=True):
    return [
        [words(kind, value, grouped) for kind, value in zip(KINDS, row, strict=True)]
        for row in values_of(rows)
    ]


@pytest.fixture
def made(tmp_path):
    def make(rows=ROWS, table=TABLE, formats=tuple(WRITERS)):
        paths = {suffix: str(tmp_path / f"report.{suffix}") for suffix in formats}
        assert write(table, rows, paths) == len(rows)
        return paths

    return make


def unguarded(text):
    """Return it without the apostrophe against formulas."""
    return text[1:] if text.startswith("'") and cell(text[1:]) != text[1:] else text


# ------------------------------------------------------------
# Read again
# ------------------------------------------------------------


def test_csv_is_read_back_equal(made):
    with open(made()["csv"], encoding="utf-8-sig", newline="") as file:
        headings, *rows = csv.reader(file, delimiter=";")
    assert headings == TABLE.headings
    assert [[unguarded(text) for text in row] for row in rows] == words_of(ROWS, grouped=False)


def test_txt_is_read_back_equal(made):
    with open(made()["txt"], encoding="utf-8-sig", newline="") as file:
        lines = file.read().split("\r\n")
    assert lines[:3] == [TABLE.title, "Período: 2026", ""]
    headings, *rows, totals, end = [line.split("\t") for line in lines[3:]]
    assert headings == TABLE.headings
    assert [[unguarded(text) for text in row] for row in rows] == words_of(ROWS)
    assert totals[:2] == ["Total", "1.234.580"]
    assert end == [""]


def test_xlsx_is_read_back_equal(made):
    sheet = openpyxl.load_workbook(made()["xlsx"]).worksheets[0]
    assert sheet.title == "Contatos -por- assunto- 2026"
    rows = [[found.value for found in row] for row in sheet.iter_rows()]
    assert rows[0][0] == TABLE.title
    assert rows[3] == TABLE.headings
    assert [normal(row) for row in rows[4:-1]] == [expected(row) for row in values_of(ROWS)]
    assert rows[-1][:2] == ["Total", 1234580]
    formats = [found.number_format for found in sheet[5]]
    assert formats[1:] == [
        *("#,##0", "#,##0.00", "0.00", "[h]:mm:ss", "dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss"),
    ]
    assert {found.data_type for row in sheet.iter_rows() for found in row} <= {"s", "n", "d"}


def test_xls_is_read_back_equal(made):
    book = xlrd.open_workbook(made()["xls"])
    sheet = book.sheet_by_index(0)
    rows = [sheet.row(number) for number in range(sheet.nrows)]
    assert [found.value for found in rows[3]] == TABLE.headings
    read = [normal([old_value(book, found) for found in row]) for row in rows[4:-1]]
    assert read == [expected(row) for row in values_of(ROWS)]
    assert [found.value for found in rows[-1]][:2] == ["Total", 1234580]


def old_value(book, found):
    if found.ctype == xlrd.XL_CELL_DATE:
        # Durations are shown as times, so that the reader takes them for dates
        return ("date", found.value)
    return found.value if found.value != "" else None


def normal(row):
    """Return values of a spreadsheet, without what the file format is free to choose."""
    return [
        ("text", unguarded(value)) if isinstance(value, str) else _number(value) for value in row
    ]


def _number(value):
    if isinstance(value, tuple):
        return round(value[1] * 86400)
    if isinstance(value, timedelta):
        return round(value.total_seconds())
    if isinstance(value, datetime):
        return round((value - datetime(1899, 12, 30)).total_seconds())
    return None if value is None else round(float(value), 6)


def expected(row):
    found = []
    for kind, value in zip(KINDS, row, strict=True):
        if value is None:
            found.append(None)
        elif (
            kind == "text"
            or (kind == "day" and value.year < 1900)
            or (kind == "duration" and value < 0)
        ):
            found.append(("text", words(kind, value)))
        elif kind == "day":
            found.append((value - date(1899, 12, 30)).days * 86400)
        elif kind == "moment":
            found.append(round((value - datetime(1899, 12, 30)).total_seconds()))
        else:
            found.append(float(value))
    return found


def test_rtf_is_read_back_equal(made):
    with open(made()["rtf"], encoding="ascii") as file:
        text = file.read()
    assert text.startswith("{\\rtf1") and text.count("\\trhdr") == 1
    headings, *rows, totals = rtf_rows(text)
    assert headings == TABLE.headings
    assert rows == words_of(ROWS)
    assert totals[:2] == ["Total", "1.234.580"]
    assert balanced(text)


def rtf_rows(text):
    """Return the cells of the rows of a table, by the rules of RTF."""
    rows = []
    for row in re.findall(r"\\trowd.*?\\row\}", text, re.DOTALL):
        rows.append([rtf_text(found) for found in re.findall(r"\{((?:[^{}\\]|\\.)*)\}\\cell", row)])
    return rows


def rtf_text(text):
    units = bytearray()
    for number, escaped, char in re.findall(r"\\u(-?\d+)\?|\\([\\{}])|([^\\])", text):
        if number:
            units += (int(number) & 0xFFFF).to_bytes(2, "little")
        else:
            units += (escaped or char).encode("utf-16-le")
    return units.decode("utf-16-le")


def balanced(text):
    depth = 0
    for found in re.findall(r"\\.|[{}]", text):
        depth += {"{": 1, "}": -1}.get(found, 0)
        assert depth >= 0
    return depth == 0


def test_pdf_is_read_back_equal_but_for_letters_without_a_glyph(made):
    rows = [row for row in ROWS if not row[0] or "👍" not in row[0]]
    reader = PdfReader(made(rows, formats=("pdf",))["pdf"])
    text = squeezed("".join(page.extract_text() for page in reader.pages))
    for row in words_of(rows):
        for word in row:
            assert squeezed(word) in text
    assert "Página1" in text and squeezed(TABLE.title) in text


def squeezed(text):
    return re.sub(r"\s", "", text)


def test_pdf_says_that_letters_are_missing(made):
    table = Table("Nomes", COLUMNS[:1], gap="Letras em falta")
    paths = made([("👍 Olá",)], table, ("pdf",))
    text = PdfReader(paths["pdf"]).pages[0].extract_text()
    assert "Olá" in text and "Letras em falta" in text
    paths = made([("Olá",)], table, ("pdf",))
    assert "Letras em falta" not in PdfReader(paths["pdf"]).pages[0].extract_text()


def test_pdf_goes_on_on_further_pages_under_its_headings(made):
    rows = [(f"assunto {number}", number, 0, 0, 0, None, None) for number in range(300)]
    pages = PdfReader(made(rows, formats=("pdf",))["pdf"]).pages
    assert len(pages) > 5
    assert all("Assunto" in page.extract_text() for page in pages)
    whole = "".join(page.extract_text() for page in pages)
    assert set(re.findall(r"assunto (\d+)\b", whole)) >= {str(number) for number in range(300)}


def test_a_word_longer_than_its_column_is_broken_not_cut(made):
    table = Table("T", (Column("a", "A", width=5), Column("b", "B", width=60)))
    word = "abcdefghij" * 12
    text = PdfReader(made([(word, "x")], table, ("pdf",))["pdf"]).pages[0].extract_text()
    assert word in squeezed(text)


# ------------------------------------------------------------
# Whatever there is in the cells
# ------------------------------------------------------------

ANYTHING = st.tuples(
    st.none() | st.text(max_size=40),
    st.none() | st.integers(-(10**12), 10**12),
    st.none() | st.floats(-1e9, 1e9),
    st.none() | st.floats(0, 100),
    st.none() | st.integers(0, 10**8),
    st.none() | st.dates(date(1800, 1, 1), date(2200, 1, 1)),
    st.none() | st.datetimes(datetime(1901, 1, 1), datetime(2200, 1, 1)),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ANYTHING, max_size=5))
def test_no_text_breaks_a_file(made, rows):
    paths = made(rows)
    with open(paths["csv"], encoding="utf-8-sig", newline="") as file:
        _headings, *read = csv.reader(file, delimiter=";")
    assert [[unguarded(text) for text in row] for row in read] == words_of(rows, grouped=False)
    with open(paths["rtf"], encoding="ascii") as file:
        text = file.read()
    assert rtf_rows(text)[1 : len(rows) + 1] == words_of(rows)
    sheet = openpyxl.load_workbook(paths["xlsx"]).worksheets[0]
    assert sheet.max_row == 4 + len(rows) + bool(rows)
    first = [row[0].value for row in sheet.iter_rows(min_row=5, max_row=4 + len(rows))]
    assert [unguarded(value or "") for value in first] == [row[0] for row in words_of(rows)]
    old = xlrd.open_workbook(paths["xls"]).sheet_by_index(0)
    first = [old.cell_value(4 + number, 0) for number in range(len(rows))]
    assert [unguarded(value) for value in first] == [row[0] for row in words_of(rows)]
    assert PdfReader(paths["pdf"]).pages


def test_no_cell_of_a_spreadsheet_is_a_formula(made):
    texts = ["=1+1", "@SUM(A1)", "-2+3", "+A1", "{=1}", "  =1", "\t=1", "＝1"]
    rows = [(text, *[None] * 6) for text in texts]
    paths = made(rows)
    sheet = openpyxl.load_workbook(paths["xlsx"]).worksheets[0]
    found = [sheet.cell(5 + number, 1) for number in range(len(texts))]
    assert {one.data_type for one in found} == {"s"}
    with open(paths["csv"], encoding="utf-8-sig", newline="") as file:
        read = [row[0] for row in csv.reader(file, delimiter=";")][1:]
    for text in [*read, *(one.value for one in found)]:
        assert text == "1=1" or text.startswith("'"), text


def test_a_text_longer_than_a_cell_is_shortened_alike(made):
    paths = made([("ç" * 40_000, *[None] * 6), ("=" * 40_000, *[None] * 6)])
    sheet = openpyxl.load_workbook(paths["xlsx"]).worksheets[0]
    assert sheet.cell(5, 1).value == "ç" * 32_767
    assert sheet.cell(6, 1).value == "'" + "=" * 32_766
    old = xlrd.open_workbook(paths["xls"]).sheet_by_index(0)
    assert [old.cell_value(row, 0) for row in (4, 5)] == [
        sheet.cell(row, 1).value for row in (5, 6)
    ]
    # Excel counts in units of 16 bits, of which an emoji has two
    sheet = openpyxl.load_workbook(made([("👍" * 30_000, *[None] * 6)])["xlsx"]).worksheets[0]
    assert sheet.cell(5, 1).value == "👍" * 16_383


# ------------------------------------------------------------
# Long ones
# ------------------------------------------------------------


@pytest.mark.parametrize("writer", [Xls, Xlsx])
def test_a_full_sheet_goes_on_on_the_next(writer, tmp_path):
    path = str(tmp_path / "long")
    file = writer(path, Table("Longo", COLUMNS[:2]), most_rows=10)
    for number in range(20):
        file.row([f"linha {number}", number])
    file.end(["Total", 190])
    if writer is Xls:
        sheets = [
            [sheet.row_values(number) for number in range(sheet.nrows)]
            for sheet in xlrd.open_workbook(path).sheets()
        ]
    else:
        with open(path, "rb") as opened:
            book = openpyxl.load_workbook(opened)
        sheets = [[[one.value for one in row] for row in sheet] for sheet in book.worksheets]
        assert book.sheetnames == ["Longo", "Longo (2)", "Longo (3)"]
    assert len(sheets) == 3
    rows = [row[:2] for sheet in sheets for row in sheet[3:]]
    assert rows == [*([f"linha {number}", number] for number in range(20)), ["Total", 190]]
    assert all(sheet[2][:2] == ["Assunto", "Contatos"] for sheet in sheets)
