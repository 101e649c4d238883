# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class Health(models.AbstractModel):
    """Support requests waiting for an answer."""

    _inherit = "contact_center.health"

    @api.model
    def _check_support(self):
        """Return support requests that nobody answered within the agreed hours."""
        _ = self.env._
        # sudo: contact_center.support.request - counted only
        requests = self.env["contact_center.support.request"].sudo()
        late = requests.search([("late", "=", True), ("state", "!=", "solved")], order="deadline")
        if not late:
            return self._result("ok", _("Support requests"), _("None is overdue."))
        return self._result(
            "warning",
            _("Support requests"),
            _(
                "%(count)s unanswered past the deadline, the oldest is %(number)s.",
                count=len(late),
                number=late[:1].number,
            ),
            _("Answer them under Support; the deadline counts the hours of work."),
        )
