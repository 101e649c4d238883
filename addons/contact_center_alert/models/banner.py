# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

LEADERS = "contact_center.group_supervisor"
LISTENERS = ("contact_center.group_technician", "contact_center.group_manager")
BUS_TYPE = "contact_center/alerts"


def refresh_banners(env):
    """Make every open screen of the centre read its banners again."""
    for name in LISTENERS:
        env.ref(name)._bus_send(BUS_TYPE, {})


class AlertBanner(models.AbstractModel):
    """What stands above every screen: alarms, notices, the civil-defence mode."""

    _name = "contact_center.alert.banner"
    _description = "Banner of Alerts"

    @api.model
    def get_banners(self):
        """Return what to show to the current user now.

        Agents see what citizens hear and that the civil-defence mode is on; who leads sees alarms
        too, and may open each.

        :return: [{key, level, icon, text, model or False, id}], the most urgent first
        """
        user = self.env.user
        if not any(user.has_group(name) for name in LISTENERS):
            return []
        leads = user.has_group(LEADERS) or user.has_group("contact_center.group_manager")
        banners = [self._run_banner(run) for run in self._runs()]
        if leads:
            banners += [self._alarm_banner(alarm) for alarm in self._alarms()]
        banners += [self._notice_banner(notice) for notice in self._notices()]
        if not leads:
            banners = [{**one, "model": False} for one in banners]
        return banners

    def _own_company(self):
        """Return the domain of what concerns the user's companies."""
        return [("company_id", "in", [*self.env.companies.ids, False])]

    def _runs(self):
        # sudo: contact_center.civil.run - everybody who works here is told that it is on
        return (
            self.env["contact_center.civil.run"]
            .sudo()
            .search([("state", "=", "active"), *self._own_company()])
        )

    def _alarms(self):
        return self.env["contact_center.alert.alarm"].search(
            [("state", "=", "raised"), *self._own_company()], order="raised_at desc"
        )

    def _notices(self):
        # sudo: contact_center.alert.notice - agents are told what citizens hear
        return (
            self.env["contact_center.alert.notice"]
            .sudo()
            .search(
                [
                    ("state", "=", "published"),
                    ("date_end", ">", fields.Datetime.now()),
                    ("run_id", "=", False),
                    *self._own_company(),
                ]
            )
        )

    def _run_banner(self, run):
        words = (
            self.env._("Drill of the civil-defence mode: %s. Nothing changes for citizens.")
            if run.is_drill
            else self.env._("Civil-defence mode: %s.")
        )
        level = "info" if run.is_drill else "danger"
        return self._row(run, level, "fa-shield", words % run.plan_id.name)

    def _alarm_banner(self, alarm):
        return self._row(alarm, "warning", "fa-hand-paper-o", alarm.headline)

    def _notice_banner(self, notice):
        words = self.env._("Citizens hear: %s", " ".join(notice.text.split())[:160])
        return self._row(notice, "info", "fa-bullhorn", words)

    def _row(self, record, level, icon, text):
        return {
            "key": f"{record._name}-{record.id}",
            "level": level,
            "icon": icon,
            "text": text,
            "model": record._name,
            "id": record.id,
        }
