# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.contact_center.core import lifecycle


class Conversation(models.Model):
    """What a leader does in somebody else's conversation.

    They whisper, and answer beside the agent. A whisper is an internal note: what keeps notes from
    citizens keeps whispers from them.
    """

    _inherit = "contact_center.conversation"

    joined = fields.Json(
        readonly=True,
        copy=False,
        help="Ids of the leaders who answer beside the agent; nobody after the next move.",
    )

    def action_whisper(self, text):
        """Let the agent read a leader's words, which the citizen never sees.

        :param text: plain text
        """
        self.ensure_one()
        self.check_access("read")
        self._check_state(lifecycle.IN_SERVICE)
        text = (text or "").strip()
        if not text:
            raise UserError(self.env._("Write what the agent is to read."))
        self.discuss_channel_id.message_post(
            body=text, message_type="comment", subtype_xmlid="mail.mt_note"
        )
        return True

    def action_join(self, reason=""):
        """Answer the citizen beside the agent, from the desk; the agent is told, and why.

        :param reason: why, in words
        :return: the action that opens the messages
        """
        self.ensure_one()
        self._check_may_join()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Please give the reason: the agent reads it."))
        self._lock()
        self._check_state(lifecycle.IN_SERVICE)
        # sudo: contact_center.conversation - the right was checked above
        conversation = self.sudo()
        agent, user = conversation.agent_id, self.env.user
        if user != agent and user.id not in (conversation.joined or []):
            self._check_agent_may_serve(user)
            conversation.joined = [*(conversation.joined or []), user.id]
            self._log("joined", reason=reason)
            self.env["contact_center.access.logged"]._note_access("watched", self, reason=reason)
            self._post_note(
                self.env._(
                    "%(user)s joined this conversation. Reason: %(reason)s",
                    user=user.name,
                    reason=reason,
                )
            )
            self._call_attention(agent, "joined", author=user.name, text=reason)
            self._bus_refresh()
        return self.action_open_discuss()

    def action_leave(self):
        """Leave the conversation to its agent again."""
        self.ensure_one()
        self.check_access("read")
        # sudo: contact_center.conversation - one's own taking part
        conversation = self.sudo()
        if self.env.uid in (conversation.joined or []):
            conversation.joined = [one for one in conversation.joined if one != self.env.uid]
            self._log("joined_ended")
            self._bus_refresh()
        return True

    def _check_may_join(self):
        """Raise AccessError unless the current user is a supervisor who sees this."""
        self.check_access("read")
        if not self.env.user.has_group("contact_center.group_supervisor"):
            raise AccessError(self.env._("Only supervisors may join a conversation."))

    def _move_to(self, state, **vals):
        """End taking part with every move, and tell the screens of the team."""
        # sudo: contact_center.conversation - who takes part, whoever moves it
        conversation = self.sudo()
        before = conversation.queue_id.id
        if conversation.joined:
            vals["joined"] = None
        result = super()._move_to(state, **vals)
        if state != lifecycle.BOT or before:
            self.env["contact_center.team"]._pulse({before, conversation.queue_id.id} - {False})
        return result

    def _discuss_payload(self):
        # sudo: contact_center.conversation - anyone who reads the channel may read this
        return {**super()._discuss_payload(), "joined": self.sudo().joined or []}


class DiscussChannel(models.Model):
    """Messages of leaders who answer beside the agent."""

    _inherit = "discuss.channel"

    def _check_agent_may_post(self, conversation):
        joined = conversation.state == lifecycle.IN_SERVICE and conversation.joined
        if joined and self.env.uid in joined:
            return None
        return super()._check_agent_may_post(conversation)
