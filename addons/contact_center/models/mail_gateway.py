# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Blocks e-mail as a way into a conversation, or to system rights."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError


class MailMail(models.Model):
    """Guards e-mails, which are stored on a message with system rights for any sender.

    The mass mail composer posts a message on the record it refers to; a user who sends a template
    chooses its values, including the message it belongs to. Nothing in a conversation is sent by
    e-mail, so no e-mail may belong to a conversation's message.
    """

    _inherit = "mail.mail"

    @api.model
    def _check_of_no_conversation(self, messages):
        """Raise UserError if one of these messages was said in a conversation."""
        if messages._of_contact_center():
            raise UserError(
                self.env._("Messages of a conversation can be neither changed nor deleted.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse an e-mail that would be, or would change, a conversation's message.

        Its message is checked before, since it may be moved away, and again afterwards.
        """
        default = self.default_get(["mail_message_id"]).get("mail_message_id")
        named = [vals.get("mail_message_id", default) for vals in vals_list]
        self._check_of_no_conversation(self.env["mail.message"].browse(filter(None, named)))
        mails = super().create(vals_list)
        self._check_of_no_conversation(mails.mail_message_id)
        return mails

    def write(self, vals):
        """Refuse to link an e-mail to a conversation's message."""
        if vals.get("mail_message_id"):
            named = self.env["mail.message"].browse(vals["mail_message_id"])
            self._check_of_no_conversation(named)
        result = super().write(vals)
        if {"model", "res_id"} & vals.keys():
            self._check_of_no_conversation(self.mail_message_id)
        return result


class MailThread(models.AbstractModel):
    """The mail gateway, which acts with system rights and which users may not feed.

    In Odoo every user may.

    An e-mail specifies its sender, its record, and, through `custom_values`, any values of that
    record. Here users cannot feed it; fetching mail by the system, or by an Odoo administrator's
    button, still works.
    """

    _inherit = "mail.thread"

    @api.model
    def message_process(self, model, message, custom_values=None, **kwargs):
        """Process an incoming e-mail; see Odoo's own method.

        :raise AccessError: the caller is not an Odoo administrator, or passes values
        """
        administers = self.env.user.has_group("base.group_system") and not custom_values
        if not self.env.su and not administers:
            raise AccessError(self.env._("Letters are taken in by the system only."))
        return super().message_process(model, message, custom_values=custom_values, **kwargs)
