# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from odoo.addons.contact_center_indicator.measure import CLOCKS

# What stopped -> the clock of the contract by which it is mended: links to others' systems have
# four hours, all that the center itself is made of has two
KINDS = {"integration": "link"}
OWN = "central"
NOTICE = "notice"


class Outage(models.Model):
    """Each outage is an occurrence of the contract, for defence and decision.

    The system writes its draft, with begin and end as they were noticed; people ask for the city's
    decision. One that was announced as a maintenance has no clock and is none. An outage of which
    the city was not told in writing within a day is a second occurrence.
    """

    _inherit = "contact_center.outage"

    @api.model_create_multi
    def create(self, vals_list):
        """Begin the occurrence with the outage."""
        outages = super().create(vals_list)
        outages._keep_occurrences()
        return outages

    def write(self, vals):
        """Let the occurrence know what the outage knows."""
        result = super().write(vals)
        if not {"ended_at", "told_at", "reminders"}.isdisjoint(vals):
            self._keep_occurrences()
        return result

    def _keep_occurrences(self):
        """Make or bring up to date the drafts of these outages; decided ones stay."""
        for outage in self.filtered(lambda one: not one.maintenance_window_id):
            outage._keep_occurrence(KINDS.get(outage.kind, OWN), outage.ended_at)
            told = outage.told_at or fields.Datetime.now()
            if told - outage.began_at > CLOCKS[NOTICE].limit:
                outage._keep_occurrence(NOTICE, outage.told_at)

    def _keep_occurrence(self, kind, mended_at):
        """Keep the occurrence of one kind."""
        self.ensure_one()
        # sudo: contact_center.indicator.occurrence - drafts of what the system noticed
        occurrences = self.env["contact_center.indicator.occurrence"].sudo()
        found = occurrences.search([("outage_id", "=", self.id), ("kind", "=", kind)])
        if not found:
            spoken = self._portuguese()
            found = occurrences.create(
                {
                    "kind": kind,
                    "outage_id": self.id,
                    "description": self.subject,
                    "document": spoken.env._("Outage %s", self.name),
                    "happened_at": self.began_at,
                    "mended_at": mended_at,
                }
            )
        elif found.state == "draft" and found.mended_at != mended_at:
            found.write({"mended_at": mended_at})
