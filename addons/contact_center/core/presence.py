# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What follows from an agent's browser being closed or asleep, or being back.

Browsers report every minute while they are awake, and Odoo notices when the last connection closes.
Times are in seconds.
"""

from dataclasses import dataclass

# A browser is lost for so long before its agent counts as away.
LOST = 60
# Without a closed connection it is noticed by missing reports: one is due every minute.
SILENT = 60 + LOST + 5
# Away because of a lost browser for so long: logged out. A pause away from the screen lasts longer.
OUT_AFTER = 15 * 60
PAUSE_OUT_AFTER = 60 * 60

# In these states the agent is there for citizens.
AT_WORK = frozenset(
    {"available", "offered", "in_service", "after_work", "outbound", "not_answering"}
)

NOTE, FORGET, AWAY, BACK, LOG_OUT = "note", "forget", "away", "back", "log_out"


@dataclass(frozen=True, slots=True)
class Seen:
    """An agent's state, and what is known of the browser."""

    kind: str
    # Whether the state "away" was set because the browser was lost.
    by_loss: bool
    # Odoo knows that the last connection was closed.
    offline: bool
    # Since the last report, and since the loss was first noticed (None: it was not).
    silent: float
    lost: float | None = None


def step(seen: Seen) -> str:
    """Return what to do now: "", or one of the constants.

    >>> step(Seen("available", False, offline=True, silent=10))
    'note'
    >>> step(Seen("available", False, offline=True, silent=70, lost=60))
    'away'
    >>> step(Seen("break", False, offline=True, silent=70, lost=60))
    ''
    >>> step(Seen("away", True, offline=False, silent=5, lost=300))
    'back'
    """
    is_lost = seen.offline or seen.silent >= SILENT
    if not is_lost:
        if seen.by_loss:
            return BACK
        return FORGET if seen.lost is not None else ""
    if seen.lost is None:
        # Missing reports prove that it is lost long enough already.
        return AWAY if seen.kind in AT_WORK and seen.silent >= SILENT else NOTE
    if seen.kind in AT_WORK:
        return AWAY if seen.lost >= LOST else ""
    return LOG_OUT if seen.lost >= (OUT_AFTER if seen.by_loss else PAUSE_OUT_AFTER) else ""
