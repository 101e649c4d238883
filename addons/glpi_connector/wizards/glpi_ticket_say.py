# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError


class GlpiTicketSay(models.TransientModel):
    """Dialog in which an agent adds to a ticket in GLPI: words, files, another status."""

    _name = "glpi.ticket.say"
    _description = "Write to a GLPI Ticket"

    ticket_id = fields.Many2one("glpi.ticket", required=True, readonly=True, ondelete="cascade")
    kind = fields.Selection(
        [("followup", "Followup"), ("status", "New status")], required=True, default="followup"
    )
    audience = fields.Selection(
        [("private", "GLPI's technicians only"), ("public", "Also the requester")],
        required=True,
        default="private",
    )
    content = fields.Text(string="Text")
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    status = fields.Selection(
        selection=lambda self: [
            option
            for option in self.env["glpi.ticket"]
            ._fields["glpi_status"]
            ._description_selection(self.env)
            # solved and closed belong to a solution, which is written in GLPI
            if option[0] in ("1", "2", "3", "4")
        ],
        string="New status",
    )

    def action_send(self):
        """Put it into the ticket's outbox; it is sent right afterwards."""
        self.ensure_one()
        ticket = self.ticket_id
        ticket._check_may_send()
        if self.kind == "status":
            if not self.status:
                raise UserError(self.env._("Choose the new status."))
            ticket._send_to_glpi("status", status=self.status)
            return {"type": "ir.actions.act_window_close"}
        words = (self.content or "").strip()
        if not words and not self.attachment_ids:
            raise UserError(self.env._("Write something, or add a file."))
        ticket._send_to_glpi(
            "followup",
            words or "📎",
            author=self.env.user.name,
            private=self.audience == "private",
            attachments=self.attachment_ids,
        )
        return {"type": "ir.actions.act_window_close"}
