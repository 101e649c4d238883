# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class Health(models.AbstractModel):
    """Outages that go on, and those the city has not been told of."""

    _inherit = "contact_center.health"

    @api.model
    def _check_outages(self):
        """Return what does not work now, and whether anybody would be told of it."""
        _ = self.env._
        title = _("Outages")
        Outage = self.env["contact_center.outage"]
        going_on = Outage.search([("state", "=", "open"), ("maintenance_window_id", "=", False)])
        if going_on:
            names = ", ".join(going_on.mapped("display_name"))
            advice = _("Mend it; write the cause into the outage under Follow-up, Outages.")
            return self._result("warning", title, _("Going on: %s.", names), advice)
        if not self.env["contact_center.city.contact"]._outage_addresses():
            words = _("Nobody of the city would be told of an outage.")
            advice = _("Enter the city's contacts under Settings, City contacts.")
            return self._result("warning", title, words, advice)
        untold = [("told_at", "=", False), ("maintenance_window_id", "=", False)]
        if count := Outage.search_count(untold):
            words = _("The city has not been told of %s outages.", count)
            advice = _("See whether e-mails leave, or tell the city and note it in the outage.")
            return self._result("warning", title, words, advice)
        return self._result("ok", title, _("Everything works."))
