# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How many contacts will come, by half hour, from what came so far.

A day is expected to be like the earlier days of its kind (its weekday, or a holiday), the later
ones counting more, times the level that the last weeks had, with its trend if it has one. How fast
the past is forgotten is chosen by trying it on the last weeks that are known.
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

#: Half hours of a day
SLOTS = 48
#: Kind of day of holidays, beside the weekdays 0 to 6
HOLIDAY = 7
SUNDAY = 6
#: Holidays are taken for Sundays as strongly as so many holidays speak for themselves
LIKE_SUNDAYS = 2.0
#: Weeks on which ways of forgetting are tried
TRIAL_WEEKS = 4
#: Fewer days are no history
LEAST_DAYS = 14
#: What is left of a trend after each further week
DAMPING = 0.8

History = Mapping[date, Sequence[float]]


@dataclass(frozen=True, slots=True)
class Memory:
    """How fast the past is forgotten.

    :param season: weeks after which a day counts half for what its kind of day is like
    :param level: weeks after which a week counts half for how much comes at all
    :param trend: whether the level goes on as it went
    """

    season: float
    level: float
    trend: bool


#: What is tried, the plainest first: it stays if nothing is better
MEMORIES = tuple(
    Memory(season, level, trend)
    for trend, season, level in itertools.product((False, True), (12.0, 4.0), (4.0, 1.5, 0.7))
)


class Forecast:
    """What is expected after a history.

    :param history: contacts by half hour, of each day that is known
    :param holidays: days that are no usual weekday, past and to come
    :param memory: how fast the past is forgotten
    :raise ValueError: there is too little history
    """

    def __init__(self, history: History, holidays: Collection[date], memory: Memory):
        if len(history) < LEAST_DAYS:
            raise ValueError(f"{len(history)} days are too few for a forecast")
        self._history = history
        self._holidays = frozenset(holidays)
        self._memory = memory
        self._last = max(history)
        self._levels = self._week_levels()
        self._level, self._slope = self._level_and_slope()
        self._kinds = self._kinds_of_day()

    def of(self, day: date) -> list[float]:
        """Return the contacts expected by half hour of a day."""
        level = self._level_on(day)
        return [level * share for share in self._kinds[self._kind(day)]]

    def _kind(self, day: date) -> int:
        return HOLIDAY if day in self._holidays else day.weekday()

    def _week(self, day: date) -> int:
        """Return how many weeks before the end of the history a day is: 0 for the last seven."""
        return (self._last - day).days // 7

    def _week_levels(self) -> dict[int, float]:
        """Return for each week how much came compared with the same weekdays at all times."""
        sums, counts = defaultdict(float), defaultdict(int)
        for day, slots in self._history.items():
            if day not in self._holidays:
                sums[day.weekday()] += math.fsum(slots)
                counts[day.weekday()] += 1
        came, usual = defaultdict(float), defaultdict(float)
        for day, slots in self._history.items():
            if day not in self._holidays:
                came[self._week(day)] += math.fsum(slots)
                usual[self._week(day)] += sums[day.weekday()] / counts[day.weekday()]
        levels = {week: came[week] / usual[week] for week in came if usual[week] > 0}
        return {week: level for week, level in levels.items() if level > 0} or {0: 1.0}

    def _level_and_slope(self) -> tuple[float, float]:
        """Return the level at the end of the history and its change by week (weighted line)."""
        weights = {week: 0.5 ** (week / self._memory.level) for week in self._levels}
        total = math.fsum(weights.values())
        mean = math.fsum(weights[week] * level for week, level in self._levels.items()) / total
        if not self._memory.trend or len(self._levels) < 3:
            return mean, 0.0
        age = math.fsum(weight * week for week, weight in weights.items()) / total
        spread = math.fsum(weight * (week - age) ** 2 for week, weight in weights.items())
        slope = math.fsum(
            weights[week] * (age - week) * (level - mean) for week, level in self._levels.items()
        )
        slope /= spread
        return mean + slope * age, slope

    def _level_on(self, day: date) -> float:
        weeks = max((day - self._last).days - 4, 0) / 7
        # The trend of the weeks to come, each a bit less sure than the one before
        ahead = (1.0 - DAMPING**weeks) / (1.0 - DAMPING)
        return max(self._level + self._slope * (ahead + 0.5), 0.1 * self._level, 0.0)

    def _kinds_of_day(self) -> dict[int, list[float]]:
        """Return for each kind of day the contacts by half hour at level 1."""
        sums = {kind: [0.0] * SLOTS for kind in range(HOLIDAY + 1)}
        weights = dict.fromkeys(sums, 0.0)
        for day, slots in self._history.items():
            kind, age = self._kind(day), (self._last - day).days / 7
            # Holidays are rare: none is forgotten
            weight = 1.0 if kind == HOLIDAY else 0.5 ** (age / self._memory.season)
            weights[kind] += weight
            level = self._levels.get(self._week(day), 1.0)
            for slot, count in enumerate(slots):
                sums[kind][slot] += weight * count / level
        kinds = {
            kind: [count / weights[kind] for count in sums[kind]] if weights[kind] else None
            for kind in sums
        }
        whole = [
            math.fsum(known[slot] for known in kinds.values() if known)
            / sum(1 for known in kinds.values() if known)
            for slot in range(SLOTS)
        ]
        kinds = {kind: known or whole for kind, known in kinds.items() if kind != HOLIDAY}
        parts = weights[HOLIDAY] + LIKE_SUNDAYS
        kinds[HOLIDAY] = [
            (own + LIKE_SUNDAYS * sunday) / parts
            for own, sunday in zip(sums[HOLIDAY], kinds[SUNDAY], strict=True)
        ]
        return kinds


