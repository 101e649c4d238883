# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The life of a text message: which news changes what.

News comes late, twice, and before the answer that it should follow. A state only goes forward, and
what is settled stays settled.
"""

from datetime import timedelta

QUEUED, SENDING, UNKNOWN = "queued", "sending", "unknown"
SENT, DELIVERED, FAILED = "sent", "delivered", "failed"
STATES = (QUEUED, SENDING, UNKNOWN, SENT, DELIVERED, FAILED)

#: From each state, those that news of the gateway can lead to
_FORWARD = {
    QUEUED: (SENT, DELIVERED, FAILED),
    SENDING: (SENT, DELIVERED, FAILED),
    UNKNOWN: (SENT, DELIVERED, FAILED),
    SENT: (DELIVERED, FAILED),
    # A receipt that says delivered is the last word: a later "expired" is about another copy
    DELIVERED: (),
    # An operator that gave up may have delivered all the same
    FAILED: (DELIVERED,),
}
#: Of these the city is billed: the gateway took them, or may have
BILLED = (SENT, DELIVERED, UNKNOWN)

_SHORTEST, _LONGEST = timedelta(seconds=15), timedelta(minutes=30)


def after(state: str, news: str) -> str:
    """Return the state after news of the gateway.

    >>> after("sending", "delivered"), after("delivered", "sent"), after("failed", "sent")
    ('delivered', 'delivered', 'failed')
    """
    return news if news in _FORWARD[state] else state


def retry_after(tries: int) -> timedelta:
    """Return how long to wait after so many attempts that reached nobody.

    >>> retry_after(1).seconds, retry_after(3).seconds, retry_after(50).seconds
    (15, 60, 1800)
    """
    return min(_LONGEST, _SHORTEST * 2 ** min(max(tries - 1, 0), 12))
