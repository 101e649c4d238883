from odoo import models

from odoo.addons.mail.tools.discuss import Store


class MailMessage(models.Model):
    """Marks of messages that a channel knows of: corrected, deleted, forwarded, cards in it."""

    _inherit = "mail.message"

    def _contact_center_marks(self):
        """Hook: what else is to be seen at these messages.

        :return: {message id: {"edited": [{"at", "text"}], the earlier texts, oldest first;
            "revoked_at": when its author deleted it; "revoked_by": citizen or us; "forwarded",
            "often_forwarded", "from_phone": booleans; "cards": [{"name", "phones", "emails",
            "organization"}]; "file": "held" or "failed", of a file that was not
            fetched}}, without what does not apply; texts are plain, times UTC
        """
        return {}

    def _to_store(self, store, fields, **kwargs):
        super()._to_store(store, fields, **kwargs)
        if "message_format" not in fields or not store.target.is_internal(self.env):
            return
        for message_id, marks in self._contact_center_marks().items():
            store.add_model_values(self._name, {"id": message_id, "contact_center_marks": marks})

    def _notify_marks(self):
        """Show the present marks of these messages on the screens that show their channel."""
        marks = self._contact_center_marks()
        for message in self.filtered(lambda message: message.model == "discuss.channel"):
            channel = self.env["discuss.channel"].browse(message.res_id)
            Store(bus_channel=channel, bus_subchannel="internal_users").add_model_values(
                self._name,
                {"id": message.id, "contact_center_marks": marks.get(message.id, {})},
            ).bus_send()
