# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Operation(models.Model):
    """What a team is there for, as contracts name it: a city's 156, a health line."""

    _name = "contact_center.operation"
    _description = "Contact Center Operation"
    _order = "name"

    name = fields.Char(required=True)
    company_id = fields.Many2one("res.company", help="Empty: all companies.")
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex("(name)", "There is already an operation of this name.")
