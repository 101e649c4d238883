from odoo.tests import tagged

from odoo.addons.contact_center.tests.notes_property import NotesProperty

from .common import GlpiCase


@tagged("post_install", "-at_install")
class TestNotesNeverLeave(NotesProperty, GlpiCase):
    """The ways out to GLPI: a ticket opened by hand with all files, or by a flow with any."""

    def _conversation(self):
        self.glpi.bodies.clear()
        self.glpi.documents.clear()
        return self._in_service()

    def _gone(self, conversation):
        dialog = self.env["glpi.ticket.open"].create(
            {"conversation_id": conversation.id, "title": "x", "description": "y"}
        )
        ticket = self._ticket(
            conversation,
            media_refs=[
                *dialog._media_refs(),
                # what nobody asks for on the screen, but a call could
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
