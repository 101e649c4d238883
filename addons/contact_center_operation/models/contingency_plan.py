# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class ContingencyPlan(models.Model):
    """Plans for missing people or means: one for each scenario, in versions."""

    _name = "contact_center.contingency.plan"
    _description = "Contingency Plan"
    _order = "scenario, name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    scenario = fields.Selection(
        [
            ("strike", "Strike"),
            ("transport", "No transport"),
            ("breakdown", "Breakdown"),
            ("other", "Other"),
        ],
        required=True,
        default="breakdown",
    )
    version_ids = fields.One2many("contact_center.contingency.version", "plan_id")
    current_version_id = fields.Many2one(
        "contact_center.contingency.version",
        compute="_compute_current",
        store=True,
        string="In force",
    )
    current_body = fields.Html(related="current_version_id.body", string="What is done")
    in_force_since = fields.Datetime(related="current_version_id.approved_at")
    drill_ids = fields.One2many("contact_center.contingency.drill", "plan_id")
    drill_months = fields.Integer(
        string="Drill every (months)", default=6, required=True, help="0: no drill is due."
    )
    last_drill_at = fields.Datetime(compute="_compute_drills", string="Last drill")
    next_drill_on = fields.Date(compute="_compute_drills", string="Next drill until")
    drill_late = fields.Boolean(compute="_compute_drills", string="Drill overdue")

    _drill_months_positive = models.Constraint(
        "CHECK(drill_months >= 0)", "The months between drills cannot be less than 0."
    )

    @api.depends("version_ids.state")
    def _compute_current(self):
        for plan in self:
            plan.current_version_id = plan.version_ids.filtered(
                lambda version: version.state == "in_force"
            )[:1]

    @api.depends("drill_ids.state", "drill_ids.held_at", "drill_months", "version_ids.approved_at")
    def _compute_drills(self):
        """Compute the drills: a plan never tried is due so long after it came into force."""
        today = fields.Date.context_today(self)
        for plan in self:
            held = plan.drill_ids.filtered(lambda drill: drill.state == "recorded")
            plan.last_drill_at = max(held.mapped("held_at"), default=False)
            approved = [at for at in plan.version_ids.mapped("approved_at") if at]
            since = plan.last_drill_at or min(approved, default=False)
            due = since and plan.drill_months and since + relativedelta(months=plan.drill_months)
            plan.next_drill_on = due.date() if due else False
            plan.drill_late = bool(due) and due.date() < today

    @api.ondelete(at_uninstall=False)
    def _unlink_unused_only(self):
        if self.version_ids.filtered(lambda version: version.state != "draft") or self.drill_ids:
            raise UserError(self.env._("A plan that was in force or tried is kept: archive it."))

    def action_new_version(self):
        """Begin the next version with the words of the one in force; open it."""
        self.ensure_one()
        draft = self.version_ids.filtered(lambda version: version.state == "draft")[:1]
        if not draft:
            draft = self.env["contact_center.contingency.version"].create(
                {"plan_id": self.id, "body": self.current_version_id.body}
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": draft._name,
            "res_id": draft.id,
            "views": [(False, "form")],
        }

    def action_new_drill(self):
        """Open the form of a drill of the version in force."""
        self.ensure_one()
        if not self.current_version_id:
            raise UserError(self.env._("No version of this plan is in force yet."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Drill"),
            "res_model": "contact_center.contingency.drill",
            "views": [(False, "form")],
            "context": {"default_version_id": self.current_version_id.id},
        }
