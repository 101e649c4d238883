# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class MailMessage(models.Model):
    """Ticks of messages that went out as text messages."""

    _inherit = "mail.message"

    def _contact_center_delivery(self):
        delivery = super()._contact_center_delivery()
        # sudo: contact_center.sms.message - readers of a message may see how far it got
        outgoing = (
            self.env["contact_center.sms.message"]
            .sudo()
            .search([("mail_message_id", "in", self.ids), ("direction", "=", "out")])
        )
        delivery.update(outgoing._ticks())
        return delivery
