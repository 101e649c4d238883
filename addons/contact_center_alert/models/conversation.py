# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from ..outbreak.naming import folded

TEXT_LENGTH = 2000


class Conversation(models.Model):
    """Notices which watched subjects a conversation is about, and in which district."""

    _inherit = "contact_center.conversation"

    def _take_in(self, incoming, body, attachments):
        """Look for words of watched subjects before anybody answers."""
        # sudo: contact_center.conversation - bookkeeping of the system
        self.sudo()._note_alert_words(incoming)
        return super()._take_in(incoming, body, attachments)

    def write(self, vals):
        """Count the conversation for the subjects of its disposition."""
        result = super().write(vals)
        if vals.get("disposition_id"):
            for conversation in self:
                # sudo: contact_center.conversation - bookkeeping of the system
                conversation.sudo()._note_alert_disposition(vals["disposition_id"])
        return result

    def _note_alert_words(self, incoming):
        """Count this conversation (sudo) for the subjects whose words the citizen used."""
        known = self.env["contact_center.alert.subject"]._by_words()
        if not known or not incoming.text:
            return
        text = folded(incoming.text[:TEXT_LENGTH])
        found = [(key, company) for key, company, pattern in known if pattern.search(text)]
        if found:
            self._note_alert_subjects(found, "words", self._alert_district())

    def _note_alert_disposition(self, disposition_id):
        """Count this conversation (sudo) for the subjects of a disposition."""
        found = self.env["contact_center.alert.subject"]._by_disposition(disposition_id)
        if found:
            self._note_alert_subjects(found, "disposition", self._alert_district())

    def _note_alert_subjects(self, subjects, how, district):
        """Count this conversation (sudo), which a citizen began, for these subjects."""
        if self.direction != "active":
            self.env["contact_center.alert.contact"]._record(self, subjects, how, district)

    def _alert_district(self):
        """Return the key of the citizen's district as far as it is known, otherwise ""."""
        return self.env["contact_center.district"]._alert_key_of(self.partner_id)

    @api.model
    def _open(self, partner, channel_kind, queue=None, **vals):
        """Lead citizens to the prepared flow while the civil-defence mode is on."""
        conversation = super()._open(partner, channel_kind, queue=queue, **vals)
        run = self.env["contact_center.civil.run"]._active_for(conversation)
        if run:
            # sudo: contact_center.conversation - only the system chooses its flow
            run._lead(conversation.sudo())
        return conversation
