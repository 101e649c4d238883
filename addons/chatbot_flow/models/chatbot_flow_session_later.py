from odoo import fields, models

from odoo.addons.contact_center.core.lifecycle import BOT

from .. import engine
from ..engine import state as states

# Looked for again after a fault of the moment (conflicts are repeated anyway).
MAX_TRIES = 3


class ChatbotFlowSession(models.Model):
    """What a flow waits for besides the citizen: time, and systems that take their time.

    A job does it. Of the jobs of a session only the one with the present number counts: whatever
    happened meanwhile (a person took over, the robot was sent to another step) makes it stale.
    """

    _inherit = "chatbot.flow.session"

    later = fields.Json(
        readonly=True,
        help="What is waited for: {number, kind (wait or action), name, params}.",
    )

    def _later(self, kind, **what):
        """Notes what is waited for from now on; gives the number of the job that brings it."""
        number = (self.later or {}).get("number", 0) + 1
        self.later = {"number": number, "kind": kind, **what}
        return number

    def _schedule_wait(self, seconds):
        """Goes on after so many seconds."""
        number = self._later("wait")
        self.with_delay(
            eta=seconds,
            channel="root.flow",
            description=self.env._("Flow of %s goes on", self.conversation_id.protocol),
        )._run_wait(number)

    def _schedule_action(self, name, params):
        """Runs an action in a job of its own: the citizen's message does not wait for it.

        The parameters stay on the session, not in the job, so that erasing finds them.
        """
        number = self._later("action", name=name, params=params)
        self.with_delay(
            priority=5,
            channel="root.flow",
            max_retries=MAX_TRIES,
            description=self.env._("Look-up for %s", self.conversation_id.protocol),
        )._run_later(number)

    def _runs_later(self, name):
        """Hook: whether an action speaks to another system, so that it needs a job of its own."""
        return False

    def _waits_for(self, number, kind):
        """Whether this is what the session waits for, with the robot still serving."""
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
        """Job: run the action that is waited for, and go on with its result.

        The other system is asked outside of any lock, so that messages of the citizen are taken
        meanwhile; the result counts only if it is still waited for.
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

    def _commit(self):
        """Ends the transaction in which the other system was asked ("allow commit" of the job):
        the next one sees what the citizen wrote meanwhile."""
        self.env.cr.commit()  # pylint: disable=invalid-commit
