# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError


class CivilStart(models.TransientModel):
    """The one switch of the civil-defence mode: plan, reason, confirmation."""

    _name = "contact_center.civil.start"
    _description = "Switch the Civil-Defence Mode on"

    plan_id = fields.Many2one("contact_center.civil.plan", required=True, ondelete="cascade")
    is_drill = fields.Boolean(
        string="Drill", help="Everything is checked and recorded; nothing changes for citizens."
    )
    reason = fields.Text(help="It stays on record.")
    confirmed = fields.Boolean(
        string="I confirm that citizens are received in this way from now on"
    )
    problems = fields.Text(compute="_compute_problems", string="Not ready")
    summary = fields.Text(compute="_compute_problems", string="What will happen")

    @api.depends("plan_id")
    def _compute_problems(self):
        for wizard in self:
            plan = wizard.plan_id
            wizard.problems = "\n".join(plan._problems()) if plan else False
            wizard.summary = wizard._summary_of(plan) if plan else False

    def _summary_of(self, plan):
        """Return what the plan does, one thing in each line."""
        lines = [f"{one._place_words()}: {one.flow_id.name}" for one in plan.entry_ids]
        if plan.notice_text:
            lines.append(self.env._("Citizens hear: %s", " ".join(plan.notice_text.split())))
        if plan.agent_ids:
            lines.append(
                self.env._(
                    "%(count)s agents are lent to “%(queue)s”",
                    count=len(plan.agent_ids),
                    queue=plan.queue_id.name,
                )
            )
        lines.append(self.env._("It ends by itself after %s hours", plan.hours))
        return "\n".join(lines)

    def action_switch_on(self):
        """Switch the mode on and show it."""
        self.ensure_one()
        if not self.is_drill and not self.confirmed:
            raise UserError(self.env._("Confirm that the mode is to be switched on."))
        run = self.env["contact_center.civil.run"]._switch_on(
            self.plan_id, self.reason, self.is_drill
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "contact_center.civil.run",
            "view_mode": "form",
            "res_id": run.id,
        }
