# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Shifts: who should be there, who is, which pauses are due, how many leaders.

Moments are numbers of minutes on one clock. What really happened comes as intervals of the agents'
states: a shift begins with the login and ends with the logout, nothing is entered by hand.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

REGULATED = "regulated"
SNACK = "snack"
#: Work without pauses at the beginning and at the end of a shift (NR-17, annex II)
EDGE = 60.0
#: Up to so much work one regulated pause is enough
SHORT_SHIFT = 240.0
REGULATED_MINUTES = 10.0
SNACK_MINUTES = 20.0
#: Minutes after which somebody is missing, and a pause late
LATE_AFTER = 5.0
PAUSE_LATE_AFTER = 15.0
#: A pause that ends a little early was given all the same
ENOUGH = 0.9

#: Agents for whom one supervisor is there, supervisors for whom one coordinator is
AGENTS_PER_SUPERVISOR = 20
SUPERVISORS_PER_COORDINATOR = 15

PLANNED, HERE, MISSING, LEFT, OVER = "planned", "here", "missing", "left", "over"
ABSENT = "absent"
TO_COME, DUE, LATE, GIVEN, GIVEN_LATE, NOT_GIVEN = (
    "to_come",
    "due",
    "late",
    "given",
    "given_late",
    "not_given",
)


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause of a shift.

    :param kind: `REGULATED` or `SNACK`
    :param at: when it is planned
    :param minutes: how long it is
    """

    kind: str
    at: float
    minutes: float


@dataclass(frozen=True, slots=True)
class Break:
    """A break that somebody took; `end` is None while it lasts."""

    kind: str
    start: float
    end: float | None = None


def pauses_by_rule(start: float, end: float, rank: int = 0) -> list[Pause]:
    """Return the pauses of a shift, in order.

    Two of ten minutes with a snack between them; one alone in a short shift. None lies in the first
    or the last hour. People of different rank pause at different times, so that not all are away at
    once: each pause moves within its part of the shift.

    :param rank: number of the person among those with the same shift, from 0
    """
    short = end - start <= SHORT_SHIFT
    kinds = [REGULATED] if short else [REGULATED, SNACK, REGULATED]
    first, last = start + EDGE, end - EDGE
    part = (last - first) / len(kinds)
    pauses = []
    for number, kind in enumerate(kinds):
        minutes = SNACK_MINUTES if kind == SNACK else REGULATED_MINUTES
        if part < minutes:
            return []
        places = int((part - minutes) // minutes) + 1
        # The middle of the part first, then around it
        place = (places // 2 + rank) % places
        pauses.append(Pause(kind, first + number * part + place * minutes, minutes))
    return pauses


def pause_states(
    pauses: Sequence[Pause], breaks: Iterable[Break], now: float, over: bool
) -> list[tuple[str, float | None]]:
    """Return for each pause what became of it and when it began, if it did.

    The first break of a kind that is long enough (or lasts still) is its first pause, and so on.

    :param pauses: of one shift, in order
    :param breaks: what the person took during the shift, in order
    :param over: whether the shift has ended
    """
    taken: dict[str, list[Break]] = {}
    for one in breaks:
        taken.setdefault(one.kind, []).append(one)
    states = []
    for pause in pauses:
        own = taken.get(pause.kind, [])
        while own and own[0].end is not None and own[0].end - own[0].start < ENOUGH * pause.minutes:
            own.pop(0)
        if own:
            began = own.pop(0).start
            late = began > pause.at + PAUSE_LATE_AFTER
            states.append((GIVEN_LATE if late else GIVEN, began))
        elif over:
            states.append((NOT_GIVEN, None))
        elif now < pause.at:
            states.append((TO_COME, None))
        else:
            states.append((DUE if now <= pause.at + PAUSE_LATE_AFTER else LATE, None))
    return states


def presence(
    start: float, end: float, logged: Sequence[tuple[float, float | None]], now: float
) -> tuple[str, float | None, float | None]:
    """Return whether somebody is there, when they came and when they left.

    :param logged: times logged in (end None: still) that touch the shift, in order
    :return: (`PLANNED`, `HERE`, `MISSING`, `LEFT`, `OVER` or `ABSENT`; came; left)
    """
    came = logged[0][0] if logged else None
    left = logged[-1][1] if logged else None
    if logged and left is None:
        return (HERE if now < end else OVER), came, None
    if now >= end:
        return (OVER if logged else ABSENT), came, left
    if logged:
        return LEFT, came, left
    return (MISSING if now > start + LATE_AFTER else PLANNED), None, None


def leaders_needed(agents: int) -> tuple[int, int]:
    """Return how many supervisors and coordinators so many agents of a shift need."""
    supervisors = math.ceil(agents / AGENTS_PER_SUPERVISOR)
    return supervisors, math.ceil(supervisors / SUPERVISORS_PER_COORDINATOR)
