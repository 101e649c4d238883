# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.contact_center.tools import lock_at_once

from .banner import refresh_banners
from .civil_plan import MOST_HOURS

_logger = logging.getLogger(__name__)


class CivilRun(models.Model):
    """The end of the civil-defence mode: by hand, or by itself."""

    _inherit = "contact_center.civil.run"

    def action_switch_off(self):
        """Open the dialog that switches the mode off."""
        self.ensure_one()
        self._check_leads()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Switch off"),
            "res_model": "contact_center.civil.end",
            "view_mode": "form",
            "target": "new",
            "context": {"default_run_id": self.id},
        }

    def action_extend(self):
        """Move the end of the mode two hours later."""
        self._check_leads()
        for run in self.filtered(lambda one: one.state == "active"):
            end = run.ends_at + timedelta(hours=2)
            if end - run.started_at > timedelta(hours=MOST_HOURS):
                raise UserError(self.env._("The mode lasts 14 days at most: switch it on anew."))
            # sudo: contact_center.civil.run - written by its own actions, the right was checked
            run.sudo().ends_at = end
            notices = run.sudo().notice_ids.filtered(lambda one: one.state == "published")
            notices.date_end = end
            run._note("civil_extended", fields.Datetime.to_string(end))
        self.env.registry.clear_cache()
        return True

    def action_write_to_many(self):
        """Open a message to many citizens, with the plan's text."""
        self.ensure_one()
        self._check_leads()
        if self.state != "active":
            raise UserError(self.env._("The civil-defence mode is off."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Message to many citizens"),
            "res_model": "contact_center.alert.broadcast",
            "view_mode": "form",
            "context": {
                "default_run_id": self.id,
                "default_name": self.display_name,
                "default_text": self.plan_id.bulk_text or "",
            },
        }

    def _switch_off(self, reason):
        """Switch the mode off; the right was checked. Everything is as it was before."""
        for run in self.filtered(lambda one: one.state == "active"):
            # sudo: contact_center.civil.run - written by its own actions, the right was checked
            own = run.sudo()
            own.write(
                {
                    "state": "ended",
                    "ended_at": fields.Datetime.now(),
                    "ended_by_id": self.env.uid,
                    "end_reason": reason,
                }
            )
            own.notice_ids._end()
            own.broadcast_ids._stop()
            if not own.is_drill:
                for entry in own.plan_id.entry_ids:
                    own._note("flow_back", entry._place_words())
            own._note("civil_ended", reason)
            own._take_agents_out()
        self.env.registry.clear_cache()
        refresh_banners(self.env)

    def _take_agents_out(self):
        """Take the agents who were put into the emergency queue out of it (sudo).

        As long as somebody waits there and nobody else is in it they stay; it is tried again each
        minute.
        """
        agents, queue = self.added_agent_ids, self.plan_id.queue_id
        if not agents:
            return
        try:
            with self.env.cr.savepoint():
                leaving = agents & queue.member_ids
                queue.member_ids = [Command.unlink(user.id) for user in leaving]
        except UserError as refusal:
            _logger.info("Civil-defence mode %s: agents stay: %s", self.id, refusal)
            if not self.entry_ids.filtered(lambda one: one.kind == "agents_kept"):
                self._note("agents_kept", str(refusal))
            return
        self.added_agent_ids = False
        names = ", ".join(agents.mapped("name"))
        self._note("agents_back", f"{queue.name}: {names}")

    @api.model
    def _end_due(self):
        """Switch off what is over by its time, and take agents out who had to stay (scheduled)."""
        # sudo: contact_center.civil.run - scheduled action
        runs = self.sudo()
        due = runs.search([("state", "=", "active"), ("ends_at", "<=", fields.Datetime.now())])
        for run in due:
            if lock_at_once(run) and run.state == "active":
                run._switch_off(self.env._("By itself, at the end that was set"))
        for run in runs.search([("state", "=", "ended"), ("added_agent_ids", "!=", False)]):
            run._take_agents_out()
