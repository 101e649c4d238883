# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a month would cost if all of its days were like one known by averages.

A day that was simulated or planned is no list of contacts: it has averages by queue. They become
tallies, so that such a month is judged by the same rules as one that was measured. What averages
do not say, for instance how many of the abandoned were short, is not judged.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .exact import exact
from .figures import Tally, month_figure, without_grace
from .goals import Goal, goal_on
from .indicators import INDICATORS
from .judging import Judgement, judge
from .reading import DEFAULT, SWITCHES, Reading

PLACES = 6
"""Averages are known to a millionth."""
MILLION = 10**PLACES

SAID: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "INS": {"service_population": ("queue",), "service_base": ("offered", "answered")},
    "TME": {"wait_from": ("queue",), "wait_population": ("received",)},
    "IAL": {"abandon_population": ("queue",), "short_abandon": ("0",)},
    "TMA": {},
}
"""Code -> the answers to the questions of a reading by which averages give the indicator."""
BY_AVERAGES = tuple(SAID)
"""Codes of the indicators that averages give."""


@dataclass(frozen=True, slots=True)
class Averages:
    """What a day of a queue is like.

    :param offered: contacts that come
    :param level: percent of them answered within the goal's time; None: nobody came
    :param wait: mean seconds of waiting of all of them
    :param abandoned: percent of them who give up
    :param handling: mean seconds of a service; None: nobody is served
    """

    offered: float
    level: float | None
    wait: float
    abandoned: float
    handling: float | None = None


def unsaid(code: str, reading: Reading) -> tuple[str, str] | None:
    """Return the question and answer by which averages give no indicator.

    None if they do give it; the words are Portuguese.

    >>> unsaid("IAL", Reading({"short_abandon": "5"}))
    ('Abandonos curtos são retirados?', 'sim, os de até 5 segundos')
    """
    for key, answers in SAID[code].items():
        if reading[key] not in answers:
            return SWITCHES[key].question, SWITCHES[key].answers[reading[key]]
    return None


def tallies_of(averages: Averages, reading: Reading = DEFAULT) -> dict[str, Tally]:
    """Return the tallies of such a day by code, in whole millionths.

    >>> tally = tallies_of(Averages(400, 78.0, 22, 4))["INS"]
    >>> INDICATORS["INS"].value(tally.numerator, tally.denominator)
    Fraction(78, 1)
    """
    offered = _millionths(averages.offered)
    abandoned = _millionths(averages.abandoned)
    answered = offered * (100 * MILLION - abandoned)
    base = answered if reading["service_base"] == "answered" else offered * 100 * MILLION
    found = {
        # Microseconds, as waits are
        "TME": Tally(offered * _millionths(averages.wait), offered),
        "IAL": Tally(offered * abandoned, offered * 100 * MILLION),
    }
    if averages.level is not None:
        found["INS"] = Tally(offered * _millionths(averages.level), base)
    if averages.handling is not None:
        found["TMA"] = Tally(answered * _millionths(averages.handling), answered)
    return found


def _millionths(value: float) -> int:
    return int(exact(f"{value:.{PLACES}f}") * MILLION)


def judge_such_days(
    queues: Mapping[int, Averages],
    month: date,
    counting: Iterable[date],
    services: Mapping[int, Iterable[tuple[date, int]]],
    goals: Mapping[str, Iterable[Goal]],
    handling: Callable[[int | None], Fraction | None],
    reading: Reading = DEFAULT,
) -> list[tuple[str, int | None, Judgement]]:
    """Return how a month stands whose days are all like this one.

    Once for each indicator that averages give, or for each of its queues, as the reading says.

    :param queues: {queue: averages}
    :param month: its first day
    :param counting: its days after the grace, see `judged_days`
    :param services: graces of queues, see `without_grace`
    :param goals: {code: versions}, see `goal_on`
    :param handling: of a queue, or None for all: the goal of the handling time
    """
    counting = list(counting)
    by_queue = {queue: tallies_of(averages, reading) for queue, averages in queues.items()}
    scopes = sorted(queues) if reading["fine_scope"] == "queue" else [None]
    found = []
    for code in SAID:
        if unsaid(code, reading):
            continue
        for scope in scopes:
            tallies = {
                (day, queue): own[code]
                for queue, own in by_queue.items()
                if scope in (None, queue) and code in own
                for day in counting
            }
            days = without_grace(tallies, counting, services)
            figure = month_figure(INDICATORS[code], days, counting, reading)
            goal = goal_on(code, month, goals.get(code, ()), scope)
            goal_of_handling = handling(scope) if code == "TMA" else None
            judged = judge(INDICATORS[code], figure, goal, reading, goal_of_handling, scope)
            found.append((code, scope, judged))
    return found
