from datetime import timedelta

from psycopg2 import errors

from odoo import api, fields, models

from odoo.addons.contact_center.core import automatic
from odoo.addons.contact_center.core.lifecycle import BOT

from .. import engine
from ..engine import state as states

BATCH = 200


class ChatbotFlowSession(models.Model):
    """A citizen who does not answer the robot: a reminder, then the end, as the flow says."""

    _inherit = "chatbot.flow.session"

    silence_at = fields.Datetime(
        readonly=True, help="When something is due if the citizen stays silent."
    )

    _silence_idx = models.Index("(silence_at) WHERE silence_at IS NOT NULL")

    @api.model
    def _silence_due(self, state, flow):
        """When the citizen's silence has to be acted on, counted from now; False for never."""
        silence = flow.silence
        if state.status != states.INPUT or not silence:
            return False
        seconds = silence.end_after
        if silence.remind_after and not state.reminded:
            seconds = silence.remind_after
        return fields.Datetime.now() + timedelta(seconds=seconds) if seconds else False

    @api.model
    def _cron_silence(self):
        """Reminds and ends where the time is up, each in a transaction of its own."""
        # sudo: chatbot.flow.session - the scheduled action looks at all of them
        sessions = self.sudo()
        domain = [
            ("silence_at", "<=", fields.Datetime.now()),
            ("conversation_id.state", "=", BOT),
        ]
        due = sessions.search(domain, order="silence_at", limit=BATCH)
        for done, session in enumerate(due, 1):
            session._act_on_silence()
            more = len(due) - done or int(len(due) == BATCH)
            self.env["ir.cron"]._commit_progress(1, remaining=more)

    def _act_on_silence(self):
        """Does what is due with this session, if it still is when it is ours alone.

        :return: what was done: "", "remind" or "end"
        """
        self.ensure_one()
        if not self._lock_silence():
            return ""
        conversation = self.conversation_id
        now = fields.Datetime.now()
        if (
            self.status != states.INPUT
            or conversation.state != BOT
            or not self.silence_at
            or self.silence_at > now
        ):
            return ""
        flow = self.version_id._compiled((self.engine_state or {}).get("flow"))
        reminded = (self.engine_state or {}).get("reminded")
        stage = "remind" if flow.silence.remind_after and not reminded else "end"
        if not self._may_say():
            return self._pass_silently(stage, flow)
        self._turn(engine.Silent(stage))
        return stage

    def _lock_silence(self):
        """Whether the conversation is ours alone now; then it is read anew."""
        try:
            with self.env.cr.savepoint():
                self.env.cr.execute(
                    "SELECT id FROM contact_center_conversation WHERE id = %s "
                    "FOR UPDATE SKIP LOCKED",
                    [self.conversation_id.id],
                    log_exceptions=False,
                )
                locked = bool(self.env.cr.fetchone())
        except errors.SerializationFailure:
            # Somebody changed it since the transaction began: the next run sees it as it is.
            return False
        self.invalidate_recordset()
        self.conversation_id.invalidate_recordset()
        return locked

    def _may_say(self):
        """Whether what nobody asked for may be said now (`core.automatic.refusal`)."""
        conversation = self.conversation_id
        moment = automatic.Moment(
            now=fields.Datetime.now(),
            state=conversation.state,
            opted_out=conversation.partner_id.contact_center_opt_out,
            window_until=conversation._window_until(),
        )
        return not automatic.refusal("inactivity_warning", moment)

    def _pass_silently(self, stage, flow):
        """The citizen wants or gets no words: the time passes, and the conversation ends."""
        if stage == "remind":
            self.engine_state = {**self.engine_state, "reminded": True}
            self.silence_at = self._silence_due(engine.State.from_json(self.engine_state), flow)
            return ""
        conversation = self.conversation_id
        self._leave(states.ENDED)
        conversation._log("flow_ended", step=self.step_key, outcome="abandoned")
        conversation._end_by_bot("abandoned")
        return stage


class Conversation(models.Model):
    """While a flow with times of its own serves, those of the queue do not count."""

    _inherit = "contact_center.conversation"

    def _inactivity_schedule(self):
        if self.state == BOT:
            session = self._flow_session()
            if session and session.version_id._compiled().silence:
                return automatic.Schedule()
        return super()._inactivity_schedule()
