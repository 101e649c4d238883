# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError


class AutomaticMessageTest(models.TransientModel):
    """Send an automatic message, with sample values, to your own phone."""

    _name = "contact_center.automatic.message.test"
    _description = "Contact Center Test of an Automatic Message"

    message_id = fields.Many2one(
        "contact_center.automatic.message", required=True, ondelete="cascade"
    )
    preview = fields.Html(related="message_id.preview")
    recipient = fields.Char(
        required=True,
        string="Number",
        help="A telephone of your own, with area code, that has written to us lately.",
    )

    def action_send(self):
        """Send the message now; raise UserError with the reason if it cannot be sent."""
        self.ensure_one()
        self._send(self.message_id._sample_text())
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The test is on its way to %s.", self.recipient),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _send(self, text):
        """Send `text` to `self.recipient` over a channel (hook).

        A channel that cannot calls super.
        """
        raise UserError(self.env._("No channel is installed over which a test could be sent."))
