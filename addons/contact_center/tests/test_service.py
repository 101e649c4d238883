# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestService(ContactCenterCase):
    # ------------------------------------------------------------
    # Hand-over
    # ------------------------------------------------------------

    def test_hand_over_brings_citizen_and_bot(self):
        conversation = self._waiting()
        members = conversation.discuss_channel_id.channel_member_ids
        self.assertEqual(
            {member.partner_id: member.livechat_member_type for member in members},
            {self.citizen: "visitor", self.env.ref("contact_center.partner_bot"): "bot"},
        )
        channel = conversation.discuss_channel_id
        self.assertEqual(channel.livechat_channel_id, self.queue.livechat_channel_id)
        self.assertFalse(channel.livechat_status)

    def test_hand_over_to_another_queue(self):
        conversation = self._open()
        conversation._hand_over(self.other_queue, reason="menu")
        self.assertEqual(conversation.queue_id, self.other_queue)

    def test_hand_over_without_a_queue_takes_the_first(self):
        conversation = self.Conversation._open(self.citizen, "internal")
        self.assertFalse(conversation.queue_id)
        conversation._hand_over()
        self.assertEqual(conversation.queue_id, self.queue)

    def test_hand_over_without_any_queue_still_waits(self):
        queues = self.env["contact_center.queue"]
        self.patch(type(queues), "_default_queue", lambda queues, company=None: queues.browse())
        conversation = self.Conversation._open(self.citizen, "internal")
        conversation._hand_over()
        self.assertEqual(conversation.state, "queued")
        self.assertIn(
            conversation.id,
            [entry["id"] for entry in self.Conversation.with_user(self.supervisor).get_waiting()],
        )

    # ------------------------------------------------------------
    # Taking
    # ------------------------------------------------------------

    def test_take(self):
        conversation = self._waiting()
        conversation._receive(self._text("alô"))
        conversation.with_user(self.agent).action_take()
        self.assertEqual(conversation.state, "in_service")
        self.assertEqual(conversation.agent_id, self.agent)
        self.assertTrue(conversation.accepted_at)
        self.assertEqual(conversation.unread_count, 0)
        channel = conversation.discuss_channel_id
        member = channel.channel_member_ids.filtered(
            lambda member: member.partner_id == self.agent.partner_id
        )
        self.assertEqual(member.livechat_member_type, "agent")
        self.assertEqual(channel.livechat_operator_id, self.agent.partner_id)
        self.assertEqual(channel.livechat_status, "in_progress")
        self.assertEqual(self._automatic_kinds(conversation)[-1], "agent_joined")

    def test_second_agent_learns_the_winners_name(self):
        conversation = self._in_service()
        with self.assertRaisesRegex(UserError, "Ana Agente"):
            conversation.with_user(self.colleague).action_take()
        self.assertEqual(conversation.agent_id, self.agent)

    def test_take_only_from_own_queues(self):
        conversation = self._waiting()
        for user in (self.outsider, self.manager, self.employee):
            with self.assertRaises(AccessError):
                conversation.with_user(user).action_take()
        conversation.with_user(self.supervisor).action_take()
        self.assertEqual(conversation.agent_id, self.supervisor)

    def test_take_what_does_not_wait(self):
        conversation = self._open()
        with self.assertRaisesRegex(UserError, conversation.protocol):
            conversation.with_user(self.agent).action_take()

    def test_take_over(self):
        conversation = self._in_service()
        with self.assertRaises(AccessError):
            conversation.with_user(self.colleague).action_take_over()
        conversation.with_user(self.supervisor).action_take_over("Urgente")
        self.assertEqual(conversation.agent_id, self.supervisor)
        partners = conversation.discuss_channel_id.channel_partner_ids
        self.assertIn(self.supervisor.partner_id, partners)
        self.assertNotIn(self.agent.partner_id, partners)
        self.assertIn("taken_over", self._kinds(conversation))

    # ------------------------------------------------------------
    # Transferring
    # ------------------------------------------------------------

    def test_transfer_to_a_queue(self):
        self._log_in(self.outsider)
        conversation = self._in_service()
        conversation.with_user(self.agent).action_transfer(self.other_queue.id)
        self.assertEqual(conversation.state, "queued")
        self.assertEqual(conversation.queue_id, self.other_queue)
        self.assertFalse(conversation.agent_id)
        channel = conversation.discuss_channel_id
        self.assertNotIn(self.agent.partner_id, channel.channel_partner_ids)
        self.assertEqual(channel.livechat_channel_id, self.other_queue.livechat_channel_id)
        self.assertFalse(channel.with_user(self.agent).has_access("read"))
        self.assertEqual(self._automatic_kinds(conversation)[-1], "transferred")
        conversation.with_user(self.outsider).action_take()
        self.assertEqual(conversation.agent_id, self.outsider)

    def test_transfer_to_an_agent(self):
        self._log_in(self.colleague)
        conversation = self._in_service()
        conversation.with_user(self.agent).action_transfer(user=self.colleague)
        self.assertEqual(conversation.state, "in_service")
        self.assertEqual(conversation.agent_id, self.colleague)
        transferred = conversation.event_ids.filtered(lambda event: event.kind == "transferred")
        self.assertEqual(transferred.data["from_agent"], "Ana Agente")
        self.assertEqual(transferred.data["to_agent"], "Caio Colega")
        self.assertEqual(self._automatic_kinds(conversation).count("agent_joined"), 2)

    def test_back_to_an_agent_who_had_it(self):
        conversation = self._in_service()
        conversation.with_user(self.agent).action_transfer(user=self.colleague)
        conversation.with_user(self.colleague).action_transfer(user=self.agent)
        self.assertEqual(conversation.agent_id, self.agent)
        member = conversation.discuss_channel_id.channel_member_ids.filtered(
            lambda member: member.partner_id == self.agent.partner_id
        )
        self.assertTrue(member.is_pinned)

    def test_transfer_refused(self):
        conversation = self._in_service()
        with self.assertRaises(AccessError):
            conversation.with_user(self.colleague).action_transfer(self.other_queue)
        with self.assertRaisesRegex(UserError, "Otávio Outro"):
            conversation.with_user(self.agent).action_transfer(user=self.outsider)
        with self.assertRaises(UserError):
            conversation.with_user(self.agent).action_transfer(user=self.agent)
        self.assertEqual(conversation.agent_id, self.agent)

    def test_supervisor_moves_what_waits(self):
        conversation = self._waiting()
        with self.assertRaises(AccessError):
            conversation.with_user(self.agent).action_transfer(self.other_queue)
        conversation.with_user(self.supervisor).action_transfer(self.other_queue)
        self.assertEqual(conversation.queue_id, self.other_queue)

    def test_transfer_wizard(self):
        conversation = self._in_service()
        wizard = (
            self.env["contact_center.conversation.transfer"]
            .with_user(self.agent)
            .create({"conversation_id": conversation.id})
        )
        self.assertEqual((wizard.target, wizard.queue_id), ("agent", self.queue))
        self.assertEqual([option["id"] for option in wizard.agent_options], self.colleague.ids)
        with self.assertRaises(UserError):
            wizard.action_transfer()
        self._log_in(self.colleague)
        wizard.user_id = self.colleague
        wizard.action_transfer()
        self.assertEqual(conversation.agent_id, self.colleague)

    def test_transfer_wizard_to_a_queue(self):
        conversation = self._in_service()
        wizard = (
            self.env["contact_center.conversation.transfer"]
            .with_user(self.agent)
            .create({"conversation_id": conversation.id, "target": "queue"})
        )
        wizard.queue_id = self.other_queue
        wizard.action_transfer()
        self.assertEqual((conversation.state, conversation.agent_id.id), ("queued", False))
        self.assertEqual(conversation.queue_id, self.other_queue)

    def test_transfer_wizard_shows_who_is_free(self):
        conversation = self._in_service()
        self._in_service(agent=self.colleague)
        states = self.env["contact_center.agent.state"]
        states._switch(self.colleague, "break", "Lanche")

        def option(user):
            wizard = self.env["contact_center.conversation.transfer"].with_user(user)
            options = wizard.create({"conversation_id": conversation.id}).agent_options
            return next(option for option in options if option["id"] == self.colleague.id)

        seen = option(self.agent)
        self.assertEqual((seen["name"], seen["served"], seen["paused"]), ("Caio Colega", 1, True))
        self.assertNotIn("Lanche", seen["state"], "the reason is for supervisors")
        self.assertIn("Lanche", option(self.supervisor)["state"])

    # ------------------------------------------------------------
    # Closing
    # ------------------------------------------------------------

    def test_close_ends_the_session(self):
        conversation = self._in_service()
        conversation.with_user(self.agent).action_close(self.disposition)
        channel = conversation.discuss_channel_id
        self.assertTrue(channel.livechat_end_dt)
        self.assertFalse(channel.livechat_status)
        member = channel.channel_member_ids.filtered(
            lambda member: member.partner_id == self.agent.partner_id
        )
        self.assertFalse(member.is_pinned, "off the agent's screen")
        conversation._receive(self._option("survey:good", "Bom"))
        member.invalidate_recordset()
        self.assertFalse(member.is_pinned, "the rating does not bring it back")

    def test_close_refused(self):
        conversation = self._in_service()
        with self.assertRaises(AccessError):
            conversation.with_user(self.colleague).action_close(self.disposition)
        with self.assertRaises(AccessError):
            conversation.with_user(self.outsider).action_close(self.disposition)
        conversation.with_user(self.agent).action_close(self.disposition)
        with self.assertRaises(UserError):
            conversation.with_user(self.agent).action_close(self.disposition)

    def test_supervisor_closes_what_waits(self):
        conversation = self._waiting()
        conversation.with_user(self.supervisor).action_close()
        self.assertEqual(conversation.state, "closed")
        self.assertEqual(conversation.outcome, "abandoned")

    def test_close_wizard(self):
        conversation = self._in_service()
        wizard = (
            self.env["contact_center.conversation.close"]
            .with_user(self.agent)
            .create({"conversation_id": conversation.id, "disposition_id": self.disposition.id})
        )
        wizard.action_close()
        self.assertEqual(conversation.disposition_id, self.disposition)
        self.assertEqual(conversation.state, "survey")

    def test_dispositions_used_last_come_first(self):
        dispositions = self.env["contact_center.disposition"]
        rare, usual = dispositions.create([{"name": "Aaa raro"}, {"name": "Zzz usual"}])
        self._in_service().with_user(self.agent).action_close(usual)
        search = dispositions.with_user(self.agent)
        recent = search.with_context(contact_center_recent_first=True)
        self.assertEqual(recent.name_search("")[0][0], usual.id)
        self.assertEqual(recent.name_search("Aaa")[0][0], rare.id)
        self.assertEqual([key for key, _label in recent.name_search("Zzz")], usual.ids)
        self.assertFalse(recent.name_search("", [("id", "=", 0)]))
        self.assertNotEqual(search.name_search("")[0][0], usual.id)

    def test_waiting_seconds(self):
        conversation = self._waiting()
        self.assertEqual(conversation.waiting_seconds, 0)
        self.assertEqual(self._open().waiting_seconds, 0)
