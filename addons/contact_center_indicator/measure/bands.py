# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Bands: how far a value missed its goal, and what that costs.

The bands of a goal cover the line without a hole or an overlap: beyond the goal the low one, from
`medium_from` the medium one, from `high_from` the high one. Values are compared as they are, never
rounded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .exact import exact
from .indicators import UP
from .reading import DEFAULT, Reading

MET, LOW, MEDIUM, HIGH = "met", "low", "medium", "high"
NO_BAND = "no_band"
PERCENTS: Mapping[str, Fraction] = {LOW: Fraction(1, 2), MEDIUM: Fraction(1), HIGH: Fraction(2)}
"""Band -> percent of the month's invoice."""

BANDS: Mapping[str, str] = {MET: "atingida", LOW: "baixa", MEDIUM: "média", HIGH: "alta"}
"""Band -> its name in Portuguese."""

# Where the bands of the mean wait begin as they are printed: nothing between 20 and 21, 30 and 31
PRINTED_LOW, PRINTED_MEDIUM = Fraction(21), Fraction(31)


class WrongBands(ValueError):
    """The limits of the bands are not in order."""


@dataclass(frozen=True, slots=True)
class Bands:
    """A goal and the limits of its bands, in the indicator's unit.

    >>> bands = Bands.of("4", "5", "6", "down")
    >>> bands.band(exact("4")), bands.band(exact("4.0001")), bands.band(exact("6"))
    ('met', 'low', 'high')
    """

    goal: Fraction
    medium_from: Fraction
    high_from: Fraction
    better: str

    def __post_init__(self):
        """Check that the limits lie one behind the other, away from the goal."""
        limits = (self.goal, self.medium_from, self.high_from)
        ordered = sorted(limits, reverse=self.better == UP)
        if list(limits) != ordered or len(set(limits)) != len(limits):
            raise WrongBands(f"goal and bands out of order: {', '.join(map(str, limits))}")

    @classmethod
    def of(cls, goal, medium_from, high_from, better: str) -> "Bands":
        """Return bands of numbers as they are written."""
        return cls(exact(goal), exact(medium_from), exact(high_from), better)

    def band(self, value: Fraction, reading: Reading = DEFAULT, gaps=False) -> str:
        """Return the band of a value, `MET` if it has none.

        Towards more is worse a limit belongs to the worse band, towards less is worse to the better
        one: "5 to below 6", and "70 to below 80".

        :param gaps: whether this goal's bands are printed with gaps (the mean wait)
        """
        if self.better == UP:
            return self._band_up(value)
        if gaps and reading["band_gaps"] == "printed" and self._in_gap(value):
            return NO_BAND
        met = value <= self.goal if reading["goal_edge"] == "meets" else value < self.goal
        if met:
            return MET
        if value < self.medium_from:
            return LOW
        return MEDIUM if value < self.high_from else HIGH

    def _band_up(self, value):
        if value >= self.goal:
            return MET
        if value >= self.medium_from:
            return LOW
        return MEDIUM if value >= self.high_from else HIGH

    def _in_gap(self, value):
        low = self.goal <= value < PRINTED_LOW
        return low or self.medium_from <= value < PRINTED_MEDIUM
