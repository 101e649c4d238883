# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How a team stands now: levels, breaks that are due, who is new.

Times are in microseconds. Nothing here knows about the database: rows of figures come in, words for
screens go out.
"""

from dataclasses import dataclass
from datetime import date, timedelta

SECOND = 1_000_000
MINUTE = 60 * SECOND
# States that are no work at the post.
_OFF = frozenset({"logged_out", "break", "away", "recovery"})


def service_level(within: int, answered: int, abandoned: int) -> int | None:
    """Return the percentage of contacts that were answered within the goal.

    Of all that were answered or gave up; None where there was none.

    >>> service_level(8, 9, 1), service_level(0, 0, 0)
    (80, None)
    """
    total = answered + abandoned
    return round(100 * within / total) if total else None


@dataclass(frozen=True, slots=True)
class Spell:
    """What an agent did of one kind today.

    It says how long in all, the first begin, the last end.
    """

    kind: str
    time: int
    first: int
    last: int


def worked_since(spells: list[Spell]) -> int | None:
    """Return since when an agent has worked without a break; None if not at work.

    Work begins with the first state of the day, and again after a break or a time logged out.

    >>> worked_since([Spell("available", 50, 10, 90), Spell("break", 10, 30, 40)])
    40
    """
    work = [one for one in spells if one.kind not in _OFF]
    if not work:
        return None
    since = min(one.first for one in work)
    rests = [one.last for one in spells if one.kind in _OFF and one.kind != "away"]
    since = max([since, *rests])
    return since if max(one.last for one in work) > since else None


def break_due(since: int | None, now: int, after: int, grace: int) -> tuple[str, int]:
    """Return how a break stands: ("", "due" or "overdue", minutes left or over).

    :param since: `worked_since`
    :param after: work without a break after which one is due
    :param grace: how long after that it is overdue; it is due so long before as well

    >>> break_due(0, 100 * MINUTE, 120 * MINUTE, 15 * MINUTE)
    ('', 20)
    >>> break_due(0, 110 * MINUTE, 120 * MINUTE, 15 * MINUTE)
    ('due', 10)
    >>> break_due(0, 140 * MINUTE, 120 * MINUTE, 15 * MINUTE)
    ('overdue', 20)
    """
    if since is None:
        return "", 0
    left = since + after - now
    if left < -grace:
        return "overdue", -left // MINUTE
    return ("due" if left <= grace else ""), abs(left) // MINUTE


def is_novice(first_day: date | None, today: date, days: int) -> bool:
    """Return whether an agent is still on probation.

    Their first assignment began on `first_day`; it is None if they have had none.

    >>> is_novice(date(2026, 11, 1), date(2026, 11, 20), 90), is_novice(None, date.today(), 90)
    (True, False)
    """
    return bool(first_day) and today < first_day + timedelta(days=days)
