# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""States of a conversation, and the moves between them.

    bot -> queued -> in_service -> survey -> closed

A conversation may end from any state; service may go back to a queue (transfer) or to the bot. If
the bot did everything, it may ask for the rating as well.
"""

BOT = "bot"
QUEUED = "queued"
IN_SERVICE = "in_service"
SURVEY = "survey"
CLOSED = "closed"
STATES = (BOT, QUEUED, IN_SERVICE, SURVEY, CLOSED)

TRANSITIONS = {
    BOT: frozenset({QUEUED, SURVEY, CLOSED}),
    QUEUED: frozenset({QUEUED, IN_SERVICE, BOT, CLOSED}),
    IN_SERVICE: frozenset({IN_SERVICE, QUEUED, BOT, SURVEY, CLOSED}),
    SURVEY: frozenset({CLOSED}),
    CLOSED: frozenset(),
}

# In these states people watch the conversation, so a message is shown at once; otherwise it is only
# stored.
STATES_WITH_PEOPLE = frozenset({QUEUED, IN_SERVICE})


class LifecycleError(ValueError):
    """A transition that does not exist."""


def check_transition(old: str, new: str) -> None:
    """Raise `LifecycleError` unless a conversation may go from `old` to `new`.

    >>> check_transition("bot", "queued")
    >>> check_transition("closed", "bot")
    Traceback (most recent call last):
    ...
    contact_center.core.lifecycle.LifecycleError: a conversation cannot go from closed to bot
    """
    if new not in TRANSITIONS.get(old, frozenset()):
        raise LifecycleError(f"a conversation cannot go from {old} to {new}")
