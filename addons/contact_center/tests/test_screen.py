import json

from odoo.tests import tagged

from odoo.addons.http_routing.tests.common import MockRequest
from odoo.addons.mail.tools.discuss import Store

from .common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestScreen(ContactCenterCase):
    def _notifications(self):
        """Payloads sent to queues: a list of (queue id, payload), in order; clears the bus."""
        self.env.cr.precommit.run()
        found = []
        for notification in self.env["bus.bus"].search([], order="id"):
            message = json.loads(notification.message)
            if message["type"] == "contact_center/conversation":
                channel = json.loads(notification.channel)
                self.assertEqual(channel[1], "contact_center.queue")
                found.append((channel[2], message["payload"]))
        self.env["bus.bus"].search([]).unlink()
        return found

    def test_bus_from_waiting_to_closed(self):
        self._notifications()
        conversation = self._open()
        with self._bot():
            conversation._receive(self._text("oi"))
        self.assertEqual(self._notifications(), [], "nobody watches a bot")
        conversation._hand_over()
        [(queue_id, payload)] = self._notifications()
        self.assertEqual(queue_id, self.queue.id)
        self.assertEqual(payload["state"], "queued")
        self.assertEqual(payload["partner"], "Maria da Silva")
        self.assertEqual(payload["channel_id"], conversation.discuss_channel_id.id)
        conversation._receive(self._text("alô"))
        self.assertEqual(self._notifications()[-1][1]["unread"], 1)
        conversation.with_user(self.agent).action_take()
        payload = self._notifications()[-1][1]
        self.assertEqual((payload["state"], payload["agent"]), ("in_service", "Ana Agente"))
        conversation.with_user(self.agent).action_close()
        self.assertEqual(self._notifications()[-1][1]["state"], "survey")

    def test_transfer_tells_both_queues(self):
        conversation = self._in_service()
        self._notifications()
        conversation.with_user(self.agent).action_transfer(self.other_queue)
        queues = {queue_id for queue_id, _payload in self._notifications()}
        self.assertEqual(queues, {self.queue.id, self.other_queue.id})

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
            action["params"]["active_id"], f"discuss.channel_{conversation.discuss_channel_id.id}"
        )

    def test_partners_conversations(self):
        self._in_service()
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
