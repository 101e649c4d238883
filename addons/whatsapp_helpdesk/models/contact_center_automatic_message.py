from odoo import fields, models


class AutomaticMessage(models.Model):
    """Moments that only WhatsApp knows."""

    _inherit = "contact_center.automatic.message"

    kind = fields.Selection(
        selection_add=[("file_too_large", "A citizen's file is too large")],
        ondelete={"file_too_large": "cascade"},
    )
