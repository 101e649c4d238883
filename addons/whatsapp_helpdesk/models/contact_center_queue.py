# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class Queue(models.Model):
    """Queues to which numbers send citizens."""

    _inherit = "contact_center.queue"

    def _used_by(self):
        """Also name the numbers whose citizens wait here."""
        # sudo: whatsapp.account - names only, for people who manage queues
        accounts = self.env["whatsapp.account"].sudo().search([("queue_id", "=", self.id)])
        numbers = [self.env._("the number %s", account.name) for account in accounts]
        return [*super()._used_by(), *numbers]
