"""Seals of frozen days: whatever is changed afterwards is seen."""

import copy

import pytest

from contact_center_indicator.measure import START, faults, hash_of, seal


def series(days=3):
    """Seals of so many days, each with two figures."""
    made, before = [], START
    for day in range(1, days + 1):
        rows = [{"code": code, "numerator": day, "denominator": 10} for code in ("IAL", "INS")]
        rows = [{**row, "hash": hash_of(row)} for row in rows]
        header = {"day": f"2026-03-0{day}", "last_event": day * 100}
        now = seal(before, header, [row["hash"] for row in rows])
        made.append({"seal": now, "previous": before, "header": header, "rows": rows})
        before = now
    return made


def test_an_untouched_series_holds():
    assert faults(series()) == []
    assert faults([]) == []


@pytest.mark.parametrize("change", ["value", "value and hash", "header", "row gone", "day gone"])
def test_a_change_of_the_past_is_seen(change):
    made = copy.deepcopy(series())
    row = made[1]["rows"][0]
    if change == "value":
        row["numerator"] = 9
    elif change == "value and hash":
        row["numerator"] = 9
        row["hash"] = hash_of({key: value for key, value in row.items() if key != "hash"})
    elif change == "header":
        made[1]["header"]["last_event"] = 1
    elif change == "row gone":
        del made[1]["rows"][1]
    else:
        del made[1]
    found = faults(made)
    assert len(found) == 1
    assert found[0].startswith("2026-03-0")


def test_a_day_that_is_sealed_anew_breaks_the_next_one():
    """Who changes a figure and mends its seal has to change every later one too."""
    made = copy.deepcopy(series())
    row = made[0]["rows"][0]
    row["numerator"] = 9
    row["hash"] = hash_of({key: value for key, value in row.items() if key != "hash"})
    made[0]["seal"] = seal(START, made[0]["header"], [one["hash"] for one in made[0]["rows"]])
    assert len(faults(made)) == 1
    assert "2026-03-02" in faults(made)[0]
