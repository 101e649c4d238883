from odoo import api, fields, models, tools


class WhatsappMedia(models.Model):
    """Types of files that WhatsApp takes, as what it shows them, and how large they may be.

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
        """{MIME type: (kind, largest size in bytes)}"""
        # sudo: whatsapp.media - limits are no secret
        return {rule.mimetype: (rule.kind, rule.max_size) for rule in self.sudo().search([])}

    @api.model
    def _kind_to_send(self, mimetype, size):
        """As what a file is sent: its own kind, else as a document.

        A picture in a format that WhatsApp does not show, or too large for a picture, goes as a
        document.

        :param size: bytes
        :return: the kind, or None when the file is too large even for a document
        """
        rules = self._rules()
        kind, limit = rules.get(mimetype, ("document", 0))
        if kind != "document" and size <= limit:
            return kind
        return "document" if size <= self._document_limit() else None

    @api.model
    def _document_limit(self):
        """Bytes: the largest file of all, in either direction."""
        return max((size for kind, size in self._rules().values() if kind == "document"), default=0)
