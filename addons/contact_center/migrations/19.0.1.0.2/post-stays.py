# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Make the stays of earlier conversations out of their events.

Each event that puts a conversation into a queue opens a stay, the next move ends it. Citizens who
were passed straight to an agent did not wait.
"""

_STAYS = """
WITH moves AS (
    SELECT id, conversation_id, queue_id, kind, at_us, data,
           lead(kind) OVER later AS next_kind,
           GREATEST(lead(at_us) OVER later, at_us) AS next_us,
           lead(agent_id) OVER later AS next_agent,
           lead(data ->> 'outcome') OVER later AS next_outcome
    FROM contact_center_event
    WHERE kind IN ('queued', 'transferred', 'released', 'accepted', 'taken_over',
                   'returned_to_bot', 'closed')
    WINDOW later AS (PARTITION BY conversation_id ORDER BY id)
), stays AS (
    SELECT m.*, c.state = 'queued' AND m.next_kind IS NULL AS is_open,
           CASE WHEN m.next_kind IN ('accepted', 'taken_over') THEN 'accepted'
                WHEN m.next_kind IN ('queued', 'transferred', 'released') THEN 'transferred'
                WHEN m.next_kind = 'returned_to_bot' THEN 'returned_to_bot'
                WHEN m.next_outcome = 'abandoned' THEN 'abandoned'
                ELSE 'closed' END AS how
    FROM moves m JOIN contact_center_conversation c ON c.id = m.conversation_id
    WHERE m.kind IN ('queued', 'transferred', 'released')
      AND COALESCE(m.data ->> 'to_agent', '') = ''
      AND (m.next_kind IS NOT NULL OR c.state = 'queued')
)
INSERT INTO contact_center_stay (
    conversation_id, queue_id, entered_at, entered_us, since_us, left_at, left_us, left_how,
    agent_id, waited_seconds, create_date, write_date)
SELECT conversation_id, queue_id, to_timestamp(at_us / 1000000) AT TIME ZONE 'UTC', at_us, at_us,
       CASE WHEN NOT is_open THEN to_timestamp(next_us / 1000000) AT TIME ZONE 'UTC' END,
       CASE WHEN NOT is_open THEN next_us END,
       CASE WHEN NOT is_open THEN how END,
       CASE WHEN how = 'accepted' THEN next_agent END,
       CASE WHEN is_open THEN 0 ELSE (next_us - at_us) / 1000000.0 END,
       now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
FROM stays ORDER BY id
"""
_FIRST = """
UPDATE contact_center_stay s SET first_id = f.id
FROM (SELECT conversation_id, min(id) AS id FROM contact_center_stay GROUP BY conversation_id) f
WHERE f.conversation_id = s.conversation_id AND f.id != s.id
"""
# The place of who waits now is kept: since when it counts is on the conversation.
_PLACE = """
UPDATE contact_center_stay s
SET since_us = (EXTRACT(EPOCH FROM c.queued_at) * 1000000)::int8
FROM contact_center_conversation c
WHERE c.id = s.conversation_id AND s.left_at IS NULL AND c.queued_at IS NOT NULL
"""


def migrate(cr, version):
    """Fill the ledger of stays, which is new and empty."""
    for statement in (_STAYS, _FIRST, _PLACE):
        cr.execute(statement)
