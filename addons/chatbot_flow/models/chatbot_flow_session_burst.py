# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Several messages in a row form one turn, run when the citizen has been quiet."""

import math
import time
from dataclasses import asdict
from datetime import datetime, timedelta, timezone

from odoo import api, fields, models

from odoo.addons.contact_center.core.lifecycle import BOT

from .. import engine
from ..engine import bursts, listening

# System parameter that caps every quiet period, in seconds; not set in production, see
# docs/developer/testing.md
LISTEN_LIMIT = "chatbot_flow.listen_limit"
# Identity key of the job that runs turns for channels without their own job
TURNS_KEY = "flow.turns"
# Maximum answers per run of that job, which repeats while there are more
BATCH = 100
_LEFT_BEHIND = timedelta(seconds=45)


class ChatbotFlowSession(models.Model):
    """Collects messages until the citizen pauses, then answers all in one turn.

    The message itself is stored and shown at once; only the turn waits. See
    docs/decisions/bursts-are-one-turn.md.
    """

    _inherit = "chatbot.flow.session"

    # {"since": Unix time, "answers": [engine.Answer as JSON]}
    pending = fields.Json(readonly=True, help="Messages since the last turn, for the next one.")
    # Unix time: a datetime would have whole seconds only
    turn_at = fields.Float(string="Next turn at", readonly=True, default=0.0)
    turn_lane = fields.Char(
        readonly=True,
        help="Whose messages and turns never cross, as the channel calls it; empty where the "
        "channel has no job that runs turns.",
    )

    _turn_idx = models.Index("(turn_at) WHERE turn_at > 0")

    def _take_in(self, answer):
        """Answer a message at once, or keep it until the citizen has been quiet for a moment.

        :param answer: `engine.Answer`
        """
        self.ensure_one()
        now = time.time()
        waiting = self.pending or {}
        since = waiting.get("since") or now
        answers = [*waiting.get("answers", ()), _to_json(answer)]
        due = self._listening().due(answer, now, since, self.turn_at)
        if due <= now or len(answers) > listening.MAX_MESSAGES:
            self._turn(self._event(answers))
            return
        self.write(
            {
                "pending": {"since": since, "answers": answers},
                "turn_at": due,
                "turn_lane": self._turn_lane(),
            }
        )
        self._wake_turns(due)

    def _listening(self):
        """Return how long the bot listens, by flow and server.

        An `engine.listening.Listening`.
        """
        limit = self.env["chatbot.flow"]._listen_limit()
        if limit == 0 or not self.version_id:
            return listening.DEFAULT.capped(0)
        try:
            flow = self.version_id._compiled((self.engine_state or {}).get("flow"))
        except engine.FlowError:
            # the turn will find that out as well, and call people
            return listening.DEFAULT.capped(0)
        return flow.settings.listening.capped(limit)

    def _event(self, answers):
        """Return the engine's event for the collected messages (JSON of `engine.Answer`s)."""
        given = tuple(engine.Answer(**item) for item in answers)
        if not self.engine_state:
            return self._start_event(given[0] if len(given) == 1 else bursts.first(given))
        return given[0] if len(given) == 1 else engine.Burst(given)

    def _run_due_turn(self):
        """Run this session's turn if it is still due, once the conversation is locked.

        Messages waiting for the bot are dropped without a reply if people have the conversation, or
        it is closed.

        :return: whether there was a turn
        """
        self.ensure_one()
        conversation = self.conversation_id
        conversation._lock()
        self.invalidate_recordset()
        conversation.invalidate_recordset(["state"])
        if not self.turn_at or self.turn_at > time.time():
            return False
        if conversation.state != BOT:
            self._forget_pending()
            return False
        self._turn(self._event((self.pending or {}).get("answers") or ()))
        return True

    def _forget_pending(self):
        """Drop the messages waiting for the next turn."""
        self.write(self._no_pending())

    @api.model
    def _no_pending(self):
        """Return the values of a session in which nothing waits for the next turn."""
        return {"pending": False, "turn_at": 0.0, "turn_lane": False}

    # ------------------------------------------------------------
    # Waking
    # ------------------------------------------------------------

    def _turn_lane(self):
        """Return the lane of a channel whose own jobs run turns, else False (hook).

        False is this addon's job.
        """
        return False

    def _wake_turns(self, due):
        """Make sure that a job runs when this turn is due.

        One job for each second in which turns are due. It starts after that second, so a job
        found waiting here sees what this transaction is about to commit.

        :param due: Unix time
        """
        if self.turn_lane:
            return
        second = datetime.fromtimestamp(math.ceil(due), timezone.utc).replace(tzinfo=None)
        self.env["chatbot.flow.session"].with_delay(
            eta=second,
            channel="root.flow",
            identity_key=f"{TURNS_KEY}@{second}",
            description=self.env._("Flows: answer citizens who have stopped writing"),
        )._run_due_turns()

    @api.model
    def _run_due_turns(self):
        """Job: run due turns for channels without their own job."""
        # sudo: chatbot.flow.session - the job acts for the city
        sessions = self.sudo()
        domain = [("turn_at", ">", 0), ("turn_at", "<=", time.time()), ("turn_lane", "=", False)]
        due = sessions.search(domain, order="turn_at", limit=BATCH)
        for session in due:
            session._run_due_turn()
        if len(due) == BATCH:
            sessions._wake_turns(time.time())

    @api.model
    def _cron_turns(self):
        """Scheduled: wake the job for turns that a crash between two commits left behind."""
        # sudo: chatbot.flow.session - the scheduled action processes all of them
        late = time.time() - _LEFT_BEHIND.total_seconds()
        domain = [("turn_at", ">", 0), ("turn_at", "<=", late), ("turn_lane", "=", False)]
        left = self.sudo().search(domain, limit=1)
        if left:
            left._wake_turns(time.time())


class ChatbotFlow(models.Model):
    """The server's limit on how long the bot listens before it answers."""

    _inherit = "chatbot.flow"

    @api.model
    def _listen_limit(self):
        """Return the system parameter that caps quiet periods, in seconds; None if not set."""
        # sudo: ir.config_parameter - a limit of the server, for any user
        value = self.env["ir.config_parameter"].sudo().get_param(LISTEN_LIMIT)
        try:
            return max(float(value), 0.0) if value else None
        except ValueError:
            return None


def _to_json(answer):
    """Return an `engine.Answer` as JSON, without what is empty."""
    return {name: value for name, value in asdict(answer).items() if value not in ("", None, ())}
