# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..core.wallboard import LONGEST_DAYS


class WallboardLink(models.TransientModel):
    """Make the link of a wallboard, and show it once."""

    _name = "contact_center.wallboard.link"
    _description = "Link of a Wallboard"

    wallboard_id = fields.Many2one(
        "contact_center.wallboard", required=True, readonly=True, ondelete="cascade"
    )
    days = fields.Integer(
        string="Valid for (days)", default=180, help=f"At most {LONGEST_DAYS} days."
    )
    # Never stored: the database keeps a hash only.
    link = fields.Char(compute="_compute_link")

    @api.depends_context("contact_center_link")
    def _compute_link(self):
        self.link = self.env.context.get("contact_center_link") or False

    def action_make(self):
        """Make the link; the former one ends."""
        self.ensure_one()
        link = self.wallboard_id._make_link(self.days)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Link of the wallboard"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"contact_center_link": link},
        }
