# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class Health(models.AbstractModel):
    """Check that there is a contingency plan, and that it was tried."""

    _inherit = "contact_center.health"

    @api.model
    def _check_contingency(self):
        """Return plans whose drill is overdue, or that there is none in force."""
        _ = self.env._
        title = _("Contingency plan")
        plans = self.env["contact_center.contingency.plan"].search([])
        in_force = plans.filtered("current_version_id")
        if not in_force:
            words = _("There is no contingency plan in force.")
            advice = _("Write one under Follow-up, Contingency plan: strike, transport, breakdown.")
            return self._result("warning", title, words, advice)
        late = in_force.filtered("drill_late")
        if late:
            words = _("The drill is overdue: %s.", ", ".join(late.mapped("name")))
            advice = _("Hold it and record it under Follow-up, Contingency plan.")
            return self._result("warning", title, words, advice)
        return self._result("ok", title, _("In force: %s.", len(in_force)))
