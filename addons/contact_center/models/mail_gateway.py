"""E-mail is no way into a conversation, and no way to the system's rights."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError


class MailMail(models.Model):
    """An e-mail is written over a message, with the system's rights, whoever has it sent.

    The composer of mass mail makes a message of the record that it names; whoever has a template
    sent says with which values, among them over which message. Nothing of a conversation is sent
    by e-mail, so no e-mail stands over what was said in one.
    """

    _inherit = "mail.mail"

    @api.model
    def _check_of_no_conversation(self, messages):
        """Raise UserError if one of these messages was said in a conversation."""
        if messages._of_contact_center():
            raise UserError(
                self.env._("What was said in a conversation is neither changed nor deleted.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse an e-mail that would be, or would change, a message of a conversation.

        The message over which it is to stand is looked at before, since it may be moved away,
        and whatever became of it afterwards.
        """
        default = self.default_get(["mail_message_id"]).get("mail_message_id")
        named = [vals.get("mail_message_id", default) for vals in vals_list]
        self._check_of_no_conversation(self.env["mail.message"].browse(filter(None, named)))
        mails = super().create(vals_list)
        self._check_of_no_conversation(mails.mail_message_id)
        return mails

    def write(self, vals):
        """Refuse to make one of a message of a conversation."""
        if vals.get("mail_message_id"):
            named = self.env["mail.message"].browse(vals["mail_message_id"])
            self._check_of_no_conversation(named)
        result = super().write(vals)
        if {"model", "res_id"} & vals.keys():
            self._check_of_no_conversation(self.mail_message_id)
        return result


class MailThread(models.AbstractModel):
    """Odoo lets every user feed letters to the mail gateway, which acts with the system's rights.

    A letter names its sender, the record that it is about, and, by `custom_values`, whatever that
    record is to hold. Here people receive no e-mail by it; the fetching of mail by the system, or
    by the button of whoever administers Odoo, goes on.
    """

    _inherit = "mail.thread"

    @api.model
    def message_process(self, model, message, custom_values=None, **kwargs):
        """Take in a letter; see Odoo's own.

        :raise AccessError: somebody calls it who does not administer Odoo, or with values
        """
        administers = self.env.user.has_group("base.group_system") and not custom_values
        if not self.env.su and not administers:
            raise AccessError(self.env._("Letters are taken in by the system only."))
        return super().message_process(model, message, custom_values=custom_values, **kwargs)
