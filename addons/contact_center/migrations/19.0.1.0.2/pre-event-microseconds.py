# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Give the events their microseconds: of earlier ones only the second is known."""

from odoo.tools import sql


def migrate(cr, version):
    """Add and fill the column before Odoo would fill it with one value for all rows."""
    if not sql.column_exists(cr, "contact_center_event", "at_us"):
        sql.create_column(cr, "contact_center_event", "at_us", "int8")
        cr.execute(
            "UPDATE contact_center_event SET at_us = (EXTRACT(EPOCH FROM at) * 1000000)::int8"
        )
