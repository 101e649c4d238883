# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import measurement

# The items of the contract on screens; in papers they are called as the core calls them.
ITEM_SELECTION = [
    ("HL6", "Logged hours, positions of 6 h (HL6)"),
    ("HL24", "Logged hours, positions of 24 h (HL24)"),
    ("AE24H", "Electronic contacts (AE24H)"),
    ("SMS", "Text messages (SMS)"),
    ("HDE", "Development hours (HDE)"),
]
# Said again here: the words of a selection belong to the addon that says them.
STATES = [
    ("draft", "Draft"),
    ("requested", "Waiting for approval"),
    ("approved", "Approved"),
    ("refused", "Refused"),
]


def decimal_of(value, places=measurement.PLACES):
    """Return the decimal that was written into a float field with so many places."""
    return Decimal(f"{value:.{places}f}")


class Price(models.Model):
    """What one unit of an item costs, from a month on.

    Both parties decide on it. What was released keeps the price by which it was measured.
    """

    _name = "contact_center.measurement.price"
    _inherit = ["contact_center.indicator.decided"]
    _description = "Unit Price of the Contract"
    _rec_name = "document"

    state = fields.Selection(STATES)
    start = fields.Date(help="The first day of a month that was not measured yet.")
    item = fields.Selection(ITEM_SELECTION, required=True)
    price = fields.Float(
        string="Unit price", required=True, digits=(16, 4), aggregator=None, help="In reais."
    )

    _price_positive = models.Constraint("CHECK(price > 0)", "A unit price is above zero.")
    _start_unique = models.UniqueIndex(
        "(item, start) WHERE state = 'approved'", "Another price of this item begins on this day."
    )

    @api.constrains("start")
    def _check_start(self):
        if any(price.start.day != 1 for price in self):
            raise ValidationError(self.env._("A price begins on the first day of a month."))

    def _check_may_begin(self):
        """Refuse what would change a month that was released."""
        self.env["contact_center.measurement"]._check_not_released(self.start)
        # sudo: contact_center.measurement.price - prices are no secret of the two parties
        others = self.sudo().search(
            [("state", "=", "approved"), ("item", "=", self.item), ("start", "=", self.start)]
        )
        if others - self:
            raise UserError(self.env._("Another price of this item begins on this day."))

    @api.model
    def _in_force(self, day):
        """Return the prices that have begun by a day, as `measurement.Price`s."""
        # sudo: contact_center.measurement.price - the callers check who may know
        approved = self.sudo().search([("state", "=", "approved"), ("start", "<=", day)])
        return [
            measurement.Price(one.item, one.start, decimal_of(one.price), one.id)
            for one in approved
        ]

    @api.model
    def _first_day(self):
        """Return the day from which anything is paid, None without a price."""
        # sudo: contact_center.measurement.price - a date only
        first = self.sudo().search([("state", "=", "approved")], order="start", limit=1)
        return first.start or None
