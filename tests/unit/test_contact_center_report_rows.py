"""Rows of a report pass by once: totals, previews, progress, too many of them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.core.report_kind import Column, Kind, by_code
from contact_center_report.sheet import WRITERS, Table, TooLong, preview, write

COLUMNS = (
    Column("name", "Assunto", width=30),
    Column("count", "Contatos", "number", total="sum"),
    Column("mean", "Média", "decimal", total="mean", of=("count",)),
    Column("wait", "Espera", "duration", total="highest"),
    Column("day", "Dia", "day"),
    Column("at", "Momento", "moment", width=20),
)
ROWS = [
    ("Poda de árvore", 3, 1.005, 61.4, date(2026, 11, 3), datetime(2026, 11, 3, 8, 30, 15)),
    ("Iluminação", 1234567, -0.5, 360000, None, None),
    (None, None, None, None, None, None),
    ("Buraco na rua", 10, 2.5, 0, date(2026, 1, 31), datetime(2026, 1, 31)),
]
TABLE = Table("Contatos", COLUMNS)


def test_rows_are_read_once():
    taken = []

    def rows():
        for row in ROWS:
            taken.append(row)
            yield row

    write(TABLE, rows(), {})
    assert taken == ROWS


def test_too_many_rows_are_refused_and_nothing_stays_open(tmp_path):
    paths = {suffix: str(tmp_path / f"r.{suffix}") for suffix in WRITERS}
    with pytest.raises(TooLong):
        write(TABLE, iter(ROWS * 2), paths, most=len(ROWS))
    assert write(TABLE, iter(ROWS), paths, most=len(ROWS)) == len(ROWS)


def test_the_progress_is_told(tmp_path):
    told = []
    write(TABLE, (ROWS[0] for _number in range(12_000)), {}, told.append)
    assert told == [5000, 10_000]


def test_the_preview_shows_the_same_words():
    found = preview(TABLE, iter(ROWS), shown=3, most=100)
    assert found.rows[0] == [
        *("Poda de árvore", "3", "1,01", "0:01:01", "03/11/2026", "03/11/2026 08:30:15"),
    ]
    assert found.rows[2] == [""] * 6
    assert (found.count, found.whole) == (len(ROWS), True)
    assert found.totals[:2] == ["Total", "1.234.580"]


def test_a_preview_without_totals_is_read_no_further_than_shown():
    def rows():
        yield from [("a",), ("b",)]
        raise AssertionError("read too far")

    table = Table("T", (Column("a", "A"),))
    taken = rows()
    found = preview(table, taken, shown=1, most=100)
    assert (found.rows, found.totals, found.whole) == ([["a"]], None, False)


def test_a_preview_of_too_many_rows_has_no_totals():
    found = preview(TABLE, iter(ROWS), shown=2, most=3)
    assert (len(found.rows), found.totals, found.whole, found.count) == (2, None, False, 3)


# ------------------------------------------------------------
# Totals
# ------------------------------------------------------------


def test_totals_weigh_means_and_divide_sums():
    columns = (
        *COLUMNS[:4],
        Column("few", "Poucos", "number"),
        Column("share", "Parte", "percent", total="share", of=("few", "count")),
    )
    rows = [("a", 1, 10.0, 5, 1, None), ("b", 3, 20.0, 9, 1, None)]
    found = preview(Table("T", columns), iter(rows), 10, 10).totals
    assert found == ["Total", "4", "17,50", "0:00:09", "", "50,00 %"]


@given(st.lists(st.tuples(st.integers(0, 1000), st.floats(0, 1e6)), min_size=1, max_size=30))
def test_a_mean_of_groups_is_the_mean_of_all(groups):
    columns = (
        Column("n", "N", "number", total="sum"),
        Column("mean", "M", "decimal", total="mean", of=("n",)),
    )
    table = Table("T", columns)
    totals = preview(table, iter(groups), 100, 100).totals
    weight = sum(number for number, _mean in groups)
    if not weight:
        assert totals[1] == ""
    else:
        mean = sum(number * value for number, value in groups) / weight
        assert abs(float(totals[1].replace(".", "").replace(",", ".")) - mean) < 0.006


def test_a_declaration_that_contradicts_itself_is_refused():
    with pytest.raises(ValueError, match="column"):
        Column("a", "A", "colour")
    with pytest.raises(ValueError, match="column"):
        Column("a", "A", total="mean")


def test_two_reports_of_one_name_are_refused():
    one = Kind("a", "A", "S", COLUMNS[:1], "_rows")
    assert by_code([one]) == {"a": one}
    with pytest.raises(ValueError, match="called a"):
        by_code([one, one])
    with pytest.raises(ValueError, match="filters"):
        Kind("b", "B", "S", COLUMNS[:1], "_rows", filters=("colour",))
    with pytest.raises(ValueError, match="columns"):
        Kind("c", "C", "S", (COLUMNS[0], COLUMNS[0]), "_rows")
