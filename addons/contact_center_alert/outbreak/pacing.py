# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How many citizens may be told now, so that a bulk notice floods nobody."""

from __future__ import annotations

PERIOD_SECONDS = 60.0


def allowance(rate: int, told: int) -> int:
    """Return how many more may be told now.

    :param rate: how many at most in any minute
    :param told: how many were told in the last `PERIOD_SECONDS`

    >>> allowance(60, 0), allowance(60, 59), allowance(60, 75)
    (60, 1, 0)
    """
    return max(rate - told, 0)
