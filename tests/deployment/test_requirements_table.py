"""docs/requirements.md: each requirement has its row, and what a row names exists."""

import ast
import re

import pytest

IDS = [f"A{number:02d}" for number in range(1, 26)] + [
    f"B{number:02d}"
    for numbers in (range(1, 25), range(30, 39), range(40, 58))
    for number in numbers
]
CLAUSES = re.compile(r"[A-Z]{1,2}\d+(-[A-Z]{1,2}\d+)?")
# Numbers that stand on the law or on several areas of the tender rather than on clauses of it.
IN_WORDS = ("B56",)
STATUSES = ("done", "partial", "open")


@pytest.fixture(scope="module")
def rows(root):
    """Return the tables' rows as [(id, requirement, status, built in, proved by)]."""
    text = (root / "docs/requirements.md").read_text()
    return [
        tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
        for line in text.splitlines()
        if re.match(r"\| [AB]\d\d \|", line) and line.count("|") == 6
    ]


def test_partial_rows_say_what_is_missing(root, rows):
    text = (root / "docs/requirements.md").read_text().partition("## What the partial")[2]
    named = re.findall(r"(?m)^\| ([AB]\d\d) \|", text)
    assert named == [row[0] for row in rows if row[2] == "partial"]


def quoted(cell):
    """Return what stands between backticks in a cell."""
    return re.findall(r"`([^`]+)`", cell)


def functions(path):
    """Return the functions of a Python file, and methods as Class::name."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.ClassDef):
            names |= {
                f"{node.name}::{inner.name}"
                for inner in node.body
                if isinstance(inner, ast.FunctionDef)
            }
    return names


def test_every_requirement_has_one_row(rows):
    assert [row[0] for row in rows] == IDS


def test_every_number_of_the_tender_has_its_clauses(root):
    text = (root / "docs/requirements.md").read_text().partition("## The clauses")[2]
    text = text.partition("\n## ")[0]
    clauses = dict(re.findall(r"(?m)^\| (B\d\d) \| ([^|]+) \|$", text))
    assert list(clauses) == [identifier for identifier in IDS if identifier.startswith("B")]
    for identifier, cell in clauses.items():
        well_written = all(CLAUSES.fullmatch(word) for word in cell.split())
        assert well_written or identifier in IN_WORDS, f"{identifier}: {cell}"


def test_rows_are_complete(rows):
    for row in rows:
        assert len(row) == 5, row[0]
        identifier, requirement, status, built, proved = row
        assert requirement and status in STATUSES, identifier
        assert status == "open" or (quoted(built) and quoted(proved)), identifier


def test_places_named_in_the_table_exist(root, rows):
    for identifier, _requirement, _status, built, _proved in rows:
        for place in quoted(built):
            assert (root / place).exists(), f"{identifier}: {place}"


def test_tests_named_in_the_table_exist(root, rows):
    for identifier, _requirement, _status, _built, proved in rows:
        for reference in quoted(proved):
            path, _, name = reference.partition("::")
            assert (root / path).is_file(), f"{identifier}: {path}"
            assert name in functions(root / path), f"{identifier}: {reference}"
            assert name.rpartition("::")[2].startswith("test"), f"{identifier}: {reference}"
