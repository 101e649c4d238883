# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from odoo.addons.contact_center.core.metrics import Gauge
from odoo.addons.contact_center.models.metrics import RECENT

_SESSIONS = """
SELECT s.status, count(*)
FROM contact_center_conversation c JOIN chatbot_flow_session s ON s.conversation_id = c.id
WHERE c.state = 'bot' GROUP BY s.status
"""
_ERRORS = """
SELECT f.id, f.name, count(s.id)
FROM chatbot_flow f
LEFT JOIN chatbot_flow_session s
       ON s.flow_id = f.id AND s.error_at IS NOT NULL AND s.error_at > %(since)s
WHERE f.active GROUP BY f.id, f.name
"""


class Metrics(models.AbstractModel):
    """Metrics of the virtual assistant's work and of broken flows."""

    _inherit = "contact_center.metrics"

    @api.model
    def _sources(self):
        return {**super()._sources(), "flows": self._measure_flows}

    @api.model
    def _measure_flows(self):
        """Return the sessions that go on, by status, and the errors of each flow."""
        sessions = Gauge(
            "contact_center_flow_sessions", "Sessions in the assistant's hands.", ("status",)
        )
        errors = Gauge(
            "contact_center_flow_errors_5m",
            "Sessions that met an error in the last 5 minutes.",
            ("flow_id", "flow"),
        )
        since = fields.Datetime.now() - RECENT
        return [
            self._count_by(sessions, self._rows(_SESSIONS)),
            self._count_by(errors, self._rows(_ERRORS, since=since)),
        ]
