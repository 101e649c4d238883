# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models

# They are brought up to date every night: two nights without mean that something is wrong
OLD = timedelta(days=2)


class Health(models.AbstractModel):
    """Checks whether the cubes are up to date, and copied where they should be."""

    _inherit = "contact_center.health"

    @api.model
    def _checks(self):
        return {**super()._checks(), "cubes": ("work", self._check_cubes)}

    @api.model
    def _check_cubes(self):
        """Return the results of the last update and of the last copy."""
        _ = self.env._
        title = _("Cubes")
        runs = self.env["contact_center.cube.refresh"]
        run = runs.search([], limit=1)
        done = runs._last_done()
        advice = _("See Data, Cubes brought up to date: it says why. “Go on” tries again.")
        if run.state == "failed":
            words = _("The last update failed: the figures are as they were before.")
            results = [self._result("warning", title, words, advice)]
        elif done and fields.Datetime.now() - done.started_at > OLD:
            words = _("They were not brought up to date for more than two days.")
            results = [self._result("warning", title, words, advice)]
        else:
            results = [self._result("ok", title, _("They are up to date."))]
        copy = self.env["contact_center.cube.copy"].search([("state", "!=", "running")], limit=1)
        if copy.state == "failed":
            words = _("The last copy to the other database failed.")
            advice = _(
                "See Data, Copies in another database: it says why. The next one tries again."
            )
            results.append(self._result("warning", _("Copy of the cubes"), words, advice))
        return results
