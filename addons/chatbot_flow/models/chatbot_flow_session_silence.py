# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.contact_center.core import automatic
from odoo.addons.contact_center.core.lifecycle import BOT
from odoo.addons.contact_center.tools import lock_at_once

from .. import engine
from ..engine import memory
from ..engine import state as states

BATCH = 200


class ChatbotFlowSession(models.Model):
    """A citizen who does not answer the bot: reminded, then left, as the flow says."""

    _inherit = "chatbot.flow.session"

    silence_at = fields.Datetime(
        readonly=True, help="When something is due if the citizen stays silent."
    )

    _silence_idx = models.Index("(silence_at) WHERE silence_at IS NOT NULL")

    @api.model
    def _silence_due(self, state, flow):
        """Return when the citizen's silence requires action, counted from now; False for never."""
        silence = flow.silence
        if state.status != states.INPUT or not silence:
            return False
        seconds = silence.end_after
        if silence.remind_after and not state.reminded:
            seconds = silence.remind_after
        return fields.Datetime.now() + timedelta(seconds=seconds) if seconds else False

    @api.model
    def _cron_silence(self):
        """Send due reminders and ends, each in a separate transaction."""
        # sudo: chatbot.flow.session - the scheduled action processes all of them
        sessions = self.sudo()
        domain = [
            ("silence_at", "<=", fields.Datetime.now()),
            # a citizen who is writing is not silent, answered or not
            ("turn_at", "=", 0),
            ("conversation_id.state", "=", BOT),
        ]
        due = sessions.search(domain, order="silence_at", limit=BATCH)
        for done, session in enumerate(due, 1):
            session._act_on_silence()
            more = len(due) - done or int(len(due) == BATCH)
            self.env["ir.cron"]._commit_progress(1, remaining=more)

    def _act_on_silence(self):
        """Do what is due for this session, if it still is once it is locked.

        :return: what was done: "", "remind" or "end"
        """
        self.ensure_one()
        conversation = self.conversation_id
        if not lock_at_once(conversation):
            return ""
        self.invalidate_recordset()
        now = fields.Datetime.now()
        if (
            self.status != states.INPUT
            or conversation.state != BOT
            or not self.silence_at
            or self.turn_at
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

    def _may_say(self):
        """Return whether an unsolicited message may be sent now (`core.automatic.refusal`)."""
        conversation = self.conversation_id
        moment = automatic.Moment(
            now=fields.Datetime.now(),
            state=conversation.state,
            opted_out=conversation.partner_id.contact_center_opt_out,
            window_until=conversation._window_until(),
        )
        return not automatic.refusal("inactivity_warning", moment)

    def _pass_silently(self, stage, flow):
        """Let the time pass for a citizen who must not be messaged; end the conversation."""
        if stage == "remind":
            self.engine_state = {**self.engine_state, "reminded": True}
            self.silence_at = self._silence_due(engine.State.from_json(self.engine_state), flow)
            return ""
        conversation = self.conversation_id
        self._leave(states.ENDED)
        kept = (self.engine_state or {}).get("memory") or {}
        self.engine_state = {**self.engine_state, "memory": {**kept, "left": memory.SILENCE}}
        conversation._log("flow_ended", step=self.step_key, outcome="abandoned")
        conversation._end_by_bot("abandoned")
        return stage


class Conversation(models.Model):
    """While a flow with its own times is serving, the queue's do not apply."""

    _inherit = "contact_center.conversation"

    def _inactivity_schedule(self):
        if self.state == BOT:
            session = self._flow_session()
            if session and session.version_id._compiled().silence:
                return automatic.Schedule()
        return super()._inactivity_schedule()
