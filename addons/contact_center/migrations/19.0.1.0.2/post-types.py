# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Say of earlier conversations who began and who served them, by their events.

Odoo filled the new columns with the usual values: the citizen began, nobody served.
"""

_HUMAN = """
UPDATE contact_center_conversation c SET attendance = 'human'
WHERE EXISTS (
    SELECT FROM contact_center_event e
    WHERE e.conversation_id = c.id AND e.kind IN ('accepted', 'taken_over'))
"""
# An agent may also have joined what a citizen had begun with the bot.
_ACTIVE = """
UPDATE contact_center_conversation c SET direction = 'active'
WHERE EXISTS (
    SELECT FROM contact_center_event e
    WHERE e.conversation_id = c.id AND e.kind = 'accepted'
      AND (e.data ->> 'begun_by_agent')::bool AND e.at <= c.opened_at + interval '5 seconds')
"""


def migrate(cr, version):
    """Correct those that people served, and those that agents began."""
    for statement in (_HUMAN, _ACTIVE):
        cr.execute(statement)
