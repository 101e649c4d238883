# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

# People who write, by the addresses in their contact keys, and the conversations they are in
_WHO_AND_WHERE = """
SELECT identity.id, identity.partner_id, conversation.id
FROM whatsapp_identity_address address
JOIN whatsapp_identity identity ON identity.id = address.identity_id
LEFT JOIN contact_center_conversation conversation
    ON conversation.partner_id = identity.partner_id AND conversation.state != 'closed'
WHERE address.portfolio = ANY(%s) AND address.value = ANY(%s)
"""


class WhatsappEvent(models.Model):
    """Reads for several people at once what would be read for each of them.

    It only fills the cache and decides nothing: who is not found here is read later, alone.
    """

    _inherit = "whatsapp.event"

    def _read_ahead(self, batches):
        """Read people, conversations and sessions of flows.

        :param batches: {contact key: whatsapp.event}
        """
        events = self.union(*batches.values())
        if len(batches) < 2 or not events:
            return
        portfolios = list(set(events.account_id.mapped("portfolio")))
        addresses = [key.rpartition(":")[2] for key in batches]
        self.env.cr.execute(_WHO_AND_WHERE, [portfolios, addresses])
        found = [set(filter(None, ids)) for ids in zip(*self.env.cr.fetchall(), strict=True)]
        if not found:
            return
        identities, partners, conversations = found
        self.env["whatsapp.identity"].browse(identities).mapped("full_at")
        self.env["res.partner"].browse(partners).mapped("name")
        # sudo: contact_center.conversation, chatbot.flow.session - the flow acts for the city
        conversations = self.env["contact_center.conversation"].sudo().browse(conversations)
        conversations.mapped("state")
        conversations.chatbot_session_ids.mapped("status")
