# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.notes_property import NotesProperty

from .common import GlpiCase


@tagged("post_install", "-at_install")
class TestNotesNeverLeave(NotesProperty, GlpiCase):
    """The ways out to GLPI: a ticket opened by hand with all files, or by a flow with any."""

    def _conversation(self):
        self.glpi.requests.clear()
        self.glpi.documents.clear()
        return self._in_service()

    def _gone(self, conversation):
        dialog = self.env["glpi.ticket.open"].create(
            {"conversation_id": conversation.id, "title": "x", "description": "y"}
        )
        offered = [option["id"] for option in dialog.message_options]
        dialog.chosen_ids = [*offered, *self.notes.ids]
        ticket = self._ticket(
            conversation,
            media_refs=[
                *(f"message:{one.id}" for one in dialog._chosen_messages()),
                # not offered on the screen, but a call could ask for it
                *(f"message:{note.id}" for note in self.notes),
            ],
            attachments=self.notes.attachment_ids,
        )
        ticket._push()
        self.assertTrue(self.glpi.tickets)
        yield from super()._gone(conversation)
        yield "GLPI", str(self.glpi.bodies) + str(self.glpi.tickets)
        yield (
            "documents of GLPI",
            str(self.glpi.documents) + str(ticket.document_ids.mapped("name")),
        )
