"""States of a conversation, the moves between them, and the kinds of events it leaves behind.

    bot -> queued -> in_service -> survey -> closed

A conversation may end from any state; service may go back to a queue (transfer) or to the bot.
Where the bot did it all, it may ask for the rating as well.
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

# While people look at the conversation a message is shown at once; otherwise it is only kept.
STATES_WITH_PEOPLE = frozenset({QUEUED, IN_SERVICE})

OUTCOMES = (
    "resolved",
    "self_service",
    "abandoned",
    "expired",
    "out_of_hours",
    "declined",
    "failed",
)

EVENT_KINDS = (
    "opened",
    "flow_started",
    "flow_step",
    "flow_ended",
    "collected",
    "queued",
    "accepted",
    "transferred",
    "taken_over",
    "released",
    "returned_to_bot",
    "automatic_message",
    "automatic_skipped",
    "opted_out",
    "opted_in",
    "first_reply",
    "survey_asked",
    "rated",
    "closed",
    "ticket_requested",
    "ticket_opened",
    "ticket_failed",
    "message_failed",
    "limit_reached",
    "citizen_edited",
    "note",
)


class LifecycleError(ValueError):
    """A move between states that does not exist."""


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
