from odoo import models
from odoo.exceptions import UserError


class DiscussChannel(models.Model):
    """Internal notes in a conversation's channel: for the team, never for the citizen."""

    _inherit = "discuss.channel"

    def _is_note_post(self, post):
        """Whether a post with these arguments is a note: all that is not said to the citizen.

        Odoo takes a post without a subtype for a note as well.
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
        """Raise UserError if something said to the citizen quotes a note or takes its files."""
        quoted = self.env["mail.message"].browse(post.get("parent_id") or []).exists()
        attachment_ids = [one for one in post.get("attachment_ids") or [] if isinstance(one, int)]
        if quoted._holds_contact_center_note(attachment_ids):
            raise UserError(
                self.env._("An internal note, or a file of one, is never sent to the citizen.")
            )

    # ------------------------------------------------------------
    # Who is told
    # ------------------------------------------------------------

    def _get_allowed_message_partner_ids(self, partner_ids):
        """In a conversation the people of the team are mentioned, members or not; nobody else."""
        conversation = self._contact_center_conversation()
        if not conversation:
            return super()._get_allowed_message_partner_ids(partner_ids)
        audience = conversation._note_audience().partner_id
        return (self.env["res.partner"].browse(partner_ids) & audience).ids

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """No message of a conversation leaves by e-mail, and none is pushed to the citizen.

        The citizen is a member of the channel and may have an e-mail address, or even a user of
        their own: what is said reaches them over the conversation's channel only.
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
        """Refuse: what was said in a conversation leaves by its own export only."""
        if self._contact_center_conversation():
            raise UserError(self.env._("The transcript of a conversation is not sent by e-mail."))
        return super()._email_livechat_transcript(email)

    def _get_channel_history(self):
        """Give other addons what was said in a conversation, without the internal notes."""
        conversation = self._contact_center_conversation()
        return conversation.transcript if conversation else super()._get_channel_history()
