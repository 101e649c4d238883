# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Stoppages of a day: units that stood still, and time without a data link."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .figures import Tally


@dataclass(frozen=True, slots=True)
class Stop:
    """Something that stood still.

    :param end: None while it does
    :param units: how many of it
    """

    start: datetime
    end: datetime | None = None
    units: int = 1

    def meets(self, start: datetime, end: datetime) -> bool:
        """Return whether it stood still within a period.

        >>> Stop(datetime(2026, 1, 1, 8), datetime(2026, 1, 1, 9)).meets(
        ...     datetime(2026, 1, 1, 9), datetime(2026, 1, 2))
        False
        """
        return self.start < end and (self.end is None or self.end > start)


def stopped_units(stops: Iterable[Stop], units: int, start: datetime, end: datetime) -> Tally:
    """Return how many of so many units stood still at any time of a period."""
    stopped = sum(stop.units for stop in stops if stop.meets(start, end))
    return Tally(min(stopped, units), units)


def stopped_seconds(stops: Iterable[Stop], start: datetime, end: datetime) -> Tally:
    """Return for how many seconds of a period one link was down; stops may overlap."""
    down, until = 0, start
    for stop in sorted(stops, key=lambda one: one.start):
        if not stop.meets(start, end):
            continue
        begin = max(stop.start, until)
        finish = min(stop.end or end, end)
        if finish > begin:
            down += int((finish - begin).total_seconds())
            until = finish
    return Tally(down, int((end - start).total_seconds()))
