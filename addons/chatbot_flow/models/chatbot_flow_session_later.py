# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from odoo.addons.contact_center.core.lifecycle import BOT

from .. import engine
from ..engine import state as states

# Retried after a temporary error (conflicts are retried anyway).
MAX_TRIES = 3


class ChatbotFlowSession(models.Model):
    """Waits of a flow for anything but the citizen: time, and slow systems.

    A job does the waiting. Of a session's jobs only the one with the current number counts:
    anything that happens in the meantime (a person takes over, the bot is sent to another step)
    makes it stale.
    """

    _inherit = "chatbot.flow.session"

    later = fields.Json(
        readonly=True,
        help="The flow's pending wait: {number, kind (wait or action), name, params}.",
    )

    def _later(self, kind, **what):
        """Record what is being waited for; return the number of the job that brings it."""
        number = (self.later or {}).get("number", 0) + 1
        self.later = {"number": number, "kind": kind, **what}
        return number

    def _schedule_wait(self, seconds):
        """Continue after this many seconds."""
        number = self._later("wait")
        self.with_delay(
            eta=seconds,
            channel="root.flow",
            description=self.env._("Flow of %s goes on", self.conversation_id.protocol),
        )._run_wait(number)

    def _schedule_action(self, name, params):
        """Run an action in a separate job: the citizen's message does not wait for it.

        The parameters stay on the session, not in the job, so that an erasure finds them.
        """
        number = self._later("action", name=name, params=params)
        self.with_delay(
            priority=5,
            channel="root.flow",
            max_retries=MAX_TRIES,
            description=self.env._("Look-up for %s", self.conversation_id.protocol),
        )._run_later(number)

    def _runs_later(self, name):
        """Return whether an action calls another system, so needs its own job (hook)."""
        return name.startswith("service:")

    def _waits_for(self, number, kind):
        """Return whether the session is waiting for this, with the bot still serving."""
        self.ensure_one()
        later = self.later or {}
        status = states.WAIT if kind == "wait" else states.ACTION
        return (
            later.get("number") == number
            and later.get("kind") == kind
            and self.status == status
            and self.conversation_id.state == BOT
        )

    def _run_wait(self, number):
        """Job: the pause is over."""
        # sudo: chatbot.flow.session - the job acts for the city
        session = self.sudo().exists()
        if not session:
            return
        session.conversation_id._lock()
        session.invalidate_recordset()
        if session._waits_for(number, "wait"):
            session._turn(engine.Elapsed(session.step_key))

    def _run_later(self, number):
        """Job: run the pending action, and continue with its result.

        The other system is called outside any lock, so that citizens' messages are accepted in the
        meantime; the result counts only if it is still wanted.
        """
        # sudo: chatbot.flow.session - the job acts for the city
        session = self.sudo().exists()
        if not session or not session._waits_for(number, "action"):
            return
        name = session.later["name"]
        result = session._run_action(name, dict(session.later.get("params") or {}))
        session.flush_recordset()
        session._commit()
        session.conversation_id._lock()
        session.invalidate_recordset()
        if session._waits_for(number, "action"):
            session._turn(session._action_result(name, result))
