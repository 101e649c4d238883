# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import is_html_empty


class ContingencyVersion(models.Model):
    """A plan as it was written once: draft, then in force, then replaced.

    Only a draft can be changed: what was in force on the day of a strike stays readable.
    """

    _name = "contact_center.contingency.version"
    _description = "Contingency Plan Version"
    _order = "plan_id, number desc"

    plan_id = fields.Many2one(
        "contact_center.contingency.plan", required=True, index=True, ondelete="cascade"
    )
    number = fields.Integer(string="Version", readonly=True, copy=False, aggregator=None)
    body = fields.Html(string="What is done", help="Who decides, who is called, in which order.")
    changes = fields.Char(string="What is new", copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("in_force", "In force"), ("replaced", "Replaced")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    approved_id = fields.Many2one(
        "res.users", string="Put in force by", readonly=True, copy=False, ondelete="restrict"
    )
    approved_at = fields.Datetime(string="In force since", readonly=True, copy=False)
    replaced_at = fields.Datetime(readonly=True, copy=False)
    drill_ids = fields.One2many("contact_center.contingency.drill", "version_id", readonly=True)

    _number_unique = models.Constraint("UNIQUE(plan_id, number)", "The number must be unique.")
    _one_in_force = models.UniqueIndex(
        "(plan_id) WHERE state = 'in_force'", "One version of a plan is in force."
    )

    @api.depends("plan_id.name", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(plan)s, version %(number)s", plan=version.plan_id.name, number=version.number
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Begin as a draft with the next number, whatever the caller asks for."""
        versions = self.browse()
        for vals in vals_list:
            plan = self.env["contact_center.contingency.plan"].browse(vals.get("plan_id"))
            last = max(plan.version_ids.mapped("number"), default=0)
            own = {"number": last + 1, "state": "draft", "approved_at": False}
            versions |= super().create(
                [{**vals, **own, "approved_id": False, "replaced_at": False}]
            )
        return versions

    def write(self, vals):
        """Let only drafts be changed, and states by the buttons."""
        if not self.env.su:
            if {"state", "number", "approved_id", "approved_at", "replaced_at"} & vals.keys():
                raise AccessError(self.env._("A version is put in force with its button."))
            if any(version.state != "draft" for version in self):
                raise UserError(self.env._("A version in force is not changed: begin a new one."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        if any(version.state != "draft" for version in self):
            raise UserError(self.env._("Versions that were in force are kept."))

    def action_put_in_force(self):
        """Put this draft in force in place of the version that was."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "draft":
            raise UserError(self.env._("Only a draft can be put in force."))
        if is_html_empty(self.body):
            raise UserError(self.env._("Write first what is done."))
        now = fields.Datetime.now()
        # sudo: contact_center.contingency.version - states change by this button only
        version = self.sudo()
        before = version.plan_id.current_version_id
        before.write({"state": "replaced", "replaced_at": now})
        before.flush_recordset()
        version.write({"state": "in_force", "approved_at": now, "approved_id": self.env.uid})
        return True
