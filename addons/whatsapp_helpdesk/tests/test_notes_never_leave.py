# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.notes_property import NotesProperty

from .common import WhatsappCase


@tagged("post_install", "-at_install")
class TestNotesNeverLeave(NotesProperty, WhatsappCase):
    """The ways out of WhatsApp: the outbox, what Meta is sent, the files it is given."""

    def _conversation(self):
        for sent in (self.meta.sent, self.meta.requests, self.meta.uploads):
            sent.clear()
        conversation = self.in_service()
        self.citizen = conversation.partner_id
        return conversation

    def _attempt(self, step, conversation, *how):
        with self.jobs(later=False):
            return super()._attempt(step, conversation, *how)

    def _gone(self, conversation):
        yield from super()._gone(conversation)
        yield "Meta", str(self.meta.sent) + str(self.meta.uploads)
        yield "Meta's requests", str([request.body for request in self.meta.requests])
        outbox = self.outgoing(conversation)
        self.assertTrue(outbox)
        yield "outbox", str(outbox.mapped("payload"))
        yield "outbox's files", str(outbox.attachment_id.mapped("raw"))
        self.assertFalse(outbox.mail_message_id & self.notes)
