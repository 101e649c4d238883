# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Outbreaks of a subject in a district, and the pace of sendings; no ORM.

    from contact_center_alert.outbreak import decide, expected, tail

Statistics in `expecting`, which of several excesses is the outbreak in `deciding`, words of
subjects in `naming`, how many may be told now in `pacing`.
"""

from .charting import SLOT_SECONDS, chart
from .deciding import CITY, CALM, KEEP, RAISE_AGAIN, Excess, decide, next_step
from .expecting import Expected, Span, expected, limit, tail
from .naming import matcher
from .pacing import PERIOD_SECONDS, allowance

__all__ = [
    "CALM",
    "CITY",
    "KEEP",
    "PERIOD_SECONDS",
    "RAISE_AGAIN",
    "SLOT_SECONDS",
    "Excess",
    "Expected",
    "Span",
    "allowance",
    "chart",
    "decide",
    "expected",
    "limit",
    "matcher",
    "next_step",
    "tail",
]
