# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Fill new columns of large tables in SQL, before Odoo would do so row by row.

Of earlier events and states of agents only the second is known, not the microsecond.
"""

from odoo.tools import SQL, sql

_MICROSECONDS = (
    ("contact_center_event", "at", "at_us"),
    ("contact_center_agent_state", "start", "start_us"),
    ("contact_center_agent_state", "end", "end_us"),
)


def migrate(cr, version):
    """Add the columns and fill them."""
    for table, second, microsecond in _MICROSECONDS:
        if not sql.column_exists(cr, table, microsecond):
            sql.create_column(cr, table, microsecond, "int8")
            cr.execute(
                SQL(
                    """
                    UPDATE %(table)s
                    SET %(microsecond)s = (EXTRACT(EPOCH FROM %(second)s) * 1000000)::int8
                    WHERE %(second)s IS NOT NULL
                    """,
                    table=SQL.identifier(table),
                    second=SQL.identifier(second),
                    microsecond=SQL.identifier(microsecond),
                )
            )
    if not sql.column_exists(cr, "contact_center_conversation", "nature"):
        sql.create_column(cr, "contact_center_conversation", "nature", "varchar")
        cr.execute(
            """
            UPDATE contact_center_conversation c SET nature = d.nature
            FROM contact_center_disposition d WHERE d.id = c.disposition_id
            """
        )
