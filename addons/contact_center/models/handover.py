import shutil
from datetime import timedelta
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import config

# Days until a finished hand-over is taken off the server again.
KEEP_DAYS = 7
# So many are taken off at once, the others at the next run
TAKE_OFF_BATCH = 50


class Handover(models.Model):
    """All data of the contact centre in files for the city that owns them (requirement A22).

    Runs as jobs that each work for a while and then ask for the next one; what is finished is
    recorded, so that after a stop it goes on where it was. The files stand in a folder of the
    server (`folder`) and, packed into volumes, behind download buttons.
    """

    _name = "contact_center.handover"
    _description = "Contact Center Data Hand-over"
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
    part_ids = fields.One2many("contact_center.handover.part", "handover_id", readonly=True)
    file_ids = fields.One2many("contact_center.handover.file", "handover_id", readonly=True)
    volume_ids = fields.One2many(
        "contact_center.handover.file",
        "handover_id",
        domain=[("is_volume", "=", True)],
        string="Volumes",
        readonly=True,
    )
    progress = fields.Float(compute="_compute_progress", help="Percent of all rows and files.")
    total_rows = fields.Integer(compute="_compute_progress", string="Rows and files")

    @api.depends("create_date", "purpose")
    def _compute_name(self):
        for handover in self:
            at = handover.create_date or fields.Datetime.now()
            local = fields.Datetime.context_timestamp(handover, at)
            handover.name = f"{local:%d/%m/%Y %H:%M} · {handover.purpose or ''}"

    @api.depends("part_ids.done_rows", "part_ids.total_rows", "state")
    def _compute_progress(self):
        for handover in self:
            total = sum(handover.part_ids.mapped("total_rows"))
            done = sum(handover.part_ids.mapped("done_rows"))
            handover.total_rows = total
            # What comes in while it runs makes the estimate too small
            share = min(100 * done / total, 99) if total else 0
            handover.progress = 100 if handover.state in ("done", "expired") else share

    @api.model_create_multi
    def create(self, vals_list):
        """A hand-over starts with what is asked for; the rest is its own bookkeeping."""
        for vals in vals_list:
            self._check_asked_for(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Refuse users to write the bookkeeping."""
        self._check_asked_for(vals)
        return super().write(vals)

    def _check_asked_for(self, vals):
        """Raise UserError when a user writes more than what may be asked for."""
        if not self.env.su and vals.keys() - {"purpose", "with_media"}:
            raise UserError(self.env._("The state of a hand-over changes by its own buttons only."))

    def _folder(self):
        """pathlib.Path of the folder with this hand-over's files (it may not exist yet)."""
        self.ensure_one()
        base = Path(config["data_dir"]) / "contact_center_handover" / self.env.cr.dbname
        return base / str(self.id)

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_start(self):
        """Start, or go on after a stop or an error, in the background."""
        for handover in self:
            handover._check_administrator()
            if handover.state not in ("draft", "stopped", "failed"):
                raise UserError(self.env._("This hand-over is running or finished already."))
            # sudo: contact_center.handover - its state is written by its own actions only
            handover.sudo().write(
                {
                    "state": "running",
                    "error": False,
                    "started_at": handover.started_at or fields.Datetime.now(),
                }
            )
            self.env["contact_center.access.log"]._record(
                "exported", None, what=self.env._("all data"), purpose=handover.purpose
            )
            handover._run_later()

    def action_stop(self):
        """Stop after the present step; “Go on” continues from there."""
        for handover in self.filtered(lambda one: one.state == "running"):
            handover._check_administrator()
            # sudo: contact_center.handover - as above
            handover.sudo().state = "stopped"

    def action_take_off(self):
        """Delete the files from the server now."""
        for handover in self:
            handover._check_administrator()
            if handover.state == "running":
                raise UserError(self.env._("Stop the hand-over first."))
            handover._take_off()

    def _check_administrator(self):
        """Raise AccessError unless the user may write hand-overs, that is, an administrator."""
        self.check_access("write")

    def _run_later(self):
        """Ask for a job that continues this hand-over; one at a time."""
        self.ensure_one()
        # sudo: queue.job - the job belongs to the system
        self.sudo().with_delay(
            channel="root.background",
            identity_key=f"contact_center.handover:{self.id}",
            description=f"Hand-over {self.id}",
        )._run()

    @api.ondelete(at_uninstall=False)
    def _unlink_with_files(self):
        for handover in self:
            if handover.state == "running":
                raise UserError(self.env._("Stop the hand-over first."))
            handover._take_off()

    def _take_off(self):
        """Delete folder and records of files; what was handed over when stays on record."""
        self.ensure_one()
        # sudo: contact_center.handover(.file/.part) - written by its own actions only
        handover = self.sudo()
        folder = handover._folder()
        if folder.exists():
            shutil.rmtree(folder)
        handover.file_ids.unlink()
        handover.part_ids.unlink()
        if handover.state != "draft":
            handover.write({"state": "expired", "step": False})

    @api.model
    def _cron_take_off(self):
        """Take finished hand-overs off the server when their time is over (scheduled action)."""
        expired = self.search(
            [("expires_at", "<=", fields.Datetime.now()), ("state", "=", "done")],
            order="id",
            limit=TAKE_OFF_BATCH,
        )
        for handover in expired:
            handover._take_off()

    def _finish(self):
        """Note the end and tell who asked for it."""
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
                "message": self.env._("The hand-over “%s” is ready to be downloaded.", self.name),
            },
        )


class HandoverPart(models.Model):
    """One table (or the files of messages) of a hand-over, and how far it is."""

    _name = "contact_center.handover.part"
    _inherit = ["contact_center.machine.row"]
    _description = "Contact Center Data Hand-over Part"
    _order = "sequence, id"
    _rec_name = "model"

    handover_id = fields.Many2one(
        "contact_center.handover", required=True, readonly=True, index=True, ondelete="cascade"
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


class HandoverFile(models.Model):
    """A file of a hand-over, with what is needed to prove that it arrived whole."""

    _name = "contact_center.handover.file"
    _inherit = ["contact_center.machine.row"]
    _description = "Contact Center Data Hand-over File"
    _order = "id"
    _rec_name = "path"

    handover_id = fields.Many2one(
        "contact_center.handover", required=True, readonly=True, index=True, ondelete="cascade"
    )
    path = fields.Char(string="File", required=True, readonly=True)
    size = fields.Float(string="Bytes", digits=(16, 0), readonly=True)
    sha256 = fields.Char(string="SHA-256", readonly=True)
    is_volume = fields.Boolean(readonly=True)

    _path_unique = models.UniqueIndex("(handover_id, path)")

    def action_download(self):
        """Download this volume."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/contact_center/handover/{self.id}",
            "target": "download",
        }
