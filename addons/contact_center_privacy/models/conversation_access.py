# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

# Fields of a conversation that show its content, or data collected by the bot.
CONTENT = frozenset({"transcript", "collected", "collected_html"})
# Fields that name people in a list of conversations.
LISTED = frozenset({"partner_id"})


class Conversation(models.Model):
    """Logs opening the form, reading the transcript, listing and exporting."""

    _inherit = "contact_center.conversation"

    def _access_note(self, fnames):
        """Log the conversation when it is opened, and the list when names are listed."""
        if not self or self.env.su:
            return
        log = self.env["contact_center.access.log"]
        if not CONTENT.isdisjoint(fnames):
            log._record("opened", self)
        elif not LISTED.isdisjoint(fnames):
            log._record_list("listed", self)
