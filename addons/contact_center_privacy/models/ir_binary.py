# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class IrBinary(models.AbstractModel):
    """Serves files and pictures."""

    _inherit = "ir.binary"

    def _get_stream_from(self, record, field_name="raw", *args, **kwargs):
        """Find the content to send, and log whose it is."""
        stream = super()._get_stream_from(record, field_name, *args, **kwargs)
        if record._name == "ir.attachment":
            # Log the actual user: with an access token the record may come with system rights
            record.with_env(self.env)._contact_center_note()
        return stream
