# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Register the surveys of earlier conversations, as far as they are known."""

_REGISTER = """
UPDATE contact_center_conversation SET
    survey_agent_id = agent_id,
    survey_result = CASE
        WHEN satisfaction IS NOT NULL THEN 'answered'
        WHEN state = 'survey' THEN 'asked'
        WHEN survey_at IS NOT NULL THEN 'unanswered'
        WHEN state = 'closed' AND agent_id IS NOT NULL THEN 'not_asked'
    END,
    survey_not_asked = CASE
        WHEN survey_at IS NULL AND state = 'closed' AND agent_id IS NOT NULL THEN
            CASE outcome WHEN 'abandoned' THEN 'left' WHEN 'expired' THEN 'silence' ELSE 'other' END
    END
WHERE survey_result IS NULL AND (agent_id IS NOT NULL OR survey_at IS NOT NULL)
"""


def migrate(cr, version):
    """Say of each what its own dates and rating tell."""
    cr.execute(_REGISTER)
