# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from odoo.addons.contact_center_measurement.models.source import DayCount

# Sessions of flows that are over and in which no person joined
ENDED = ("completed", "abandoned")


class Source(models.AbstractModel):
    """Counts the electronic contacts of a day, as the statistics of flows do (B07)."""

    _inherit = "contact_center.measurement.source"

    @api.model
    def _counters(self):
        return {**super()._counters(), "AE24H": self._count_electronic}

    @api.model
    def _rows_action(self, item):
        if item == "AE24H":
            return "chatbot_flow.chatbot_flow_report_action"
        return super()._rows_action(item)

    @api.model
    def _count_electronic(self, day):
        """Return the contacts that began on a day: those that count, and those too short to."""
        period = self.env["contact_center.indicator.source"]._period(day)
        self.env.flush_all()
        # sudo: chatbot.flow.report - numbers only, whoever proposes the measurement
        report = self.env["chatbot.flow.report"].sudo()
        ended = [
            ("started_at", ">=", period.start),
            ("started_at", "<", period.end),
            ("result", "in", ENDED),
        ]
        found = report.search([*ended, ("billable_count", "=", 1)], order="id").ids
        return DayCount(len(found), report.search_count(ended) - len(found), rows=tuple(found))
