# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class AlertHearing(models.Model):
    """A conversation in which a notice was heard, and what the citizen answered."""

    _name = "contact_center.alert.hearing"
    _inherit = ["contact_center.machine.row", "contact_center.access.logged"]
    _description = "Notice Heard by a Citizen"
    _access_content = frozenset({"conversation_id"})
    _order = "id desc"
    _rec_name = "conversation_id"

    notice_id = fields.Many2one(
        "contact_center.alert.notice", required=True, readonly=True, index=True, ondelete="restrict"
    )
    conversation_id = fields.Many2one(
        "contact_center.conversation", required=True, readonly=True, index=True, ondelete="restrict"
    )
    at = fields.Datetime(
        string="When", required=True, readonly=True, default=fields.Datetime.now, index=True
    )
    answer = fields.Selection(
        [("enough", "That was enough"), ("go_on", "Wants to go on")], readonly=True
    )

    _once = models.Constraint(
        "UNIQUE(notice_id, conversation_id)", "A notice is heard once in a conversation."
    )
