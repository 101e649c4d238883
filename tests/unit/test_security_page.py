"""docs/security.md is true: each threat has a test, and each named test exists."""

import ast
import re

import pytest

from devtools.settings import ROOT

PAGE = (ROOT / "docs/security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(\w+)`", PAGE)))
ROWS = [
    line
    for line in PAGE.partition("\n## Threats")[2].partition("\n## Renewing")[0].splitlines()
    if line.startswith("| ") and not re.match(r"\| (threat|finding|---) ", line)
]


def names_in(path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("path", sorted({path for path, _name in NAMED}))
def test_tests_that_the_page_names_are_there(path):
    missing = {name for named, name in NAMED if named == path} - names_in(path)
    assert not missing


@pytest.mark.parametrize("row", ROWS)
def test_every_threat_has_a_test(row):
    assert re.search(r"`[\w/]+\.py::test_\w+`", row.rstrip(" |").rpartition("|")[2])


def test_there_are_as_many_as_one_expects():
    assert len(ROWS) > 45 and len(NAMED) > 80
