# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from ..cloud_api.errors import TOO_LARGE


class MailMessage(models.Model):
    """Ticks of messages that went out over WhatsApp."""

    _inherit = "mail.message"

    def _contact_center_marks(self):
        marks = super()._contact_center_marks()
        # sudo: whatsapp.message - readers of a message may see its delivery status
        messages = (
            self.env["whatsapp.message"]
            .sudo()
            .search_fetch(
                [("mail_message_id", "in", self.ids)],
                ["mail_message_id", "marks", "media_state", "error_code"],
            )
        )
        for message in messages:
            shown = dict(message.marks or {})
            if message.media_state in ("held", "failed") and message.error_code != TOO_LARGE:
                shown["file"] = message.media_state
            if shown:
                marks[message.mail_message_id.id] = shown
        return marks

    def _contact_center_delivery(self):
        delivery = super()._contact_center_delivery()
        # sudo: whatsapp.message - readers of a message may see how far it got
        outgoing = (
            self.env["whatsapp.message"]
            .sudo()
            .search([("mail_message_id", "in", self.ids), ("direction", "=", "out")])
        )
        delivery.update(outgoing._ticks())
        return delivery
