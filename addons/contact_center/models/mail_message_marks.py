# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from odoo.addons.mail.tools.discuss import Store


class MailMessage(models.Model):
    """Marks of messages known to a channel: edited, deleted, forwarded, with cards."""

    _inherit = "mail.message"

    def _contact_center_marks(self):
        """Return what else to show on these messages (hook).

        :return: {message id: {"edited": [{"at", "text"}], the earlier texts, oldest first;
            "revoked_at": when its author deleted it; "revoked_by": citizen or us; "forwarded",
            "often_forwarded", "from_phone": booleans; "cards": [{"name", "phones", "emails",
            "organization"}]; "file": "held" or "failed", of a file that was not
            fetched}}, without what does not apply; texts are plain, times UTC
        """
        return {}

    def _marks_to_store(self, store):
        """Add the marks of these messages to the screen's data."""
        for message_id, marks in self._contact_center_marks().items():
            store.add_model_values(self._name, {"id": message_id, "contact_center_marks": marks})

    def _notify_marks(self):
        """Update the marks of these messages on the screens that show their channel."""
        marks = self._contact_center_marks()
        for message in self.filtered(lambda message: message.model == "discuss.channel"):
            channel = self.env["discuss.channel"].browse(message.res_id)
            Store(bus_channel=channel, bus_subchannel="internal_users").add_model_values(
                self._name,
                {"id": message.id, "contact_center_marks": marks.get(message.id, {})},
            ).bus_send()
