# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Availability of a transfer's target, and the text about it for the citizen."""

OFFLINE = "offline"
PAUSING = "pausing"
CLOSED = "closed"


def absence(is_open: bool, online: bool, pausing: bool) -> tuple[str, ...]:
    """Return why an agent of a queue cannot take a conversation now.

    Empty if they can.

    :param is_open: the queue is open at this moment
    :param online: the person is logged in
    :param pausing: the person is on a pause

    >>> absence(True, True, False)
    ()
    >>> absence(False, False, False)
    ('offline', 'closed')
    """
    reasons = {OFFLINE: not online, PAUSING: online and pausing, CLOSED: not is_open}
    return tuple(reason for reason, holds in reasons.items() if holds)


def said_to_person(reasons: tuple[str, ...]) -> str:
    """Return the automatic message that is true of a transfer with these absences.

    Somebody who is logged in after hours can answer, so the citizen is not told that everybody is
    away.

    >>> said_to_person(()), said_to_person(("closed",))
    ('agent_joined', 'agent_joined')
    >>> said_to_person(("offline", "closed")), said_to_person(("pausing",))
    ('transferred_closed', 'transferred_absent')
    """
    if OFFLINE not in reasons and PAUSING not in reasons:
        return "agent_joined"
    return "transferred_closed" if CLOSED in reasons else "transferred_absent"


def said_to_queue(is_open: bool, somebody_available: bool) -> str:
    """Return the accurate automatic message for a transfer to a queue.

    >>> said_to_queue(True, True), said_to_queue(True, False), said_to_queue(False, True)
    ('transferred', 'transferred_later', 'transferred_closed')
    """
    if not is_open:
        return "transferred_closed"
    return "transferred" if somebody_available else "transferred_later"
