# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, models

from ..measure import (
    Spell,
    Stop,
    Tally,
    days_of_month,
    stopped_seconds,
    stopped_units,
    turnover,
)


class Source(models.AbstractModel):
    """Figures that come from registers: losses at the entrance, turnover, stoppages."""

    _inherit = "contact_center.indicator.source"

    @api.model
    def _add_intake(self, period, tallies):
        """Add the contacts that were offered on the day, and those that did not come in."""
        counts = self.env["contact_center.intake"]._counts(period.start, period.end)
        for offered, lost in counts.values():
            if offered:
                tallies.add("IPL", None, None, Tally(lost, offered))

    @api.model
    def _add_turnover(self, period, tallies):
        """Add the month's turnover on its last day, of the contract's operations."""
        month = days_of_month(period.day.year, period.day.month)
        if period.day != month[-1]:
            return
        contract = self.env["contact_center.contract"]._on(period.day)
        # Who follows after the month went on, and did not leave
        domain = [("date_from", "<=", month[-1] + timedelta(days=1))]
        if contract.operation_ids:
            domain.append(("operation_id", "in", contract.operation_ids.ids))
        # sudo: contact_center.assignment - counted for a figure without names
        found = self.env["contact_center.assignment"].sudo().search(domain)
        spells = [Spell(one.user_id.id, one.date_from, one.date_until or None) for one in found]
        tally = turnover(spells, month, tallies.reading)
        if tally.denominator:
            tallies.add("ITO", None, None, tally)

    @api.model
    def _add_stoppages(self, period, tallies):
        """Add the stoppages of registered equipment and links."""
        contract = self.env["contact_center.contract"]._on(period.day)
        for equipment in contract.equipment_ids._installed_on(period.day):
            stops = [
                Stop(one.happened_at, one.mended_at or None, one.units)
                for one in equipment.occurrence_ids
                if one.state != "refused"
            ]
            if equipment.kind == "link":
                found = stopped_seconds(stops, period.start, period.end)
                tallies.add("IPD", None, None, found)
            else:
                found = stopped_units(stops, equipment.units, period.start, period.end)
                tallies.add("IPE", None, None, found)
