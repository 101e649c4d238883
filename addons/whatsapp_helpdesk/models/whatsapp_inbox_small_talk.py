# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import models

# Small talk that opens nothing is answered once, and not again for so long.
ANSWER_AGAIN_AFTER = timedelta(hours=12)


class WhatsappEvent(models.Model):
    """Small talk without a conversation: thanks after the end, a thumb, an insult.

    It is stored with what is over, or kept until the next conversation begins with it.
    """

    _inherit = "whatsapp.event"

    def _receive_small_talk(self, identity, message, incoming):
        """Take a message that opens no conversation; False when it opens one."""
        account = self.account_id
        over, talk = self.env["contact_center.conversation"]._meet_small_talk(
            [
                # Also from another telephone of theirs
                ("partner_id", "=", identity.partner_id.id),
                ("channel_kind", "=", "whatsapp"),
                ("whatsapp_account_id", "=", account.id),
            ],
            incoming,
            identity.partner_id,
            flow_id=account.flow_id.id,
        )
        if over:
            if over.whatsapp_identity_id != identity:
                over.whatsapp_identity_id = identity
            stored = over._receive_thanks(incoming, body=self._body(over, message, incoming))
            self._note_received(identity, over, stored, message)
            over._answer_after_end(talk, stored)
            return True
        if not talk:
            return False
        messages = self.env["whatsapp.message"]
        messages._keep(account, identity, message, self._kept_body(message), False, self.at)
        messages._answer_kept(account, identity, talk.first, ANSWER_AGAIN_AFTER)
        return True
