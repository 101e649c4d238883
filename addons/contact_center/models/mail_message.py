# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.mail.tools.discuss import Store

from ..core.passed import passed
from ..rows import insert_rows


class MailMessage(models.Model):
    """Delivery ticks of messages, and protection of what was said in conversations."""

    _inherit = "mail.message"

    # ------------------------------------------------------------
    # Delivery ticks
    # ------------------------------------------------------------

    def _contact_center_delivery(self):
        """Return how far the messages got (hook).

        :return: {message id: {"state": one of queued, sent, delivered, read, played, failed,
            "reason": why it failed, in words,
            "parts": [{"id", "name", "reason", "again": whether it may be sent again}] of what
                failed of it, in order}}
        """
        return {}

    def _to_store(self, store, fields, **kwargs):
        full = "message_format" in fields
        super()._to_store(store, fields, **kwargs)
        if not full or not store.target.is_internal(self.env):
            return
        self._marks_to_store(store)
        delivery = self._contact_center_delivery()
        for message in self:
            if message.id in delivery:
                store.add_model_values(
                    self._name,
                    {"id": message.id, "contact_center_delivery": delivery[message.id]},
                )

    def _notify_delivery(self):
        """Update the ticks of these messages on the screens that show their channel."""
        delivery = self._contact_center_delivery()
        for message in self.filtered(lambda message: message.model == "discuss.channel"):
            channel = self.env["discuss.channel"].browse(message.res_id)
            # False clears the display: a failed reaction is on its way again
            Store(bus_channel=channel, bus_subchannel="internal_users").add_model_values(
                self._name,
                {"id": message.id, "contact_center_delivery": delivery.get(message.id, False)},
            ).bus_send()

    def _show_again(self):
        """Send these messages again to the screens that show their channel."""
        for message in self.filtered(lambda message: message.model == "discuss.channel"):
            channel = self.env["discuss.channel"].browse(message.res_id)
            Store(bus_channel=channel).add(message).bus_send()

    # ------------------------------------------------------------
    # Internal notes
    # ------------------------------------------------------------

    def _is_contact_center_note(self):
        """Return whether this message is for the team only: no comment to the citizen."""
        self.ensure_one()
        # sudo: mail.message - the guard applies to every user
        spoken = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment")
        return self.sudo().subtype_id.id != spoken

    def _holds_contact_center_note(self, attachment_ids=()):
        """Return whether one of these messages, or of those with these files, is a note.

        :param attachment_ids: ids of ir.attachment
        """
        # sudo: mail.message - the guard applies to every user
        messages = self.sudo()
        if attachment_ids:
            messages |= messages.search([("attachment_ids", "in", list(attachment_ids))])
        return any(message._is_contact_center_note() for message in messages)

    # ------------------------------------------------------------
    # Reactions
    # ------------------------------------------------------------

    def _message_reaction(self, content, action, partner, guest, store=None):
        """Only the serving agent may react, and the citizen sees it.

        The contact center has one reaction per message, like a person: a second one replaces the
        first, whoever set it.
        """
        # sudo: discuss.channel, contact_center.conversation - the guard applies to every user
        channel = self.env["discuss.channel"].sudo()
        if self.model == "discuss.channel":
            channel = channel.browse(self.res_id)
        conversation = channel.contact_center_conversation_id
        if not conversation or self._is_contact_center_note():
            # A note is for the team only, and so is what they think of it
            return super()._message_reaction(content, action, partner, guest, store)
        self.env["discuss.channel"]._check_agent_may_post(conversation)
        conversation._check_reaction(self)
        ours = self.sudo().reaction_ids.filtered(
            lambda reaction: reaction.partner_id != conversation.partner_id
        )
        if action == "add":
            for other in ours.filtered(lambda reaction: reaction.content != content):
                super()._message_reaction(
                    other.content, "remove", other.partner_id, other.guest_id, store
                )
        elif content not in ours.mapped("content"):
            return None
        result = super()._message_reaction(content, action, partner, guest, store)
        conversation._deliver_reaction(self, content if action == "add" else "")
        return result

    def _react_by_system(self, content, action, partner):
        """Add or remove a reaction in the name of `partner`: a citizen, who has no user.

        :param action: "add" or "remove"
        """
        react = super()._message_reaction
        return react(content, action, partner, self.env["mail.guest"])

    # ------------------------------------------------------------
    # Archive
    # ------------------------------------------------------------

    def _of_contact_center(self):
        """Return whether one of these messages belongs to a conversation."""
        # sudo: mail.message, discuss.channel - the guard applies to every user
        channel_ids = {
            message.res_id for message in self.sudo() if message.model == "discuss.channel"
        }
        channels = self.env["discuss.channel"].sudo().browse(channel_ids)
        return bool(channels.contact_center_conversation_id)

    def _would_be(self, vals):
        """Return whether writing `vals` makes one of these messages part of a conversation."""
        if not {"model", "res_id"} & vals.keys():
            return False
        # sudo: mail.message, discuss.channel - the guard applies to every user
        channel_ids = {
            vals.get("res_id", message.res_id)
            for message in self.sudo()
            if vals.get("model", message.model) == "discuss.channel"
        }
        channels = self.env["discuss.channel"].sudo().browse(channel_ids).exists()
        return bool(channels.contact_center_conversation_id)

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse to write into a conversation's history past the channel's own methods.

        The result is checked, not the request: a message's channel may also come from a default of
        the context or of the user.
        """
        messages = super().create(vals_list)
        if not self.env.su and not passed(self) and messages._of_contact_center():
            raise UserError(self.env._("Nothing can be added to the messages of a conversation."))
        return messages

    @api.model
    def _insert_unwatched(self, vals):
        """Insert a message without files into a channel that nobody watches (`rows.insert_rows`).

        :param vals: what was said, by whom and where; its Message-Id is added as by `create`
        """
        message = insert_rows(self, [{**vals, "message_id": self._get_message_id(vals)}])
        message._invalidate_documents(vals["model"], vals["res_id"])
        return message

    def write(self, vals):
        """Refuse to change a conversation's messages, or to move messages into one."""
        if vals and not self.env.su and (self._of_contact_center() or self._would_be(vals)):
            raise UserError(
                self.env._("Messages of a conversation can be neither changed nor deleted.")
            )
        result = super().write(vals)
        if {"body", "attachment_ids"} & vals.keys() and self._of_contact_center():
            self._contact_center_words_changed()
        return result

    def _contact_center_words_changed(self):
        """Follow a change of these messages' text or files, in SQL too (hook)."""

    @api.ondelete(at_uninstall=False)
    def _unlink_except_contact_center(self):
        if self._of_contact_center():
            raise UserError(
                self.env._("Messages of a conversation can be neither changed nor deleted.")
            )
