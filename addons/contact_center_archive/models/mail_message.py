# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class MailMessage(models.Model):
    """Keeps the archive in sync with the text of messages."""

    _inherit = "mail.message"

    def _contact_center_words_changed(self):
        result = super()._contact_center_words_changed()
        self.env["contact_center.archive.message"]._reindex(self)
        return result
