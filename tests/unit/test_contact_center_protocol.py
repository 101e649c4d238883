"""Protocol numbers: what is written is what is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.core.protocol import Protocol, format_protocol, parse_protocol

YEARS = st.integers(1000, 9999)
NUMBERS = st.integers(1, 10**12 - 1)


@given(YEARS, NUMBERS)
def test_round_trip(year, number):
    text = format_protocol(year, number)
    assert text.isdigit()
    assert len(text) >= 10
    assert parse_protocol(text) == Protocol(year, number)


@given(YEARS, NUMBERS, NUMBERS)
def test_different_numbers_differ(year, one, other):
    same = format_protocol(year, one) == format_protocol(year, other)
    assert same == (one == other)


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text):
    protocol = parse_protocol(text)
    if protocol:
        written = format_protocol(*protocol)
        assert [char for char in text if char.isdigit()] == list(written)


@pytest.mark.parametrize("text", [" 2026.000123 ", "2026/000123", "2026-000123", "2026 000 123"])
def test_as_people_type_it(text):
    assert parse_protocol(text) == Protocol(2026, 123)


@pytest.mark.parametrize("text", ["", "123", "2026000000", "20260000001", "abc", "²⁰²⁶000123"])
def test_not_a_protocol(text):
    assert parse_protocol(text) is None


@pytest.mark.parametrize(("year", "number"), [(26, 1), (10000, 1), (2026, 0), (2026, -1)])
def test_bad_parts(year, number):
    with pytest.raises(ValueError, match=r"year|sequence"):
        format_protocol(year, number)
