# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import csv
import hashlib
import io
import json
import os
import re
import tempfile
import zipfile

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.contact_center.core import spreadsheets

KEEP_DAYS = 7
# It contains all of a citizen's data: nobody else on the machine may read it.
FILE_MODE = 0o600
# Files removed per run of the daily clean-up, which repeats while there are more
GC_BATCH = 100


class PrivacyExport(models.Model):
    """A copy of one citizen's data: made by a job, kept some days, downloads logged.

    The file belongs to the system: it can only be reached through the logged route.
    """

    _name = "contact_center.privacy.export"
    _inherit = ["contact_center.machine.row", "contact_center.background.work"]
    _description = "Privacy Export"
    _order = "id desc"
    _rec_name = "filename"

    request_id = fields.Many2one(
        "contact_center.privacy.request", required=True, readonly=True, ondelete="restrict"
    )
    partner_ids = fields.Many2many("res.partner", string="Contacts", readonly=True)
    state = fields.Selection(
        [("pending", "Being made"), ("done", "Ready"), ("failed", "Failed"), ("gone", "Removed")],
        required=True,
        readonly=True,
        default="pending",
    )
    progress = fields.Integer(string="Progress (%)", readonly=True, aggregator=None)
    attachment_id = fields.Many2one(
        "ir.attachment", readonly=True, ondelete="set null", groups="base.group_system"
    )
    filename = fields.Char(compute="_compute_filename")
    size = fields.Integer(string="Size (bytes)", readonly=True, aggregator=None)
    sha256 = fields.Char(string="SHA-256", readonly=True)
    expires_at = fields.Datetime(string="Kept until", readonly=True)
    url = fields.Char(compute="_compute_url", string="Download")

    @api.depends("request_id")
    def _compute_filename(self):
        for export in self:
            number = re.sub(r"\W+", "-", export.request_id.name or "")
            export.filename = f"dados-pessoais-{number}.zip"

    @api.depends("state")
    def _compute_url(self):
        for export in self:
            done = export.state == "done"
            export.url = f"/contact_center/privacy/export/{export.id}" if done else False

    @api.model
    def _start(self, request):
        """Make a copy for `request` in a job; return the record with its progress."""
        # sudo: contact_center.privacy.export - the caller checked the right
        export = self.sudo().create(
            {
                "request_id": request.id,
                "partner_ids": [(6, 0, request.partner_ids.ids)],
                "expires_at": fields.Datetime.add(fields.Datetime.now(), days=KEEP_DAYS),
            }
        )
        export.with_delay(
            description=self.env._("Privacy: copy of the data for %s", request.name)
        )._build()
        self.env["contact_center.access.log"]._record(
            "exported", request.partner_ids, request=request.name
        )
        return export.with_env(self.env)

    # ------------------------------------------------------------
    # Making
    # ------------------------------------------------------------

    def _build(self):
        """Job: gather the data and the files, and pack them."""
        self.ensure_one()
        # sudo: contact_center.privacy.export - the job acts for an officer
        export = self.sudo().with_user(SUPERUSER_ID).with_context(active_test=False)
        with tempfile.TemporaryFile() as handle:
            try:
                export._pack(handle)
            except (OSError, ValueError):
                export.state = "failed"
                export._commit()
                raise
            size = handle.seek(0, os.SEEK_END)
            handle.seek(0)
            content = handle.read()
        # Not linked to a record: it cannot be reached through /web/content, which is not logged
        attachment = (
            self.env["ir.attachment"]
            .with_user(SUPERUSER_ID)
            .create({"name": export.filename, "raw": content, "mimetype": "application/zip"})
        )
        if path := attachment._contact_center_path():
            os.chmod(path, FILE_MODE)
        export.write(
            {
                "attachment_id": attachment.id,
                "size": size,
                "sha256": hashlib.sha256(content).hexdigest(),
                "progress": 100,
                "state": "done",
            }
        )

    def _pack(self, handle):
        """Write the zip: data in json, csv and HTML for people, and the files."""
        sections = self.partner_ids._privacy_data()
        with zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED) as archive:
            plain = {key: section["rows"] for key, section in sections.items()}
            archive.writestr("dados.json", json.dumps(plain, indent=2, ensure_ascii=False))
            archive.writestr("resumo.html", self._summary(sections))
            for key, section in sections.items():
                if section["rows"]:
                    archive.writestr(f"csv/{key}.csv", self._csv(section["rows"]))
            self._advance(10)
            conversations = self.partner_ids._all_conversations()
            for done, conversation in enumerate(conversations, 1):
                for attachment in conversation._privacy_spoken().attachment_ids:
                    archive.writestr(conversation._privacy_file(attachment), attachment.raw or b"")
                self._advance(10 + 85 * done // len(conversations))

    def _advance(self, percent):
        """Update the progress if it has changed."""
        if percent >= self.progress + 5:
            self.progress = percent
            self._commit()

    def _summary(self, sections):
        """Return the HTML page for people."""
        today = self.env["contact_center.queue"]._city_today()
        values = {"sections": sections, "export": self, "today": today}
        return str(self.env["ir.qweb"]._render("contact_center_privacy.export_summary", values))

    @api.model
    def _csv(self, rows):
        """Return the rows of one section for a spreadsheet.

        UTF-8 with BOM, separated by semicolons.
        """
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]), delimiter=";", extrasaction="ignore")
        writer.writeheader()
        for row in rows:
            writer.writerow({key: self._cell(value) for key, value in row.items()})
        return text.getvalue().encode("utf-8-sig")

    @api.model
    def _cell(self, value):
        """Return a value for a spreadsheet, never interpreted as a formula."""
        if isinstance(value, list | dict):
            value = json.dumps(value, ensure_ascii=False)
        text = "" if value is None else str(value)
        return spreadsheets.cell(text)

    # ------------------------------------------------------------
    # Handing out and removing
    # ------------------------------------------------------------

    def _content(self):
        """Return the file for the current user and log the download.

        :return: ir.attachment with the system's rights
        :raise UserError: it no longer exists
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: ir.attachment - the right to the export was checked above
        attachment = self.sudo().attachment_id
        if not attachment:
            raise UserError(self.env._("This copy was removed. Make a new one."))
        self.env["contact_center.access.log"]._record(
            "downloaded", self.sudo().partner_ids, request=self.request_id.name
        )
        return attachment

    def _forget(self):
        """Remove the files."""
        self.attachment_id.unlink()
        self.write({"state": "gone", "sha256": False})

    @api.autovacuum
    def _gc_expired(self):
        now = fields.Datetime.now()
        expired = self.search(
            [("expires_at", "<", now), ("state", "!=", "gone")], order="id", limit=GC_BATCH
        )
        expired._forget()
        return len(expired), len(expired) == GC_BATCH
