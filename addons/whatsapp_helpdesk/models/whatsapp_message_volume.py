# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import models

from odoo.addons.contact_center.core import caps

_MEGABYTE = 1024 * 1024
_DAY = timedelta(seconds=caps.PERIODS[caps.MEGABYTES])

# Of one person; the files that an agent fetched by a click are among them
_FETCHED = """
SELECT COALESCE(sum(file.file_size), 0)
FROM whatsapp_message message JOIN ir_attachment file ON file.id = message.attachment_id
WHERE message.identity_id = %s AND message.media_state = 'done' AND message.direction = 'in'
  AND file.create_date > %s
"""


class WhatsappMessage(models.Model):
    """How many bytes of a citizen's files are fetched in a day: the disk is shared.

    Nothing is counted in advance: what was fetched is on record, and is added up when the next
    file is due. Files that are fetched at the same moment do not see each other, so the limit may
    be passed by as many of them as the channel of these jobs allows.
    """

    _inherit = "whatsapp.message"

    def _is_over_volume(self, size):
        """Return whether this file, of `size` bytes, is more than its sender may have in a day."""
        most = self.account_id._caps()[caps.MEGABYTES] * _MEGABYTE
        # What the telephone's history brings comes without a conversation, and once
        if not most or self.direction != "in" or not self.conversation_id:
            return False
        self.env.flush_all()
        self.env.cr.execute(_FETCHED, [self.identity_id.id, self.env.cr.now() - _DAY])
        return self.env.cr.fetchone()[0] + size > most

    def _hold_for_volume(self):
        """Leave the file at WhatsApp; the citizen is told once in a day and conversation."""
        self._hold_media(
            self.env._("Its sender's files were too large for one day: this one was not fetched.")
        )
        # sudo: contact_center.conversation - the job acts for the city
        conversation = self.conversation_id.sudo()
        told = conversation.event_ids.filtered(
            lambda event: (
                event.kind == "limit_reached"
                and (event.data or {}).get("limit") == caps.MEGABYTES
                and event.at > self.env.cr.now() - _DAY
            )
        )
        if not told:
            conversation._note_over_cap(caps.MEGABYTES)
