# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Dashboards: the files are what the declarations make."""

import json
import re
from pathlib import Path

import pytest

from contact_center_dashboard.boards import PAGES, Chart, Table, written
from contact_center_dashboard.boards.sheet import BLOCK_COLUMNS, VERSION

FILES = Path(__file__).parents[2] / "addons" / "contact_center_dashboard" / "data" / "files"


def data(page):
    return json.loads(written(page))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
def test_the_file_is_what_the_declaration_makes(page):
    assert (FILES / f"{page.key}_dashboard.json").read_text(encoding="utf-8") == written(page)


def test_no_file_is_left_over():
    names = {path.name for path in FILES.iterdir()}
    assert names == {f"{page.key}_dashboard.json" for page in PAGES}
    assert len(PAGES) == 6


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
def test_every_block_is_there_once_with_its_title(page):
    made = data(page)
    blocks = [block for row in page.rows for block in row]
    cells = made["sheets"][0]["cells"]
    for block in blocks:
        assert f'=_t("{block.title}")' in cells.values()
    charts = [one for one in made["sheets"][0]["figures"] if one["data"]["type"] != "scorecard"]
    assert len(charts) == sum(isinstance(block, Chart) for block in blocks)
    tables = [cell for cell in cells.values() if cell.startswith("=PIVOT(")]
    assert len(tables) == sum(isinstance(block, Table) for block in blocks)
    assert all(len(block.measures) < BLOCK_COLUMNS for block in blocks if isinstance(block, Table))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
def test_formulas_name_pivots_and_measures_that_exist(page):
    made = data(page)
    formulas = [
        cell for sheet in made["sheets"] for cell in sheet["cells"].values() if "PIVOT" in cell
    ]
    assert formulas
    for formula in formulas:
        for mark, measure in re.findall(r'PIVOT\.VALUE\((\d+),"([^"]+)"\)', formula):
            assert measure in [one["id"] for one in made["pivots"][mark]["measures"]]
        for mark in re.findall(r"PIVOT\((\d+),", formula):
            assert made["pivots"][mark]["rows"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
def test_ids_differ_and_the_version_is_that_of_odoo_19(page):
    made = data(page)
    assert made["version"] == VERSION
    ids = [one["id"] for one in made["sheets"][0]["figures"]]
    ids += [one["id"] for one in made["globalFilters"]] + [one["id"] for one in made["sheets"]]
    assert len(set(ids)) == len(ids)
    assert made["globalFilters"][0]["type"] == "date"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
def test_the_key_figures_are_there_with_their_format(page):
    made = data(page)
    hidden = made["sheets"][1]
    shown = [one for one in made["sheets"][0]["figures"] if one["data"]["type"] == "scorecard"]
    assert [one["data"]["keyValue"] for one in shown] == [
        f"Figures!B{number}" for number in range(1, len(page.keys) + 1)
    ]
    for number, key in enumerate(page.keys, 1):
        assert made["formats"][str(hidden["formats"][f"B{number}"])] == key.measure.form
