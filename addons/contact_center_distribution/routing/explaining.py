# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who would be next, in words."""

from .model import Explanation, Settings, Snapshot


def explain(snapshot: Snapshot, queue: int, now: float, settings: Settings) -> Explanation:
    """Return which contact of the queue is next and how all agents stand to it.

    It asks the very functions that `match` decides by. When nobody waits, it is about a contact
    that would come now.
    """
    raise NotImplementedError
