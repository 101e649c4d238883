# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What both parties agreed to count, and in what a position is paid.

The tender pays the logged hour (TR 8.1.1) and lists snack and regulated breaks among the states of
an agent who is logged in (R6), so all of them count by default. Nobody is at the position while the
browser is lost: that time is left out by default.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .quantities import DAY, MONTH

# Parts of the time between login and logout -> whether they count unless agreed otherwise
PARTS: Mapping[str, bool] = {
    "available": True,
    "offered": True,
    "in_service": True,
    "after_work": True,
    "break_regulated": True,
    "break_snack": True,
    "break_other": True,
    "with_supervisor": True,
    "training": True,
    "outbound": True,
    "recovery": True,
    "away": True,
    "not_answering": True,
    "lost": False,
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What counts, and the basis of a position.

    :param left_out: parts that do not count
    :param basis: `MONTH` (a position is paid by the month) or `DAY` (by the day)
    """

    left_out: frozenset[str] = frozenset(part for part, counts in PARTS.items() if not counts)
    basis: str = MONTH

    def __post_init__(self):
        """Refuse parts and bases that do not exist: a typing error must not change an invoice."""
        if not self.left_out <= PARTS.keys():
            raise ValueError(f"no such part: {sorted(self.left_out - PARTS.keys())}")
        if self.basis not in (MONTH, DAY):
            raise ValueError(f"no such basis: {self.basis!r}")

    def counts(self, part: str) -> bool:
        """Return whether a part of the logged time is paid."""
        return part not in self.left_out

    def as_dict(self) -> dict:
        """Return it as JSON can hold it, for seals and printed papers."""
        return {"basis": self.basis, "left_out": sorted(self.left_out)}
