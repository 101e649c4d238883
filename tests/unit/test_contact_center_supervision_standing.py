"""How a team stands: levels, breaks that are due, who is new."""

from datetime import date

from contact_center_supervision.core import standing
from contact_center_supervision.core.standing import MINUTE, Spell


def test_a_level_counts_those_who_gave_up():
    assert standing.service_level(8, 9, 1) == 80
    assert standing.service_level(0, 0, 0) is None
    assert standing.service_level(0, 0, 4) == 0


def test_work_begins_anew_after_a_break():
    day = [Spell("available", 100, 0, 200), Spell("break", 20, 90, 110)]
    assert standing.worked_since(day) == 110
    assert standing.worked_since(day[:1]) == 0


def test_who_is_away_has_not_rested():
    day = [Spell("available", 100, 0, 200), Spell("away", 20, 90, 110)]
    assert standing.worked_since(day) == 0


def test_who_is_on_a_break_is_not_at_work():
    assert standing.worked_since([Spell("available", 9, 0, 90), Spell("break", 9, 90, 99)]) is None
    assert standing.worked_since([Spell("logged_out", 9, 0, 9)]) is None


def test_a_break_becomes_due_and_overdue():
    def at(minutes):
        return standing.break_due(0, minutes * MINUTE, 120 * MINUTE, 15 * MINUTE)

    assert at(100) == ("", 20)
    assert at(106) == ("due", 14)
    assert at(130) == ("due", 10)
    assert at(136) == ("overdue", 16)
    assert standing.break_due(None, 0, 0, 0) == ("", 0)


def test_novices():
    today = date(2026, 11, 20)
    assert standing.is_novice(date(2026, 8, 23), today, 90)
    assert not standing.is_novice(date(2026, 8, 22), today, 90)
    assert not standing.is_novice(None, today, 90)
