# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields


class Microseconds(fields.Integer):
    """A moment in microseconds since 1970, see `core.microseconds`; 0 for none.

    It needs eight bytes. Over RPC Odoo passes such numbers as floats, which hold them exactly.
    """

    _column_type = ("int8", "int8")
    aggregator = None

    def convert_to_column(self, value, record, values=None, validate=True):
        """Store no moment as NULL, so that sums and comparisons in SQL leave it out."""
        return int(value) if value else None
