# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..gateway import parts


class SmsSend(models.TransientModel):
    """Dialog: one text message to one citizen, with what it will be billed."""

    _name = "contact_center.sms.send"
    _description = "Contact Center: Send a Text Message"

    partner_id = fields.Many2one("res.partner", string="Citizen", required=True)
    number = fields.Char(
        string="Mobile", compute="_compute_number", store=True, readonly=False, required=True
    )
    text = fields.Text(required=True)
    shown = fields.Text(string="The citizen reads", compute="_compute_shown")
    bill = fields.Char(string="Billed", compute="_compute_shown")

    @api.depends("partner_id")
    def _compute_number(self):
        for dialog in self:
            dialog.number = dialog.partner_id.phone

    @api.depends("text")
    def _compute_shown(self):
        gateway = self.env["contact_center.sms.gateway"]._of_company(self.env.company)
        for dialog in self:
            words = parts.tidy(dialog.text or "", accents=gateway.has_accents)
            taken = parts.measure(words)
            dialog.shown = words
            dialog.bill = self.env._(
                "%(parts)s parts; %(left)s characters are left in the last one.",
                parts=taken.count,
                left=taken.left,
            )

    def action_send(self):
        """Put the message into the outbox.

        :raise UserError: no gateway, no mobile, or a citizen who wants no messages
        """
        self.ensure_one()
        if not self.env.user.has_group("contact_center.group_technician"):
            raise AccessError(self.env._("Only agents write to citizens."))
        gateway = self.env["contact_center.sms.gateway"]._of_company(self.env.company)
        if not gateway:
            raise UserError(self.env._("No SMS gateway is in use: an administrator sets one up."))
        if self.partner_id.contact_center_opt_out:
            raise UserError(
                self.env._("%s wants no messages that they did not ask for.", self.partner_id.name)
            )
        # sudo: contact_center.sms.message - rows of the system, the right was checked
        outbox = self.env["contact_center.sms.message"].sudo()
        number = outbox._mobile(self.number)
        # sudo: contact_center.sms.identity - an answer of this number finds this citizen
        self.env["contact_center.sms.identity"].sudo()._of(number, self.partner_id)
        outbox._say(gateway, number, self.text, partner_id=self.partner_id.id)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The message is on its way."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
