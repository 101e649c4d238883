# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common import PNG, GlpiCase

REFUSED = (400, "ERROR_GLPI_DELETE")


@tagged("post_install", "-at_install")
class TestPartDouble(GlpiCase):
    """A followup, an answer or a file that GLPI stores too late is there only once."""

    def setUp(self):
        super().setUp()
        self.conversation = self._in_service()
        self.ticket = self._ticket(self.conversation)
        self.ticket._push()

    def _sent_twice(self, kind="followup", words="É o 1234"):
        """Return an entry whose first request is still with GLPI; the second one arrived."""
        entry = self.ticket._send_to_glpi(kind, words, author="Maria")
        self.glpi.delay("POST ITILFollowup")
        self._push_fails(self.ticket)
        self.ticket._push()
        self.assertEqual(entry.state, "sent")
        return entry

    def _look(self):
        """Run the pump when its next check is due."""
        with freeze_time(self.ticket.due_at + timedelta(seconds=1)):
            self.server._pump()

    def _public(self):
        return [one["id"] for one in self.glpi.followups if not one["is_private"]]

    def test_late_first_one_is_deleted(self):
        for kind in ("followup", "approve", "refuse"):
            with self.subTest(kind):
                self.glpi.followups.clear()
                self.glpi.tickets[self.ticket.glpi_id]["status"] = 5
                entry = self._sent_twice(kind)
                self.glpi.arrive()
                self.assertEqual(len(self.glpi.followups), 2)
                self._look()
                self.assertEqual([one["id"] for one in self.glpi.followups], [entry.glpi_id])
                self.assertTrue(entry.double_numbers)
                self.assertFalse(self.ticket.notice)

    def test_without_the_right_to_delete_it_is_made_private(self):
        entry = self._sent_twice()
        self.glpi.arrive()
        self.glpi.refuse("DELETE ITILFollowup", *REFUSED)
        self._look()
        self.assertEqual(self._public(), [entry.glpi_id])
        self.assertEqual(len(self.glpi.followups), 2)
        log = len(self.glpi.log)
        self._look()
        self.assertNotIn("PUT", " ".join(self.glpi.log[log:]), "once is enough")

    def test_without_any_right_it_is_named(self):
        self._sent_twice()
        self.glpi.arrive()
        self.glpi.refuse("DELETE ITILFollowup", *REFUSED)
        self.glpi.refuse("PUT ITILFollowup", 400, "ERROR_GLPI_UPDATE")
        self._look()
        self._look()
        self.assertEqual(self.ticket.notice.count("É o 1234"), 1)
        notes = " ".join(self.conversation.discuss_channel_id.message_ids.mapped("body"))
        self.assertEqual(notes.count("É o 1234"), 1, "the agent is told, once")

    def test_first_one_that_arrives_between_look_and_request(self):
        entry = self.ticket._send_to_glpi("followup", "É o 1234")
        self.glpi.delay("POST ITILFollowup")
        self._push_fails(self.ticket)
        self.glpi.before["POST ITILFollowup"] = self.glpi.arrive
        self.ticket._push()
        self.assertEqual([one["id"] for one in self.glpi.followups], [entry.glpi_id])

    def test_both_there_when_it_is_looked_for(self):
        entry = self.ticket._send_to_glpi("followup", "É o 1234")
        self.glpi.delay("POST ITILFollowup")
        self._push_fails(self.ticket)
        self.glpi.lose("POST ITILFollowup")
        self._push_fails(self.ticket)
        self.glpi.arrive()
        self.ticket._push()
        self.assertEqual([one["id"] for one in self.glpi.followups], [entry.glpi_id])

    def test_looking_ends_and_one_request_is_never_looked_after(self):
        entry = self.ticket._send_to_glpi("followup", "uma vez")
        self.ticket._push()
        self.assertFalse(self.ticket.due_at or entry.doubles_until)
        self._sent_twice()
        looks = 0
        while self.ticket.due_at:
            looks += 1
            self._look()
            self.assertLess(looks, 12)
        self.assertFalse(self.ticket.outbox_ids.filtered("doubles_until"))

    def test_late_file_leaves_one_document(self):
        for refused in (False, True):
            with self.subTest(refused=refused):
                self.glpi.documents.clear()
                message = self._message_with(self.conversation, ("foto.png", "image/png", PNG))
                self.ticket._send_to_glpi("followup", "veja", message=message, with_files=True)
                self.glpi.delay("POST Document")
                self._push_fails(self.ticket)
                self.ticket._push()
                document = self.ticket.document_ids[-1]
                self.assertEqual(document.state, "sent")
                self.glpi.arrive()
                self.assertEqual(len(self.glpi.documents), 2)
                if refused:
                    self.glpi.refuse("DELETE Document", *REFUSED)
                self._look()
                self.assertIn(document.glpi_id, self.glpi.documents)
                self.assertEqual(len(self.glpi.documents), 1 + refused)
                self.assertEqual("foto.png" in (self.ticket.notice or ""), refused)
