# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import shutil
from datetime import timedelta
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import config

# Days until a finished data export is removed from the server.
KEEP_DAYS = 7
# How many are removed per run
TAKE_OFF_BATCH = 50


class DataExport(models.Model):
    """All data of the contact center in files, for the city that owns it (A22).

    It runs as jobs that each work for a while and then queue the next one; finished parts are
    recorded, so that it can resume after a stop. The files are in a folder on the server (`folder`)
    and, packed into volumes, available through download buttons.
    """

    _name = "contact_center.data.export"
    _inherit = ["contact_center.background.work"]
    _description = "Contact Center Data Export"
    _order = "id desc"

    name = fields.Char(compute="_compute_name")
    state = fields.Selection(
        [
            ("draft", "Not started"),
            ("running", "Running"),
            ("done", "Ready"),
            ("stopped", "Stopped"),
            ("failed", "Failed"),
            ("expired", "Taken off"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    purpose = fields.Char(required=True, help="For whom and why: it stays on record.")
    with_media = fields.Boolean(
        string="Images, videos, audio and documents", default=True, help="The files of messages."
    )
    requested_by_id = fields.Many2one(
        "res.users", readonly=True, default=lambda self: self.env.user, ondelete="restrict"
    )
    started_at = fields.Datetime(readonly=True, copy=False)
    finished_at = fields.Datetime(readonly=True, copy=False)
    expires_at = fields.Datetime(string="On the server until", readonly=True, copy=False)
    step = fields.Char(string="Doing now", readonly=True, copy=False)
    error = fields.Text(readonly=True, copy=False)
    part_ids = fields.One2many("contact_center.data.export.part", "export_id", readonly=True)
    file_ids = fields.One2many("contact_center.data.export.file", "export_id", readonly=True)
    volume_ids = fields.One2many(
        "contact_center.data.export.file",
        "export_id",
        domain=[("is_volume", "=", True)],
        string="Volumes",
        readonly=True,
    )
    progress = fields.Float(compute="_compute_progress", help="Percent of all rows and files.")
    total_rows = fields.Integer(compute="_compute_progress", string="Rows and files")

    @api.depends("create_date", "purpose")
    def _compute_name(self):
        for export in self:
            at = export.create_date or fields.Datetime.now()
            local = fields.Datetime.context_timestamp(export, at)
            export.name = f"{local:%d/%m/%Y %H:%M} · {export.purpose or ''}"

    @api.depends("part_ids.done_rows", "part_ids.total_rows", "state")
    def _compute_progress(self):
        for export in self:
            total = sum(export.part_ids.mapped("total_rows"))
            done = sum(export.part_ids.mapped("done_rows"))
            export.total_rows = total
            # Records added while it runs make the estimate too small
            share = min(100 * done / total, 99) if total else 0
            export.progress = 100 if export.state in ("done", "expired") else share

    @api.model_create_multi
    def create(self, vals_list):
        """Create with the user's choices only; the rest is internal bookkeeping."""
        for vals in vals_list:
            self._check_asked_for(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Refuse users to write the bookkeeping."""
        self._check_asked_for(vals)
        return super().write(vals)

    def _check_asked_for(self, vals):
        """Raise UserError if a user writes fields other than their choices."""
        if not self.env.su and vals.keys() - {"purpose", "with_media"}:
            raise UserError(
                self.env._("The state of a data export changes by its own buttons only.")
            )

    def _folder(self):
        """Return the pathlib.Path of this data export's folder (it may not exist yet)."""
        self.ensure_one()
        base = Path(config["data_dir"]) / "contact_center_data_export" / self.env.cr.dbname
        return base / str(self.id)

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_start(self):
        """Start, or resume after a stop or an error, in the background."""
        for export in self:
            export._check_administrator()
            if export.state not in ("draft", "stopped", "failed"):
                raise UserError(self.env._("This data export is running or finished already."))
            # sudo: contact_center.data.export - only its own actions write its state
            export.sudo().write(
                {
                    "state": "running",
                    "error": False,
                    "started_at": export.started_at or fields.Datetime.now(),
                }
            )
            self.env["contact_center.access.logged"]._note_access(
                "exported", what=self.env._("all data"), purpose=export.purpose
            )
            export._run_later()

    def action_stop(self):
        """Stop after the current step; “Go on” continues from there."""
        for export in self.filtered(lambda one: one.state == "running"):
            export._check_administrator()
            # sudo: contact_center.data.export - as above
            export.sudo().state = "stopped"

    def action_take_off(self):
        """Delete the files from the server now."""
        for export in self:
            export._check_administrator()
            if export.state == "running":
                raise UserError(self.env._("Stop the data export first."))
            export._take_off()

    def _check_administrator(self):
        """Raise AccessError unless the user may write data exports, that is, an administrator."""
        self.check_access("write")

    def _run_later(self):
        """Queue a job that continues this data export; one at a time."""
        self.ensure_one()
        # sudo: queue.job - the job belongs to the system
        self.sudo().with_delay(
            channel="root.background",
            identity_key=f"contact_center.data.export:{self.id}",
            description=f"Data export {self.id}",
        )._run()

    @api.ondelete(at_uninstall=False)
    def _unlink_with_files(self):
        for export in self:
            if export.state == "running":
                raise UserError(self.env._("Stop the data export first."))
            export._take_off()

    def _take_off(self):
        """Delete the folder and the file records; what was exported and when stays on record."""
        self.ensure_one()
        # sudo: contact_center.data.export(.file/.part) - only its own actions write it
        export = self.sudo()
        folder = export._folder()
        if folder.exists():
            shutil.rmtree(folder)
        export.file_ids.unlink()
        export.part_ids.unlink()
        if export.state != "draft":
            export.write({"state": "expired", "step": False})

    @api.model
    def _cron_take_off(self):
        """Remove expired data exports from the server (scheduled action)."""
        expired = self.search(
            [("expires_at", "<=", fields.Datetime.now()), ("state", "=", "done")],
            order="id",
            limit=TAKE_OFF_BATCH,
        )
        for export in expired:
            export._take_off()

    def _finish(self):
        """Record the end and notify the requester."""
        self.ensure_one()
        now = fields.Datetime.now()
        self.write(
            {
                "state": "done",
                "step": False,
                "finished_at": now,
                "expires_at": now + timedelta(days=KEEP_DAYS),
            }
        )
        self.requested_by_id._bus_send(
            "simple_notification",
            {
                "type": "success",
                "sticky": True,
                "message": self.env._("The data export “%s” is ready to be downloaded.", self.name),
            },
        )


class DataExportPart(models.Model):
    """One table (or the messages' files) of a data export, and its progress."""

    _name = "contact_center.data.export.part"
    _inherit = ["contact_center.machine.row"]
    _description = "Contact Center Data Export Part"
    _order = "sequence, id"
    _rec_name = "model"

    export_id = fields.Many2one(
        "contact_center.data.export", required=True, readonly=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(readonly=True)
    kind = fields.Selection([("table", "Table"), ("media", "Files")], required=True, readonly=True)
    model = fields.Char(string="Table", required=True, readonly=True)
    label = fields.Char(string="Name", readonly=True)
    total_rows = fields.Integer(string="Rows at the start", readonly=True)
    done_rows = fields.Integer(string="Rows written", readonly=True)
    last_id = fields.Integer(string="Written up to ID", readonly=True)
    chunks = fields.Integer(string="Files written", readonly=True)
    done = fields.Boolean(string="Finished", readonly=True)


class DataExportFile(models.Model):
    """A file of a data export, with the data to prove that it arrived complete."""

    _name = "contact_center.data.export.file"
    _inherit = ["contact_center.machine.row"]
    _description = "Contact Center Data Export File"
    _order = "id"
    _rec_name = "path"

    export_id = fields.Many2one(
        "contact_center.data.export", required=True, readonly=True, index=True, ondelete="cascade"
    )
    path = fields.Char(string="File", required=True, readonly=True)
    size = fields.Float(string="Bytes", digits=(16, 0), readonly=True)
    sha256 = fields.Char(string="SHA-256", readonly=True)
    is_volume = fields.Boolean(readonly=True)

    _path_unique = models.UniqueIndex("(export_id, path)")

    def action_download(self):
        """Download this volume."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/contact_center/data_export/{self.id}",
            "target": "download",
        }
