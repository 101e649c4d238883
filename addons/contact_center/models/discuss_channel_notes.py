# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import UserError


class DiscussChannel(models.Model):
    """Internal notes in a conversation's channel: for the team, never for the citizen."""

    _inherit = "discuss.channel"

    def _is_note_post(self, post):
        """Return whether a post with these arguments is a note: anything not meant for the citizen.

        Odoo also treats a post without a subtype as a note.
        """
        find = self.env["ir.model.data"]._xmlid_to_res_id
        subtype_id = post.get("subtype_id") or find(
            post.get("subtype_xmlid") or "mail.mt_note", raise_if_not_found=False
        )
        return subtype_id != find("mail.mt_comment")

    def _check_may_write_note(self, conversation):
        """Raise UserError unless the user is the agent of `conversation`, or a supervisor."""
        user = self.env.user
        if conversation.agent_id != user and not user.has_group("contact_center.group_supervisor"):
            raise UserError(
                self.env._(
                    "Only the agent of conversation %s and supervisors write notes in it.",
                    conversation.protocol,
                )
            )

    def _check_holds_no_note(self, post):
        """Raise UserError if a message to the citizen quotes a note or reuses its files."""
        quoted = self.env["mail.message"].browse(post.get("parent_id") or []).exists()
        attachment_ids = [one for one in post.get("attachment_ids") or [] if isinstance(one, int)]
        if quoted._holds_contact_center_note(attachment_ids):
            raise UserError(
                self.env._("An internal note, or a file of one, is never sent to the citizen.")
            )

    # ------------------------------------------------------------
    # Receivers of notes
    # ------------------------------------------------------------

    def _get_allowed_message_partner_ids(self, partner_ids):
        """Restrict mentions in a conversation to the team, members of the channel or not."""
        conversation = self._contact_center_conversation()
        if not conversation:
            return super()._get_allowed_message_partner_ids(partner_ids)
        audience = conversation._note_audience().partner_id
        return (self.env["res.partner"].browse(partner_ids) & audience).ids

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Send no message of a conversation by e-mail, and push none to the citizen.

        The citizen is a member of the channel and may have an e-mail address, or even a user
        account: messages reach them only over the conversation's channel.
        """
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        conversation = self._contact_center_conversation()
        if not conversation:
            return recipients
        return [
            {**recipient, "notif": "inbox" if recipient["notif"] == "email" else recipient["notif"]}
            for recipient in recipients
            if not recipient["share"] and recipient["id"] != conversation.partner_id.id
        ]

    # ------------------------------------------------------------
    # Live chat's own transcripts
    # ------------------------------------------------------------

    def _email_livechat_transcript(self, email):
        """Refuse: a conversation's content leaves only through its own export."""
        if self._contact_center_conversation():
            raise UserError(self.env._("The transcript of a conversation is not sent by e-mail."))
        return super()._email_livechat_transcript(email)

    def _get_channel_history(self):
        """Return a conversation's messages to other addons, without internal notes."""
        conversation = self._contact_center_conversation()
        return conversation.transcript if conversation else super()._get_channel_history()
