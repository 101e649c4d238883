# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from random import randint

from odoo import fields, models


class Tag(models.Model):
    """A coloured label that agents put on conversations to find them again."""

    _name = "contact_center.tag"
    _description = "Contact Center Tag"
    _order = "name, id"

    name = fields.Char(required=True)
    # One of the eleven colours of Odoo's tags; 0 is none
    color = fields.Integer(default=lambda self: randint(1, 11), aggregator=None)
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex("(lower(name))", "There is already a tag of this name.")
