# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class ContingencyDrill(models.Model):
    """A trial of a plan, or the day on which it was needed: kept as it was recorded."""

    _name = "contact_center.contingency.drill"
    _description = "Contingency Drill"
    _order = "held_at desc, id desc"

    version_id = fields.Many2one(
        "contact_center.contingency.version",
        required=True,
        index=True,
        domain="[('state', '!=', 'draft')]",
        ondelete="restrict",
    )
    plan_id = fields.Many2one(related="version_id.plan_id", store=True, index=True)
    kind = fields.Selection(
        [("drill", "Drill"), ("real", "The plan was needed")], required=True, default="drill"
    )
    held_at = fields.Datetime(string="Held at", required=True, default=fields.Datetime.now)
    participants = fields.Text(string="Who took part", required=True)
    tried = fields.Text(string="What was tried", required=True)
    result = fields.Selection(
        [("worked", "It worked"), ("partly", "It worked in part"), ("failed", "It did not work")],
    )
    findings = fields.Text(string="What was found", help="And the measures to take.")
    attachment_ids = fields.Many2many(
        "ir.attachment", "contact_center_contingency_drill_attachment_rel", string="Files"
    )
    state = fields.Selection(
        [("draft", "Draft"), ("recorded", "Recorded")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    recorded_id = fields.Many2one(
        "res.users", string="Recorded by", readonly=True, copy=False, ondelete="restrict"
    )
    recorded_at = fields.Datetime(readonly=True, copy=False)

    @api.depends("plan_id.name", "held_at")
    def _compute_display_name(self):
        for drill in self:
            held = drill.held_at and fields.Datetime.context_timestamp(drill, drill.held_at)
            day = held and held.strftime("%d/%m/%Y")
            drill.display_name = " · ".join(filter(None, (drill.plan_id.name, day)))

    @api.model_create_multi
    def create(self, vals_list):
        """Begin as a draft, whatever the caller asks for."""
        own = {"state": "draft", "recorded_id": False, "recorded_at": False}
        drills = super().create([{**vals, **own} for vals in vals_list])
        drills._own_files()
        return drills

    def write(self, vals):
        """Let nothing of what was recorded be changed."""
        if not self.env.su:
            if {"state", "recorded_id", "recorded_at"} & vals.keys():
                raise AccessError(self.env._("A drill is recorded with its button."))
            if any(drill.state != "draft" for drill in self):
                raise UserError(self.env._("A recorded drill is not changed any more."))
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._own_files()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        if any(drill.state != "draft" for drill in self):
            raise UserError(self.env._("Recorded drills are kept."))

    def _own_files(self):
        """Let readers of the drill read its files, which only their owner could join."""
        for drill in self:
            # sudo: ir.attachment - whose they are is checked, to whom they belong is set
            files = drill.attachment_ids.sudo()
            if any(file.create_uid != self.env.user and file.res_id != drill.id for file in files):
                raise AccessError(
                    self.env._("You can only join files that you have uploaded here.")
                )
            files.write({"res_model": self._name, "res_id": drill.id})

    def action_record(self):
        """Record the drill: nothing of it is changed afterwards."""
        self.check_access("write")
        for drill in self:
            if drill.state != "draft":
                raise UserError(self.env._("A recorded drill is not changed any more."))
            if not drill.result:
                raise UserError(self.env._("Say first how it went."))
            if drill.held_at > fields.Datetime.now():
                raise UserError(self.env._("This drill has not been held yet."))
            # sudo: contact_center.contingency.drill - its state changes by this button only
            drill.sudo().write(
                {
                    "state": "recorded",
                    "recorded_id": self.env.uid,
                    "recorded_at": fields.Datetime.now(),
                }
            )
        return True
