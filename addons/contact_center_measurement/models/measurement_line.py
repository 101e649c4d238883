# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from .price import ITEM_SELECTION


class MeasurementLine(models.Model):
    """An item of a month: quantity, price, amount, and its rows."""

    _name = "contact_center.measurement.line"
    _inherit = ["contact_center.machine.row"]
    _description = "Line of a Measurement"
    _order = "measurement_id, sequence, id"
    _rec_name = "words"

    measurement_id = fields.Many2one(
        "contact_center.measurement",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(readonly=True, aggregator=None)
    item = fields.Selection(ITEM_SELECTION, required=True, readonly=True)
    words = fields.Char(string="How it is measured", readonly=True)
    unit = fields.Char(readonly=True)
    quantity = fields.Float(readonly=True, digits=(16, 4), aggregator=None)
    ordered = fields.Float(
        readonly=True, digits=(16, 4), aggregator=None, help="By service orders, for comparison."
    )
    price_id = fields.Many2one(
        "contact_center.measurement.price", readonly=True, ondelete="restrict"
    )
    price = fields.Float(string="Unit price", readonly=True, digits=(16, 4), aggregator=None)
    amount = fields.Float(readonly=True, digits=(16, 2))
    note = fields.Char(string="Remark", readonly=True)
    day_ids = fields.Many2many(
        "contact_center.measurement.day",
        "contact_center_measurement_line_day_rel",
        "line_id",
        "day_id",
        string="Days",
        readonly=True,
    )
    order_ids = fields.Many2many(
        "contact_center.service.order",
        "contact_center_measurement_line_order_rel",
        "line_id",
        "order_id",
        string="Service orders",
        readonly=True,
    )

    def action_rows(self):
        """Open the rows that this line is made of: days, or service orders."""
        self.ensure_one()
        self.check_access("read")
        name, rows = "measurement_day_action", self.day_ids
        if self.item == "HDE":
            name, rows = "service_order_action", self.order_ids
        action = self.env["ir.actions.act_window"]._for_xml_id(f"contact_center_measurement.{name}")
        return {**action, "domain": [("id", "in", rows.ids)], "context": {}}


class MeasurementDifference(models.Model):
    """Where a day that was measured comes out differently when it is counted again."""

    _name = "contact_center.measurement.difference"
    _inherit = ["contact_center.machine.row"]
    _description = "Difference to a Measurement"
    _order = "id desc"
    _rec_name = "day"

    measurement_id = fields.Many2one(
        "contact_center.measurement",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    day = fields.Date(readonly=True)
    item = fields.Selection(ITEM_SELECTION, readonly=True)
    before_id = fields.Many2one(
        "contact_center.measurement.day", string="Measured", readonly=True, ondelete="restrict"
    )
    after_id = fields.Many2one(
        "contact_center.measurement.day", string="Counted again", readonly=True, ondelete="restrict"
    )
    before = fields.Float(string="Quantity measured", readonly=True, digits=(16, 4))
    after = fields.Float(string="Quantity counted again", readonly=True, digits=(16, 4))
    found_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
