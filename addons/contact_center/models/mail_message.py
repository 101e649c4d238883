from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.mail.tools.discuss import Store

# Marks messages that the methods of discuss.channel make, which check who may. Compared by
# identity: a context that comes from a browser cannot hold it.
OWN_MESSAGE = object()


class MailMessage(models.Model):
    """Delivery ticks of messages, and protection of what was said in conversations."""

    _inherit = "mail.message"

    # ------------------------------------------------------------
    # Delivery ticks
    # ------------------------------------------------------------

    def _contact_center_delivery(self):
        """Hook: how far the messages got.

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
        delivery = self._contact_center_delivery()
        for message in self:
            if message.id in delivery:
                store.add_model_values(
                    self._name,
                    {"id": message.id, "contact_center_delivery": delivery[message.id]},
                )

    def _notify_delivery(self):
        """Show the present ticks of these messages on the screens that show their channel."""
        delivery = self._contact_center_delivery()
        for message in self.filtered(lambda message: message.model == "discuss.channel"):
            channel = self.env["discuss.channel"].browse(message.res_id)
            # False takes away what was shown: a reaction that failed is on its way again
            Store(bus_channel=channel, bus_subchannel="internal_users").add_model_values(
                self._name,
                {"id": message.id, "contact_center_delivery": delivery.get(message.id, False)},
            ).bus_send()

    def _show_again(self):
        """Send these messages once more to the screens that show their channel."""
        for message in self.filtered(lambda message: message.model == "discuss.channel"):
            channel = self.env["discuss.channel"].browse(message.res_id)
            Store(bus_channel=channel).add(message).bus_send()

    # ------------------------------------------------------------
    # Internal notes
    # ------------------------------------------------------------

    def _is_contact_center_note(self):
        """Whether this message is for the team only: anything but a comment to the citizen."""
        self.ensure_one()
        # sudo: mail.message - the guard looks whoever is asking
        spoken = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment")
        return self.sudo().subtype_id.id != spoken

    def _holds_contact_center_note(self, attachment_ids=()):
        """Whether one of these messages, or of those that have one of these files, is a note.

        :param attachment_ids: ids of ir.attachment
        """
        # sudo: mail.message - the guard looks whoever is asking
        messages = self.sudo()
        if attachment_ids:
            messages |= messages.search([("attachment_ids", "in", list(attachment_ids))])
        return any(message._is_contact_center_note() for message in messages)

    # ------------------------------------------------------------
    # Reactions
    # ------------------------------------------------------------

    def _message_reaction(self, content, action, partner, guest, store=None):
        """Only the agent in service reacts, and the citizen sees it.

        The contact centre has one reaction for each message, as a person has: a second one takes
        the place of the first, whoever gave that.
        """
        # sudo: discuss.channel, contact_center.conversation - the guard looks whoever is asking
        channel = self.env["discuss.channel"].sudo()
        if self.model == "discuss.channel":
            channel = channel.browse(self.res_id)
        conversation = channel.contact_center_conversation_id
        by_system = self.env.context.get("contact_center_message") is OWN_MESSAGE
        if not conversation or by_system or self._is_contact_center_note():
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

    # ------------------------------------------------------------
    # Archive
    # ------------------------------------------------------------

    def _of_contact_center(self):
        """Whether one of these messages was said in a conversation of the contact centre."""
        # sudo: mail.message, discuss.channel - the guard looks whoever is asking
        channel_ids = {
            message.res_id for message in self.sudo() if message.model == "discuss.channel"
        }
        channels = self.env["discuss.channel"].sudo().browse(channel_ids)
        return bool(channels.contact_center_conversation_id)

    def _would_be(self, vals):
        """Whether writing `vals` makes one of these messages part of a conversation."""
        if not {"model", "res_id"} & vals.keys():
            return False
        # sudo: mail.message, discuss.channel - the guard looks whoever is asking
        channel_ids = {
            vals.get("res_id", message.res_id)
            for message in self.sudo()
            if vals.get("model", message.model) == "discuss.channel"
        }
        channels = self.env["discuss.channel"].sudo().browse(channel_ids).exists()
        return bool(channels.contact_center_conversation_id)

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse users to write into a conversation's archive past the channel's own methods.

        What was made is looked at, not what was asked for: the place of a message may come from
        a default of the context or of the user as well.
        """
        messages = super().create(vals_list)
        own = self.env.context.get("contact_center_message") is OWN_MESSAGE
        if not self.env.su and not own and messages._of_contact_center():
            raise UserError(self.env._("Nobody adds to what was said in a conversation."))
        return messages

    def write(self, vals):
        """Refuse people to change what was said in a conversation, or to move words into one."""
        if vals and not self.env.su and (self._of_contact_center() or self._would_be(vals)):
            raise UserError(
                self.env._("What was said in a conversation is neither changed nor deleted.")
            )
        result = super().write(vals)
        if {"body", "attachment_ids"} & vals.keys() and self._of_contact_center():
            self.env["contact_center.archive.message"]._reindex(self)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_contact_center(self):
        if self._of_contact_center():
            raise UserError(
                self.env._("What was said in a conversation is neither changed nor deleted.")
            )
