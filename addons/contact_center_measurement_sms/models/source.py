# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from odoo.addons.contact_center_measurement.models.source import DayCount
from odoo.addons.contact_center_sms.gateway import states


class Source(models.AbstractModel):
    """Counts the text messages of a day by their parts, as the outbox does (TR 8.1.3)."""

    _inherit = "contact_center.measurement.source"

    @api.model
    def _counters(self):
        return {**super()._counters(), "SMS": self._count_messages}

    @api.model
    def _rows_action(self, item):
        if item == "SMS":
            return "contact_center_sms.sms_message_action"
        return super()._rows_action(item)

    @api.model
    def _count_messages(self, day):
        """Return the parts of a day's messages: those that are billed, and those that failed.

        A message belongs to the city's day on which it was put into the outbox, as in the
        gateway's month. One that still waits is counted when it is known what became of it.
        """
        period = self.env["contact_center.indicator.source"]._period(day)
        # sudo: contact_center.sms.message - numbers only, whoever proposes the measurement
        messages = self.env["contact_center.sms.message"].sudo()
        groups = messages._read_group(
            [
                ("direction", "=", "out"),
                ("queued_at", ">=", period.start),
                ("queued_at", "<", period.end),
                ("state", "in", (*states.BILLED, states.FAILED)),
            ],
            ["state"],
            ["parts:sum", "id:array_agg"],
        )
        billed = [group for group in groups if group[0] in states.BILLED]
        return DayCount(
            sum(parts for _state, parts, _ids in billed),
            sum(parts for state, parts, _ids in groups if state == states.FAILED),
            rows=tuple(sorted(number for _state, _parts, ids in billed for number in ids)),
        )
