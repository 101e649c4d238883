# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import dataclass, field

from odoo.addons.queue_job.exception import RetryableJobError

_CONTEXT_KEY = "whatsapp_turn"
_TOGETHER_KEY = "whatsapp_together"
# Unforgeable mark: a context that comes from a browser can hold no Python object
_TOGETHER = object()


class NotTogetherError(RetryableJobError):
    """Failure while several people were processed in one savepoint.

    Nothing of it stays: each of them is processed once more, alone. A "retryable" error, since
    flows and actions pass these on instead of making up for them.
    """


def together(records):
    """Return the records with a context in which several people share one savepoint.

    They share one `Turn` too, which begins anew with each event: an environment for each of them
    would have Odoo read user, company and language as often.
    """
    return records.with_context(**{_TOGETHER_KEY: _TOGETHER, _CONTEXT_KEY: Turn()})


def are_together(env):
    """Return whether a savepoint around several people is open: no part needs its own."""
    return env.context.get(_TOGETHER_KEY) is _TOGETHER


@dataclass(eq=False)
class Turn:
    """Messages to one person while one of their events, or a flow's turn, is run.

    `conversation._deliver` adds to it, and `whatsapp.message._store_turn` writes it into the
    outbox when the event ends: so the bot's words of one go become few messages. It travels in
    the context, since the flow and the addons between the event and the answer know no WhatsApp;
    nobody but this class touches the key. No context that came from a browser holds a `Turn`.

    See docs/decisions/what-a-turn-says-is-gathered.md.
    """

    #: contact key of the person whose lock is held
    lane: str = ""
    #: values of whatsapp.message, in order, with `mergeable`
    rows: list = field(default_factory=list)
    #: ids of the events that were processed together, by their notes
    processed: dict = field(default_factory=dict)

    @classmethod
    def begin(cls, env, lane):
        """Return the turn of an event that begins now: the shared one, or one of its own."""
        turn = cls.of(env) if are_together(env) else cls()
        turn.lane, turn.rows = lane, []
        return turn

    def around(self, records):
        """Return the records with a context in which messages are gathered in this turn."""
        return records.with_context(**{_CONTEXT_KEY: self})

    @classmethod
    def of(cls, env):
        """Return the turn in which messages are gathered, None outside of one."""
        turn = env.context.get(_CONTEXT_KEY)
        return turn if isinstance(turn, cls) else None
