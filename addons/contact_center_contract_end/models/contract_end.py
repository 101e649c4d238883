# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

STATES = [
    ("draft", "Not started"),
    ("running", "Running"),
    ("done", "Ready"),
    ("failed", "Failed"),
]
OWN = frozenset({"purpose", "ends_on", "giver", "receiver", "with_media"})


class ContractEnd(models.Model):
    """What is handed over at the end of the contract (B49, D1, D2).

    All data, the figures of twelve months by channel, the dictionary of the cubes, the list of
    accesses to take away, each file with its checksum, and a receipt for both to sign. What an
    addon has besides (recordings, training) it adds to `_parts`.
    """

    _name = "contact_center.contract.end"
    _inherit = ["contact_center.background.work"]
    _description = "End of the Contract"
    _order = "id desc"
    _rec_name = "purpose"

    purpose = fields.Char(
        string="For whom and why", required=True, help="It stands on the receipt."
    )
    ends_on = fields.Date(
        string="Contract ends on", required=True, default=lambda self: self._city_today()
    )
    giver = fields.Char(string="Handed over by", required=True, default=lambda self: self._giver())
    receiver = fields.Char(string="Received by", required=True, default="Prefeitura")
    with_media = fields.Boolean(string="Images, videos, audio and documents", default=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False)
    step = fields.Char(string="Doing now", readonly=True, copy=False)
    error = fields.Text(readonly=True, copy=False)
    started_at = fields.Datetime(readonly=True, copy=False)
    finished_at = fields.Datetime(readonly=True, copy=False)
    requested_by_id = fields.Many2one(
        "res.users", string="Asked by", readonly=True, copy=False, ondelete="restrict"
    )
    export_id = fields.Many2one(
        "contact_center.data.export", string="Export of all data", readonly=True, copy=False
    )
    refresh_id = fields.Many2one("contact_center.cube.refresh", readonly=True, copy=False)
    part_ids = fields.One2many("contact_center.contract.end.part", "end_id", readonly=True)
    access_ids = fields.One2many("contact_center.contract.end.access", "end_id", readonly=True)
    open_access_count = fields.Integer(
        string="Accesses still there", compute="_compute_open_access_count"
    )
    progress = fields.Float(compute="_compute_progress", help="Percent of the parts.")

    @api.model
    def _city_today(self):
        return self.env["contact_center.queue"]._city_today()

    @api.model
    def _giver(self):
        return self.env.company.name

    @api.depends("access_ids.removed_at")
    def _compute_open_access_count(self):
        for end in self:
            end.open_access_count = len(end.access_ids.filtered(lambda one: not one.removed_at))

    @api.depends("state", "export_id.progress", "part_ids.done")
    def _compute_progress(self):
        """Compute the progress: the export of all data is by far the longest part."""
        for end in self:
            # sudo: contact_center.data.export - how far it is, for managers
            export = end.export_id.sudo().progress
            done = 100 if end.state == "done" else min(0.9 * export, 99)
            end.progress = done

    # ------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Create from the user's choices only."""
        for vals in vals_list:
            self._check_own(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Refuse users to write the bookkeeping, and anything once it has begun."""
        self._check_own(vals)
        if not self.env.su and any(end.state != "draft" for end in self):
            raise UserError(self.env._("The hand-over has begun: it does not change any more."))
        return super().write(vals)

    def _check_own(self, vals):
        if not self.env.su and vals.keys() - OWN:
            raise UserError(self.env._("The state of a hand-over changes by its own buttons only."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        if any(end.state != "draft" for end in self):
            raise UserError(self.env._("A hand-over that has begun stays on record."))

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_start(self):
        """Begin in the background, or go on after an error."""
        self.ensure_one()
        self._check_administrator()
        if self.state not in ("draft", "failed"):
            raise UserError(self.env._("This hand-over is running or finished already."))
        # sudo: contact_center.contract.end - only its own actions write its state
        end = self.sudo()
        end.write(
            {
                "state": "running",
                "error": False,
                "started_at": end.started_at or fields.Datetime.now(),
                "requested_by_id": self.env.uid,
            }
        )
        if not end.export_id or end.export_id.state == "expired":
            exports = self.env["contact_center.data.export"]
            end.export_id = exports.create({"purpose": self.purpose, "with_media": self.with_media})
        export = self.export_id
        if export.state in ("draft", "stopped", "failed"):
            export.action_start()
        end.refresh_id = self.env["contact_center.cube.refresh"]._begin("demand")
        end._run_later()

    def action_look_again(self):
        """Look which accesses are still there."""
        self.ensure_one()
        self._check_administrator()
        if self.state not in ("running", "done"):
            raise UserError(self.env._("Start the hand-over first."))
        # sudo: contact_center.contract.end - the right was checked
        self.sudo()._list_accesses()
        return True

    def action_receipt(self):
        """Print the receipt."""
        self.ensure_one()
        if self.state != "done":
            raise UserError(self.env._("The receipt is printed when everything is ready."))
        report = self.env.ref("contact_center_contract_end.receipt_report")
        return report.report_action(self)

    def _check_administrator(self):
        if not self.env.user.has_group("contact_center.group_administrator"):
            raise AccessError(self.env._("Only administrators of the contact center may do this."))
