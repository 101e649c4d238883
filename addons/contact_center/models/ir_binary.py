# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from ..core import pictures

# Values for which Odoo changes nothing
_WHOLE = {"width": 0, "height": 0, "crop": False, "quality": 0}


class IrBinary(models.AbstractModel):
    """Thumbnails of citizens' and agents' pictures."""

    _inherit = "ir.binary"

    def _get_image_stream_from(self, record, field_name="raw", *args, **kwargs):
        """Serve a picture that is too large unchanged, instead of decoding it for a thumbnail."""
        if record._name == "ir.attachment" and field_name in ("raw", "datas"):
            # sudo: ir.attachment - the caller checked whether it may be read
            attachment = record.sudo()
            if pictures.is_too_large(attachment._contact_center_path() or attachment.raw or b""):
                args, kwargs = args[:5], {**kwargs, **_WHOLE}
        return super()._get_image_stream_from(record, field_name, *args, **kwargs)


class IrAttachment(models.Model):
    """Incoming pictures."""

    _inherit = "ir.attachment"

    def _postprocess_contents(self, values):
        """Leave a picture that is too large unchanged: shrinking it would decode it."""
        raw = values.get("raw")
        if isinstance(raw, bytes) and pictures.is_too_large(raw):
            values["mimetype"] = self._compute_mimetype(values)
            return values
        return super()._postprocess_contents(values)
