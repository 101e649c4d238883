# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..measure import park_goal, shown


class Equipment(models.Model):
    """Equipment or a data link of the contract: what may stand still.

    Equipment is registered by category and type with its number of units, a link by itself. A
    change of the number is another row: the earlier one ends.
    """

    _name = "contact_center.contract.equipment"
    _description = "Equipment of the Contract"
    _order = "kind, category, name, date_from"

    name = fields.Char(required=True, help="Type of equipment, or the carrier's name of the link.")
    kind = fields.Selection(
        [("unit", "Equipment"), ("link", "Data link")], required=True, default="unit"
    )
    category = fields.Char(help="Computers, headsets, switches: as the contract groups them.")
    contract_id = fields.Many2one(
        "contact_center.contract",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("state", "=", "approved")],
        default=lambda self: self.env["contact_center.contract"]._of_today(),
    )
    company_id = fields.Many2one(related="contract_id.company_id", store=True)
    units = fields.Integer(required=True, default=1)
    date_from = fields.Date(string="Installed on", required=True, default=fields.Date.context_today)
    date_until = fields.Date(string="In use until", help="The last day; empty: still in use.")
    occurrence_ids = fields.One2many(
        "contact_center.indicator.occurrence", "equipment_id", string="Stoppages", readonly=True
    )
    stopped = fields.Integer(string="Stopped now", compute="_compute_stopped")
    goal = fields.Char(string="May be stopped", compute="_compute_stopped")

    _units_positive = models.Constraint("CHECK(units > 0)", "There is at least one unit.")
    _link_is_one = models.Constraint(
        "CHECK(kind != 'link' OR units = 1)", "Each data link is registered by itself."
    )
    _until_after_from = models.Constraint(
        "CHECK(date_until IS NULL OR date_until >= date_from)",
        "It cannot be taken away before it was installed.",
    )

    @api.depends("occurrence_ids.mended_at", "occurrence_ids.units", "units", "kind")
    def _compute_stopped(self):
        versions = self.env["contact_center.indicator.version"]
        reading = versions._reading_on(self.env["contact_center.indicator.source"]._today())
        for one in self:
            # sudo: contact_center.indicator.occurrence - a sum for those who read the register
            going_on = one.sudo().occurrence_ids.filtered(
                lambda stop: not stop.mended_at and stop.state != "refused"
            )
            one.stopped = min(sum(going_on.mapped("units")), one.units)
            share = 0 if one.kind == "link" else park_goal(one.units, reading)
            one.goal = f"{shown(share, 0)} %"

    def _installed_on(self, day):
        """Return those of this register that were in use on a day."""
        return self.filtered(
            lambda one: one.date_from <= day and (not one.date_until or one.date_until >= day)
        )
