# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Give earlier loans what the ledger asks for.

That is moments in microseconds, and why they ended.

Of earlier loans only the second is known.
"""

from odoo.tools import sql


def migrate(cr, version):
    """Add the columns and fill them."""
    if not sql.table_exists(cr, "contact_center_loan"):
        return
    if not sql.column_exists(cr, "contact_center_loan", "since_us"):
        sql.create_column(cr, "contact_center_loan", "since_us", "int8")
        sql.create_column(cr, "contact_center_loan", "until_us", "int8")
        cr.execute(
            """
            UPDATE contact_center_loan loan SET
                since_us = (EXTRACT(EPOCH FROM since) * 1000000)::int8,
                until_us = (EXTRACT(EPOCH FROM until) * 1000000)::int8,
                lender_id = COALESCE(loan.lender_id, rule.lender_id),
                borrower_names = COALESCE(borrower_names, ''),
                why = COALESCE(why, ''),
                why_home = CASE WHEN until IS NOT NULL THEN COALESCE(why_home, '') END
            FROM contact_center_queue_loan rule WHERE rule.id = loan.rule_id
            """
        )
