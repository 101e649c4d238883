# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The row of totals: added up while the rows pass by, so that no row is kept."""

from collections.abc import Sequence
from fractions import Fraction

from .values import plain

# Columns of these kinds can be added up
_COUNTED = frozenset({"number", "decimal", "percent", "duration"})


class Totals:
    """Adds up the columns of a table that have a total.

    A mean is weighted by another column, a share is that of two sums: a mean of means would say
    something else. The sums are exact.

    :param columns: each with key, kind, total ("", "sum", "highest", "mean", "share") and `of`
    """

    def __init__(self, columns: Sequence):
        """Begin without rows."""
        self.columns = tuple(columns)
        self.rows = 0
        self._place = {column.key: place for place, column in enumerate(self.columns)}
        self._weighted = [
            (place, self._place[column.of[0]])
            for place, column in enumerate(self.columns)
            if column.total == "mean"
        ]
        self._sums = [Fraction(0)] * len(self.columns)
        self._weights = [Fraction(0)] * len(self.columns)
        self._means = [Fraction(0)] * len(self.columns)
        self._highest = [None] * len(self.columns)
        named = {key for column in self.columns if column.total == "share" for key in column.of}
        self._summed = [
            place
            for place, column in enumerate(self.columns)
            if column.total == "sum" or column.key in named
        ]
        self._topped = [
            place for place, column in enumerate(self.columns) if column.total == "highest"
        ]

    @property
    def any(self) -> bool:
        """Whether any column has a total."""
        return any(column.total for column in self.columns)

    def add(self, row: Sequence) -> None:
        """Add a row of values as the source gave them, before they are rounded."""
        self.rows += 1
        for place in self._summed:
            if row[place] is not None:
                self._sums[place] += Fraction(row[place])
        for place in self._topped:
            if row[place] is not None:
                best = self._highest[place]
                self._highest[place] = row[place] if best is None else max(best, row[place])
        for place, weight in self._weighted:
            if row[place] is not None and row[weight]:
                self._means[place] += Fraction(row[place]) * Fraction(row[weight])
                self._weights[place] += Fraction(row[weight])

    def row(self, label: str) -> list:
        """Return the row of totals in plain values, with `label` in its first free column."""
        values = [self._total(place, column) for place, column in enumerate(self.columns)]
        for place, column in enumerate(self.columns):
            if not column.total and column.kind == "text":
                values[place] = label
                break
        return values

    def _total(self, place, column):
        if not self.rows:
            return None
        value = None
        if column.total == "sum":
            value = self._sums[place]
        elif column.total == "highest":
            value = self._highest[place]
        elif column.total == "mean" and self._weights[place]:
            value = self._means[place] / self._weights[place]
        elif column.total == "share":
            part, whole = (self._sums[self._place[key]] for key in column.of)
            value = 100 * part / whole if whole else None
        if isinstance(value, Fraction):
            value = float(value) if value.denominator != 1 else int(value)
        return plain(column.kind, value) if column.kind in _COUNTED else value
