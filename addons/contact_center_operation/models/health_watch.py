# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from odoo.addons.contact_center.models.health import LEVELS


class HealthState(models.Model):
    """Since when a check has had its level: a red one is reported only once.

    Not every five minutes.
    """

    _name = "contact_center.health.state"
    _inherit = ["contact_center.machine.row"]
    _description = "Contact Center Health State"
    _order = "since desc"
    _rec_name = "title"

    key = fields.Char(required=True, readonly=True)
    title = fields.Char(required=True, readonly=True)
    level = fields.Selection(
        [("ok", "Working"), ("warning", "Attention"), ("error", "Not working")],
        required=True,
        readonly=True,
    )
    since = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)

    _key_title_unique = models.UniqueIndex("(key, title)")


class Health(models.AbstractModel):
    """Monitoring: notifies administrators when something turns red."""

    _inherit = "contact_center.health"

    @api.model
    def _cron_watch(self):
        """Run all checks and notify administrators of those that turned red since the last run."""
        # A fixed language, so that a line is the same in every run.
        health = self.with_context(lang="pt_BR" if self._speaks_portuguese() else "en_US")
        health._forget()
        known = {
            (state.key, state.title): state
            for state in health.env["contact_center.health.state"].search([])
        }
        turned_red = []
        steps_open = health.env["contact_center.first.steps"]._are_open()
        for check in health._look():
            state = known.get((check["key"], check["title"]))
            if state and state.level == check["level"]:
                continue
            values = {"level": check["level"], "since": fields.Datetime.now()}
            if state:
                state.write(values)
            else:
                names = {"key": check["key"], "title": check["title"]}
                health.env["contact_center.health.state"].create({**names, **values})
            # The first steps report what was never connected: nothing has broken.
            if check["level"] == LEVELS[-1] and not (check["step"] and steps_open):
                turned_red.append(check)
        if turned_red:
            health._alert(turned_red)
