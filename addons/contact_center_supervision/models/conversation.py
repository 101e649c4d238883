# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from odoo.addons.contact_center.core import lifecycle


class Conversation(models.Model):
    """Following a conversation without taking part, which its ledger records."""

    _inherit = "contact_center.conversation"

    def action_watch(self):
        """Open a conversation's messages to follow it: neither citizen nor agent notices.

        That it was watched, and by whom, is an event.
        """
        self.ensure_one()
        self.check_access("read")
        if self.state == lifecycle.IN_SERVICE and self.agent_id != self.env.user:
            self._log("watched")
        return self.action_open_discuss()
