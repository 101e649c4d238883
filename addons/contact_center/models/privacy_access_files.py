"""Citizens' files: whoever fetches one leaves a line, by whatever address or call."""

from odoo import models

# Fields of a file that hold what is in it.
CONTENT = frozenset({"datas", "raw", "db_datas", "index_content"})


class IrAttachment(models.Model):
    """Which files are citizens', and who fetched them."""

    _inherit = "ir.attachment"

    def _contact_center_subjects(self):
        """Return the conversation or the contacts that this file belongs to, or None."""
        self.ensure_one()
        # sudo: ir.attachment, discuss.channel - to what it belongs, for the log
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
        """Note that the current user fetched these files, once an hour each."""
        if self.env.su or self.env.user._is_public():
            return  # a guest of the web chat fetches their own
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


class IrBinary(models.AbstractModel):
    """Addresses by which files and pictures are fetched."""

    _inherit = "ir.binary"

    def _get_stream_from(self, record, field_name="raw", *args, **kwargs):
        """Find the content to send, and note whose it is."""
        stream = super()._get_stream_from(record, field_name, *args, **kwargs)
        if record._name == "ir.attachment":
            # By the user who asks: the record may have come with an access token, as the system
            record.with_env(self.env)._contact_center_note()
        return stream