def best_forecast(history: History, holidays: Collection[date]) -> Forecast:
    """Return the forecast whose way of forgetting served the last weeks best."""
    best, least = MEMORIES[0], math.inf
    weeks = [week for week in last_weeks(history, TRIAL_WEEKS) if len(_before(history, week)) >= 28]
    if weeks:
        for memory in MEMORIES:
            error = Errors()
            for week in weeks:
                model = Forecast(_before(history, week), holidays, memory)
                for day in week:
                    error.add(history[day], model.of(day))
            if error.share < least:
                best, least = memory, error.share
    return Forecast(history, holidays, best)


# ------------------------------------------------------------
# How good it is
# ------------------------------------------------------------


class Errors:
    """The weighted error: all differences as a share of all that came."""

    def __init__(self):
        self.off = 0.0
        self.came = 0.0

    def add(self, came: Iterable[float], expected: Iterable[float]) -> None:
        """Count the half hours of a day."""
        for real, guess in zip(came, expected, strict=True):
            self.off += abs(real - guess)
            self.came += real

    @property
    def share(self) -> float:
        """Return the error, 0.1 for 10 %; infinite if nothing came."""
        return self.off / self.came if self.came else math.inf


@dataclass(frozen=True, slots=True)
class Judgement:
    """How far forecasts of the last weeks were off, each made before its week began.

    :param weeks: how many weeks
    :param error: weighted error of the half hours, 0.1 for 10 %
    :param last_week: the same of "as at the same time last week"
    :param by_week: (first day, error, error of last week's) of each week
    """

    weeks: int
    error: float
    last_week: float
    by_week: tuple[tuple[date, float, float], ...]


def judge(history: History, holidays: Collection[date], weeks: int = 8) -> Judgement:
    """Return how good the forecast was on the last whole weeks of a history.

    Each week is forecast from the days before it alone; then it is compared with what came.
    """
    error, naive, found = Errors(), Errors(), []
    for week in last_weeks(history, weeks):
        known = _before(history, week)
        if len(known) < LEAST_DAYS:
            continue
        model = best_forecast(known, holidays)
        own, last = Errors(), Errors()
        for day in week:
            before = known.get(day - timedelta(days=7))
            if before is None:
                continue
            expected = model.of(day)
            for errors, guess in (
                (own, expected),
                (error, expected),
                (last, before),
                (naive, before),
            ):
                errors.add(history[day], guess)
        found.append((week[0], own.share, last.share))
    return Judgement(len(found), error.share, naive.share, tuple(found))


def last_weeks(history: History, weeks: int) -> list[list[date]]:
    """Return the known days of the last weeks, the earliest week first.

    Each week has seven days.
    """
    if not history:
        return []
    last, found = max(history), []
    for number in range(weeks, 0, -1):
        first = last - timedelta(days=7 * number - 1)
        days = [first + timedelta(days=offset) for offset in range(7)]
        if known := [day for day in days if day in history]:
            found.append(known)
    return found


def _before(history: History, week: list[date]) -> dict[date, Sequence[float]]:
    return {day: slots for day, slots in history.items() if day < week[0]}
