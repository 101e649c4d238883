# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..models.chatbot_flow_approval import APPROVERS


class Person(models.TransientModel):
    """Adds a duty to people: approving flows."""

    _inherit = "contact_center.person"

    is_flow_approver = fields.Boolean(
        string="Approves flows",
        help="Lets a flow that somebody else edited go into service. Administrators may anyway.",
    )


class ResUsers(models.Model):
    """The group behind the duty."""

    _inherit = "res.users"

    @api.model
    def _contact_center_duties(self):
        """Add the group that approves flows."""
        return {**super()._contact_center_duties(), "is_flow_approver": APPROVERS}
