# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which agent: the second axis of the router."""

from collections.abc import Iterable


def starting_share(shares: Iterable[int]) -> int:
    """Return the share with which an agent joins a queue: level with whoever has the least.

    :param shares: `Membership.share` of the agents of the queue who are there (`EVEN_SHARE`); to be
        asked again when an agent comes back, and to be used if it is more than the agent's own
    """
    return min(shares, default=0)
