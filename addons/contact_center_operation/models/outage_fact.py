# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError


class OutageFact(models.Model):
    """One thing that happened in an outage, noticed by the system or written.

    People write it. It is kept.
    """

    _name = "contact_center.outage.fact"
    _inherit = ["contact_center.machine.row"]
    _description = "Outage Fact"
    _order = "at, id"
    _rec_name = "kind"

    outage_id = fields.Many2one(
        "contact_center.outage", required=True, readonly=True, index=True, ondelete="restrict"
    )
    at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    kind = fields.Selection(
        [
            ("began", "Stopped working"),
            ("again", "Stopped again"),
            ("ended", "Works again"),
            ("mailed", "E-mail to the city"),
            ("told", "The city was told"),
            ("reminded", "Reminder"),
            ("late", "A time limit passed"),
            ("closed", "Closed"),
            ("note", "Note"),
            ("cause", "Cause"),
        ],
        required=True,
        readonly=True,
    )
    text = fields.Text(readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Written by",
        readonly=True,
        ondelete="restrict",
        help="Empty: noticed by the system.",
    )

    def write(self, vals):  # pylint: disable=method-required-super
        """Refuse every change."""
        raise UserError(self.env._("Facts of an outage cannot be changed: add a note."))

    def unlink(self):  # pylint: disable=method-required-super
        """Refuse every deletion."""
        words = self.env._("Facts of an outage cannot be deleted.")
        raise UserError(words)  # pylint: disable=no-raise-unlink
