# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields


class Count(fields.Integer):
    """A whole number of eight bytes, for sums of microseconds; 0 is stored as 0."""

    _column_type = ("int8", "int8")
