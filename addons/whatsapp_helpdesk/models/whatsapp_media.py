# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models, tools

from ..cloud_api import files, photo


class WhatsappMedia(models.Model):
    """Types of files that WhatsApp takes, how it shows them, and their largest sizes.

    Data, since Meta changes them: see data/whatsapp_media.xml for the source.
    """

    _name = "whatsapp.media"
    _description = "WhatsApp File Type"
    _order = "kind, mimetype"
    _rec_name = "mimetype"

    kind = fields.Selection(
        [
            ("image", "Image"),
            ("video", "Video"),
            ("audio", "Audio"),
            ("sticker", "Sticker"),
            ("document", "Document"),
        ],
        required=True,
    )
    mimetype = fields.Char(
        string="MIME type", required=True, help="An asterisk stands for every type not listed."
    )
    max_size = fields.Integer(string="Largest size (bytes)", required=True)

    _mimetype_unique = models.Constraint(
        "UNIQUE(mimetype)", "There is already a line for this MIME type."
    )
    _max_size_positive = models.Constraint(
        "CHECK(max_size > 0)", "The largest size must be positive."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Create, and forget what was kept in memory."""
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        """Write, and forget what was kept in memory."""
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        """Delete, and forget what was kept in memory."""
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.model
    @tools.ormcache()
    def _rules(self):
        """Return {MIME type: (kind, largest size in bytes)}."""
        # sudo: whatsapp.media - limits are no secret
        return {rule.mimetype: (rule.kind, rule.max_size) for rule in self.sudo().search([])}

    @api.model
    def _judge(self, mimetype, size):
        """Return how a file of this type and size (bytes) goes out: a `cloud_api.files.Verdict`."""
        return files.judge(self._rules(), mimetype, size)

    @api.model
    def _photo_limit(self):
        """Return the size of the largest photo shown as one, in bytes."""
        return self._rules().get(photo.PHOTO_TYPE, ("image", 0))[1]

    @api.model
    def _document_limit(self):
        """Return the size of the largest file of all, in either direction, in bytes."""
        return files.document_limit(self._rules())
