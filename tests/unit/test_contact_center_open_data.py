import csv
import io
import json
from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center_open_data.core import LEAST, csv_file, json_file, publish

LABELS = "abcde"
COUNTS = st.dictionaries(st.text(max_size=5), st.integers(0, 60), max_size=12)


@given(COUNTS, st.text(min_size=1, max_size=8), st.text(max_size=10))
def test_no_small_count_is_shown(counts, secret, day):
    shown = publish(counts, secret, day)
    assert all(count >= LEAST for count in shown.cells.values())
    assert all(counts[label] == count for label, count in shown.cells.items())
    assert shown.rest is None or shown.rest == 0 or shown.rest >= LEAST
    if shown.rest is not None:
        assert shown.total == sum(counts.values())
        assert shown.rest == sum(counts.values()) - sum(shown.cells.values())


@given(COUNTS, st.text(min_size=1, max_size=8), st.text(max_size=10))
def test_a_small_count_is_never_alone(counts, secret, day):
    shown = publish(counts, secret, day)
    hidden = [count for label, count in counts.items() if count and label not in shown.cells]
    if any(count < LEAST for count in hidden) and shown.rest is not None:
        assert len(hidden) >= 2
    if all(count == 0 or count >= LEAST for count in counts.values()):
        assert shown.rest == 0
        assert len(shown.cells) == sum(1 for count in counts.values() if count)


@given(COUNTS, st.text(min_size=1, max_size=8), st.text(max_size=10))
def test_the_same_day_is_published_the_same(counts, secret, day):
    assert publish(counts, secret, day) == publish(dict(reversed(counts.items())), secret, day)


@pytest.mark.parametrize(("cells", "most"), [(1, 14), (2, 14), (3, 13), (4, 8)])
def test_who_knows_the_rule_but_not_the_secret_computes_nothing(cells, most):
    """Try all tables: what is published fits at least two values of each hidden count."""
    fits = defaultdict(set)
    secrets = [f"secret {number}" for number in range(12)]
    for counts in product(range(most + 1), repeat=cells):
        table = dict(zip(LABELS, counts, strict=False))
        for secret in secrets if any(0 < count < LEAST for count in counts) else secrets[:1]:
            shown = publish(table, secret, "2026-11-19")
            fits[tuple(sorted(shown.cells.items())), shown.rest].add(counts)
    for (shown, _rest), tables in fits.items():
        for place, label in enumerate(LABELS[:cells]):
            values = {counts[place] for counts in tables}
            # that nobody is there is no secret
            assert label in dict(shown) or values == {0} or len(values) >= 2, (shown, tables)


def test_each_may_be_the_one_that_is_put_together():
    chosen = set()
    for number in range(60):
        shown = publish({"a": 40, "b": 30, "c": 20, "d": 2}, "secret", f"day {number}")
        assert len(shown.cells) == 2
        chosen |= {"a", "b", "c"} - shown.cells.keys()
    assert chosen == {"a", "b", "c"}


def test_without_a_secret_nothing_is_published():
    with pytest.raises(ValueError, match="secret"):
        publish({"a": 9}, "", "day")
    with pytest.raises(ValueError, match="below nothing"):
        publish({"a": -1}, "secret", "day")


def test_files_are_read_back():
    rows = [
        {"dia": "2026-11-19", "categoria": "São João; “x”", "quantidade": 7, "media": None},
        {"dia": "2026-11-19", "categoria": "=1+1", "quantidade": 9, "media": 12},
    ]
    columns = ("dia", "categoria", "quantidade", "media")
    text = csv_file(columns, rows, lambda cell: f"'{cell}" if cell.startswith("=") else cell)
    read = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig")), delimiter=";"))
    assert [one["categoria"] for one in read] == ["São João; “x”", "'=1+1"]
    assert [one["media"] for one in read] == ["", "12"]
    body = json.loads(json_file({"licenca": "CC0"}, columns, rows))
    assert body == {"licenca": "CC0", "linhas": rows}
