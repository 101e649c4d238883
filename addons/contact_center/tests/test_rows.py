# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..rows import insert_rows
from .common import ContactCenterCase
from .rows import RowsMixin


@tagged("post_install", "-at_install")
class TestRows(RowsMixin, ContactCenterCase):
    """Messages while nobody watches, and the ledger."""

    def setUp(self):
        super().setUp()
        self.conversation = self._open().sudo()

    def test_event(self):
        vals = {
            "conversation_id": self.conversation.id,
            "kind": "closed",
            "queue_id": self.queue.id,
            "agent_id": False,
            "data": {"outcome": "resolved"},
        }
        events = self.env["contact_center.event"].sudo()
        self.assert_as_created(events, vals)
        self.assert_nothing_stored_follows(events, [*vals, "at", "user_id"])

    def test_event_of_an_agent_names_the_agent(self):
        event = self.conversation.with_user(self.agent).sudo()._log("note")
        self.assertEqual(event.user_id, self.agent)

    def test_event_stands_in_the_list_that_was_read(self):
        before = self.conversation.event_ids
        event = self.conversation._log("note")
        self.assertEqual(self.conversation.event_ids, before + event)

    def test_message(self):
        vals = {
            "model": "discuss.channel",
            "res_id": self.conversation.discuss_channel_id.id,
            "author_id": self.citizen.id,
            "email_from": False,
            "reply_to": False,
            "body": "<p>A impressora <b>não</b> liga<script>1</script>",
            "message_type": "comment",
            "subtype_id": self.env.ref("mail.mt_comment").id,
        }
        messages = self.env["mail.message"].sudo()
        self.assert_as_created(messages, vals, messages._insert_unwatched, ["message_id"])
        # Live chat's report about members, whom only a watched channel has: computed once more when
        # the session ends
        duration = "im_livechat.channel.member.history.session_duration_hour"
        self.assert_nothing_stored_follows(messages, [*vals, "message_id", "date"], [duration])

    def test_message_has_an_id_of_its_own_and_stands_in_the_channel(self):
        channel = self.conversation.discuss_channel_id
        before = channel.message_ids
        first = self.conversation._say(self._outgoing())
        second = self.conversation._say(self._outgoing())
        self.assertIn(f"{channel.id}-discuss.channel", first.message_id)
        self.assertNotEqual(first.message_id, second.message_id)
        self.assertEqual(channel.message_ids, second + first + before)

    def test_several_rows_in_one_statement_keep_their_order(self):
        messages = self.env["mail.message"].sudo()
        with self.assertQueryCount(1):
            rows = insert_rows(
                messages,
                [
                    {"body": "<p>a</p>", "message_type": "comment"},
                    {"body": "<p>b</p>", "message_type": "comment", "subject": "s"},
                ],
            )
        self.assertEqual([row.subject for row in rows], [False, "s"])
        self.env.invalidate_all()
        self.assertEqual([str(row.body) for row in rows], ["<p>a</p>", "<p>b</p>"])
        self.assertFalse(insert_rows(messages, []))

    def test_a_value_that_is_none_of_a_selection_is_refused(self):
        with self.assertRaises(ValueError):
            insert_rows(self.env["mail.message"].sudo(), [{"message_type": "smoke"}])

    def test_users_insert_nothing(self):
        vals = {"conversation_id": self.conversation.id, "kind": "note"}
        with self.assertRaises(AccessError):
            self.env["contact_center.event"].with_user(self.agent)._insert([vals])
