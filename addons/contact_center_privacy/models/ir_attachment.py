# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Citizens' files: every download is logged, through any URL or call."""

from odoo import models

# Fields that hold a file's content.
CONTENT = frozenset({"datas", "raw", "db_datas", "index_content"})


class IrAttachment(models.Model):
    """Determines which files are citizens', and logs who fetched them."""

    _inherit = "ir.attachment"

    def _contact_center_subjects(self):
        """Return the conversation or the contacts that this file belongs to, or None."""
        self.ensure_one()
        # sudo: ir.attachment, discuss.channel - its owner, for the log
        attachment = self.sudo()
        if not attachment.res_id or attachment.res_model not in self.env:
            return None
        record = self.env[attachment.res_model].browse(attachment.res_id).sudo().exists()
        if attachment.res_model == "discuss.channel":
            return record.contact_center_conversation_id[:1]
        if attachment.res_model == "mail.message" and record.model == "discuss.channel":
            channel = self.env["discuss.channel"].browse(record.res_id).sudo().exists()
            return channel.contact_center_conversation_id[:1]
        return record._access_subjects()[:1] if hasattr(record, "_access_subjects") else None

    def _contact_center_note(self):
        """Log that the current user fetched these files, once an hour each."""
        if self.env.su or self.env.user._is_public():
            return  # a web chat guest fetches their own files
        for attachment in self.filtered(lambda one: isinstance(one.id, int)):
            if subject := attachment._contact_center_subjects():
                self.env["contact_center.access.log"]._record_once(
                    "downloaded",
                    1,
                    subject,
                    hourly=True,
                    # sudo: ir.attachment - its name, for the log
                    file=attachment.sudo().name,
                    number=attachment.id,
                )

    def _read_format(self, fnames, load="_classic_read"):
        result = super()._read_format(fnames, load=load)
        if not self.env.su and not CONTENT.isdisjoint(fnames):
            self._contact_center_note()
        return result
