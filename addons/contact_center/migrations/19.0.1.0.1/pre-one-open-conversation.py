# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Prepare the unique index on open conversations: close a citizen's duplicates.

The one in service stays, otherwise the newest. The others end as expired, with an event.
"""

from odoo.tools import sql

_CLOSE_DOUBLES = """
WITH ranked AS (
    SELECT id, row_number() OVER (
        PARTITION BY partner_id, channel_kind, COALESCE(number_key, '')
        ORDER BY (state = 'in_service') DESC, (state = 'queued') DESC, id DESC) AS place
    FROM contact_center_conversation WHERE state != 'closed'
), closed AS (
    UPDATE contact_center_conversation c
    SET state = 'closed', outcome = 'expired', closed_at = now() AT TIME ZONE 'UTC'
    FROM ranked WHERE ranked.id = c.id AND ranked.place > 1
    RETURNING c.id, c.queue_id, c.agent_id
)
INSERT INTO contact_center_event (conversation_id, kind, at, queue_id, agent_id, data)
SELECT id, 'closed', now() AT TIME ZONE 'UTC', queue_id, agent_id, '{"outcome": "expired"}'
FROM closed
"""


def migrate(cr, version):
    """Fill `number_key` and close the duplicates."""
    if not sql.column_exists(cr, "contact_center_conversation", "number_key"):
        sql.create_column(cr, "contact_center_conversation", "number_key", "varchar")
        # The channel's addon is not loaded yet; it would find the column and leave it empty.
        if sql.column_exists(cr, "contact_center_conversation", "whatsapp_account_id"):
            cr.execute(
                """
                UPDATE contact_center_conversation
                SET number_key = 'whatsapp:' || whatsapp_account_id
                WHERE whatsapp_account_id IS NOT NULL
                """
            )
    cr.execute(_CLOSE_DOUBLES)
