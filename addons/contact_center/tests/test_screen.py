# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from unittest.mock import patch

from lxml import etree
from markupsafe import Markup

from odoo.models import BaseModel
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.http_routing.tests.common import MockRequest
from odoo.addons.mail.tools.discuss import Store

from .common import SUPERVISOR, ContactCenterCase


@tagged("post_install", "-at_install")
class TestScreen(ContactCenterCase):
    def _sent(self):
        """Return (receiving record, payload) of what was sent, in order; clear the bus."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        found = []
        for notification in self.env["bus.bus"].search([], order="id"):
            message = json.loads(notification.message)
            if message["type"] == "contact_center/conversation":
                _db, model, record_id = json.loads(notification.channel)
                found.append((self.env[model].browse(record_id), message["payload"]))
        self.env["bus.bus"].search([]).unlink()
        return found

    def _agent_and_supervisors(self, agent=None):
        return [(agent or self.agent).partner_id, self.env.ref(SUPERVISOR)]

    def _bus_channels(self, user):
        """Return the records to whose channels the screens of `user` listen."""
        with MockRequest(self.env(user=user)) as request:
            request.session.uid = user.id
            channels = self.env["ir.websocket"].with_user(user)._build_bus_channel_list([])
        return {
            (channel._name, channel.id) for channel in channels if isinstance(channel, BaseModel)
        }

    def test_bus_while_waiting(self):
        self._sent()
        conversation = self._open()
        with self._bot():
            conversation._receive(self._text("oi"))
        self.assertEqual(self._sent(), [], "nobody watches a bot")
        conversation._hand_over()
        [(receiver, payload)] = self._sent()
        self.assertEqual(receiver, self.queue)
        self.assertEqual(payload["state"], "queued")
        self.assertEqual(payload["partner"], "Maria da Silva")
        self.assertEqual(payload["channel_id"], conversation.discuss_channel_id.id)
        self.assertFalse(payload["elsewhere"])
        conversation._receive(self._text("alô"))
        [(receiver, payload)] = self._sent()
        self.assertEqual((receiver, payload["unread"]), (self.queue, 1))

    def test_queue_learns_that_it_left_and_no_more(self):
        conversation = self._waiting()
        self._sent()
        known = {"id", "state", "queue_id", "agent_id", "agent", "channel_id"}
        for act, state in (
            (lambda: conversation.with_user(self.agent).action_take(), "in_service"),
            (
                lambda: conversation.with_user(self.supervisor).action_take_over("Urgente"),
                "in_service",
            ),
            (lambda: conversation.with_user(self.supervisor).action_close(), "survey"),
            (lambda: conversation._receive(self._option("survey:good", "Bom")), "closed"),
        ):
            act()
            first, *others = self._sent()
            self.assertEqual(first[0], self.queue)
            self.assertEqual(first[1].keys(), known)
            self.assertEqual(first[1]["state"], state)
            agent = conversation.agent_id
            self.assertEqual(first[1]["agent"], agent.name)
            self.assertEqual([other[0] for other in others], self._agent_and_supervisors(agent))
            for _receiver, payload in others:
                self.assertEqual(payload["partner"], "Maria da Silva")
                self.assertEqual(payload["state"], state)

    def test_messages_in_service_are_for_agent_and_supervisors(self):
        conversation = self._in_service()
        self._sent()
        conversation._receive(self._text("não liga"))
        sent = self._sent()
        self.assertEqual([receiver for receiver, _ in sent], self._agent_and_supervisors())
        self.assertEqual([payload["unread"] for _, payload in sent], [1, 1])
        self._answer(conversation)
        sent = self._sent()
        self.assertEqual([receiver for receiver, _ in sent], self._agent_and_supervisors())
        self.assertEqual([payload["unread"] for _, payload in sent], [0, 0])

    def test_those_who_listen(self):
        """The bus channels used are those of the people meant, and of nobody else."""
        partner, group = self._agent_and_supervisors()

        def heard(user):
            meant = {(record._name, record.id) for record in (partner, group, self.queue)}
            return {name for name, _id in meant & self._bus_channels(user)}

        self.assertEqual(heard(self.agent), {"res.partner", "contact_center.queue"})
        self.assertEqual(heard(self.colleague), {"contact_center.queue"})
        self.assertEqual(heard(self.outsider), set())
        for chief in (self.supervisor, self.administrator):
            self.assertEqual(heard(chief), {"res.groups", "contact_center.queue"})
        self.assertEqual(heard(self.manager), set())

    def test_transfer_tells_both_queues(self):
        conversation = self._in_service()
        self._sent()
        conversation.with_user(self.agent).action_transfer(self.other_queue)
        (old, left), (new, payload) = self._sent()
        self.assertEqual((old, new), (self.queue, self.other_queue))
        self.assertTrue(left["elsewhere"], "off the old queue's list")
        self.assertNotIn("partner", left)
        self.assertEqual(payload["state"], "queued")
        self.assertFalse(payload["elsewhere"])

    def test_transfer_to_an_agent(self):
        conversation = self._in_service()
        self._sent()
        conversation.with_user(self.agent).action_transfer(user=self.colleague)
        receivers = {receiver for receiver, _payload in self._sent()}
        self.assertEqual(receivers, {self.queue, *self._agent_and_supervisors(self.colleague)})

    def test_subscriptions(self):
        websocket = self.env["ir.websocket"]

        def queues(user):
            with MockRequest(self.env(user=user)):
                channels = websocket.with_user(user)._build_bus_channel_list([])
            return {
                channel.id
                for channel in channels
                if getattr(channel, "_name", "") == "contact_center.queue"
            }

        self.assertEqual(queues(self.agent), {self.queue.id})
        self.assertEqual(queues(self.outsider), {self.other_queue.id})
        everything = self.env["contact_center.queue"].search([])
        self.assertEqual(queues(self.supervisor), set(everything.ids))
        self.assertEqual(queues(self.employee), set())

    def test_get_waiting_and_mine(self):
        first, second = self._waiting(), self._waiting()
        foreign = self._waiting(self.other_queue)
        waiting = self.Conversation.with_user(self.agent).get_waiting()
        self.assertEqual([entry["id"] for entry in waiting], [first.id, second.id])
        first.with_user(self.agent).action_take()
        self.assertEqual(
            [entry["id"] for entry in self.Conversation.with_user(self.agent).get_mine()],
            first.ids,
        )
        self.assertEqual(self.Conversation.with_user(self.colleague).get_mine(), [])
        everything = self.Conversation.with_user(self.supervisor).get_waiting()
        ours = [entry["id"] for entry in everything if entry["id"] in (second.id, foreign.id)]
        self.assertEqual(ours, [second.id, foreign.id])

    def test_the_search_finds_what_is_closed_by_protocol_and_name(self):
        conversation = self._in_service()
        conversation._close("resolved")
        mine = self.Conversation.with_user(self.agent)
        arch = etree.fromstring(mine.get_view(view_type="search")["arch"])
        first = arch.find("field")
        for words in (conversation.protocol, "maria da"):
            domain = safe_eval(first.get("filter_domain"), {"self": words})
            self.assertIn(conversation, mine.search(domain), words)
        closed = safe_eval(arch.find("filter[@name='closed']").get("domain"))
        self.assertIn(conversation, mine.search(closed))

    def test_goals_of_texts_and_of_calls_are_apart(self):
        conversation = self._waiting()
        goals = (self.queue.service_level_seconds, self.queue.call_level_seconds)
        self.assertEqual(goals, (300, 20), "minutes for texts, seconds on the line")
        self.assertFalse(self.queue.has_calls)
        self.queue.service_level_seconds = 180
        self.assertEqual(conversation.goal_seconds, 180)
        self.assertEqual(conversation._bus_payload()["goal_seconds"], 180)
        with patch.object(
            type(self.Conversation), "_call_kinds", lambda conversation: frozenset({"internal"})
        ):
            self.env.invalidate_all()
            self.assertTrue(self.queue.has_calls)
            self.assertEqual(conversation.goal_seconds, 20)
            self.assertEqual(conversation._bus_payload()["goal_seconds"], 20)

    def test_get_desk(self):
        waits, mine, other = self._waiting(), self._in_service(), self._in_service(self.colleague)
        mine._receive(self._text("  a impressora\n parou "))
        desk = self.Conversation.with_user(self.agent).get_desk()
        rows = {entry["id"]: entry for entry in desk["rows"]}
        self.assertEqual(rows.keys(), {waits.id, mine.id})
        self.assertEqual(desk["queue_ids"], self.queue.ids)
        self.assertEqual(desk["agent_state"]["kind"], "in_service")
        self.assertEqual(rows[waits.id]["goal_seconds"], self.queue.service_level_seconds)
        shown = rows[mine.id]
        self.assertEqual((shown["preview"], shown["preview_own"]), ("a impressora parou", False))
        self._answer(mine, "Vou ver.")
        [shown] = self.Conversation.with_user(self.agent).get_mine()
        self.assertEqual((shown["preview"], shown["preview_own"]), ("Vou ver.", True))
        everything = self.Conversation.with_user(self.supervisor).get_desk()["rows"]
        self.assertLessEqual({waits.id, mine.id, other.id}, {entry["id"] for entry in everything})

    def test_lists_cost_the_same_however_long(self):
        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.Conversation.with_user(self.agent).get_waiting()
            return self.env.cr.sql_log_count - before

        self._waiting()
        cost()
        short = cost()
        for _number in range(5):
            self._waiting()
        self.assertEqual(cost(), short)

    def test_preview_of_a_file(self):
        conversation = self._in_service()
        attachment = (
            self.env["ir.attachment"]
            .with_user(self.agent)
            .create({"name": "nota.pdf", "raw": b"%PDF", "res_model": "mail.compose.message"})
        )
        message = self._answer(conversation, "", attachment_ids=attachment.ids)
        self.assertEqual(conversation._preview(message)["preview"], "📎 nota.pdf")

    def test_discuss_data(self):
        conversation = self._in_service()
        conversation._collect("place", "Local", "Prédio A")
        channel = conversation.discuss_channel_id.with_user(self.agent)
        data = Store(bus_channel=self.agent).add(channel).get_result()
        [values] = [entry for entry in data["discuss.channel"] if entry["id"] == channel.id]
        shown = values["contact_center_conversation"]
        self.assertEqual(shown["protocol"], conversation.protocol)
        self.assertEqual(shown["collected"][0]["value"], "Prédio A")
        self.assertEqual(shown["phone"], "+5531988887777")
        json.dumps(shown)

    def test_transcript(self):
        conversation = self._in_service()
        conversation._receive(self._text("quebrou <tudo>"))
        transcript = str(conversation.with_user(self.agent).transcript)
        self.assertIn("quebrou &lt;tudo&gt;", transcript)
        self.assertIn("Ana Agente", transcript)
        self.assertIn("20/11/2026 10:00:00", transcript)

    def test_open_in_discuss(self):
        conversation = self._in_service()
        action = conversation.with_user(self.agent).action_open_discuss()
        self.assertEqual(
            action["context"]["active_id"], f"discuss.channel_{conversation.discuss_channel_id.id}"
        )

    def test_partners_conversations(self):
        self._in_service()._close("resolved")
        self._waiting(self.other_queue)
        citizen = self.citizen.with_user(self.agent)
        self.assertEqual(citizen.contact_center_conversation_count, 1)
        self.assertEqual(self.citizen.with_user(self.manager).contact_center_conversation_count, 2)
        action = citizen.action_view_contact_center_conversations()
        self.assertEqual(action["domain"], [("partner_id", "=", self.citizen.id)])

    def test_queue_counts(self):
        self._waiting()
        self._in_service()
        queue = self.queue.with_user(self.supervisor)
        self.assertEqual((queue.waiting_count, queue.in_service_count), (1, 1))
        self.assertEqual(
            queue.action_view_conversations()["domain"], [("queue_id", "=", self.queue.id)]
        )

    def test_preview_shows_words_without_marks_of_emphasis(self):
        conversation = self._in_service()
        body = Markup("<p><em>🎤 áudio</em> <strong>já</strong> <a href='https://x.br'>ali</a></p>")
        message = conversation._store_message(conversation.partner_id, body)
        self.assertEqual(conversation._preview(message)["preview"], "🎤 áudio já ali")
