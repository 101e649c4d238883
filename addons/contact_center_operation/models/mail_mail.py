# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class MailMail(models.Model):
    """Lets the health page resend failed mails."""

    _inherit = "mail.mail"

    def _contact_center_retry(self):
        """Queue the mails again; the health page has checked the right."""
        self.env["contact_center.health"]._check_allowed()
        # sudo: mail.mail - administrators of the contact center need not manage mails
        self.sudo().mark_outgoing()
