from odoo import api, fields, models

from .health import LEVELS


class HealthState(models.Model):
    """Since when a check is as it is: what turns red is told once, not every five minutes."""

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
    """The watch: administrators are told when something turns red."""

    _inherit = "contact_center.health"

    @api.model
    def _cron_watch(self):
        """Look at everything and tell administrators of what turned red since the last look."""
        # One language, so that a line is the same line at every look.
        health = self.with_context(lang="pt_BR" if self._speaks_portuguese() else "en_US")
        health._forget()
        known = {
            (state.key, state.title): state
            for state in health.env["contact_center.health.state"].search([])
        }
        turned_red = []
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
            if check["level"] == LEVELS[-1]:
                turned_red.append(check)
        if turned_red:
            health._alert(turned_red)

    @api.model
    def _speaks_portuguese(self):
        return bool(self.env["res.lang"]._get_data(code="pt_BR"))

    @api.model
    def _alert(self, checks):
        """Tell the administrators: in a corner of their screens, and by notification or e-mail."""
        administrators = self.env.ref("contact_center.group_administrator").all_user_ids.filtered(
            lambda user: user.active and user != self.env.ref("base.user_root")
        )
        title = self.env._("The contact center needs attention")
        lines = [f"{check['title']}: {check['words']} {check['advice']}" for check in checks]
        self.env["mail.thread"].message_notify(
            partner_ids=administrators.partner_id.ids,
            subject=title,
            body="\n".join(lines),
        )
        for user in administrators:
            user._bus_send(
                "simple_notification",
                {"type": "danger", "sticky": True, "title": title, "message": "\n".join(lines)},
            )
