from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ContactCenterCase, NotesMixin


@tagged("post_install", "-at_install")
class TestSupervision(NotesMixin, ContactCenterCase):
    """Taking over, notices to agents, and what supervisors see of the team."""

    # ------------------------------------------------------------
    # Taking over
    # ------------------------------------------------------------

    def test_take_over_is_announced_and_logged(self):
        conversation = self._in_service()
        with self._bus() as sent:
            conversation.with_user(self.supervisor).action_take_over(" Caso urgente ")
        ((target, told),) = self._attention(sent)
        self.assertEqual(target, self.agent.partner_id)
        self.assertEqual(
            (told["kind"], told["author"], told["text"]),
            ("taken_over", self.supervisor.name, "Caso urgente"),
        )
        event = conversation.event_ids.filtered(lambda event: event.kind == "taken_over")
        self.assertEqual(event.user_id, self.supervisor)
        self.assertEqual(event.data, {"previous_agent": self.agent.name, "reason": "Caso urgente"})
        note = self.env["mail.message"].search(
            [
                ("res_id", "=", conversation.discuss_channel_id.id),
                ("model", "=", "discuss.channel"),
            ],
            limit=1,
        )
        self.assertTrue(note._is_contact_center_note())
        for words in (self.agent.name, self.supervisor.name, "Caso urgente"):
            self.assertIn(words, note.body)
        self.assertNotIn("Caso urgente", conversation.transcript)

    def test_take_over_needs_a_reason(self):
        conversation = self._in_service()
        for reason in ("", "  ", None):
            with self.assertRaises(UserError):
                conversation.with_user(self.supervisor).action_take_over(reason)
        self.assertEqual(conversation.agent_id, self.agent)

    def test_administrator_takes_over_a_supervisors_conversation(self):
        conversation = self._in_service(self.supervisor)
        dialog = self.env["contact_center.conversation.take.over"].with_user(self.administrator)
        dialog.create({"conversation_id": conversation.id, "reason": "x"}).action_take_over()
        self.assertEqual(conversation.agent_id, self.administrator)

    def test_nobody_else_takes_over(self):
        conversation = self._in_service()
        dialog = self.env["contact_center.conversation.take.over"]
        for user in (self.agent, self.colleague, self.manager, self.employee):
            with self.assertRaises(AccessError):
                dialog.with_user(user).create({"conversation_id": conversation.id, "reason": "x"})
            with self.assertRaises(AccessError):
                conversation.with_user(user).action_take_over("x")

    def test_transfers_by_others_are_announced(self):
        conversation = self._in_service()
        with self._bus() as sent:
            conversation.with_user(self.supervisor).action_transfer(self.queue, self.colleague)
        told = {target: payload["kind"] for target, payload in self._attention(sent)}
        self.assertEqual(
            told,
            {self.agent.partner_id: "moved_away", self.colleague.partner_id: "handed"},
        )
        with self._bus() as sent:
            conversation.with_user(self.colleague).action_transfer(self.other_queue)
        self.assertFalse(self._attention(sent))

    # ------------------------------------------------------------
    # Notices
    # ------------------------------------------------------------

    def _notice(self, user=None, **values):
        notices = self.env["contact_center.notice"].with_user(user or self.supervisor)
        return notices.create({"body": "Reunião às 15h", **values})

    def _unread(self, user):
        return [one["id"] for one in self.env["contact_center.notice"].with_user(user).get_mine()]

    def test_notice_to_a_queue(self):
        with self._bus() as sent:
            notice = self._notice(audience="queues", queue_ids=self.queue.ids)
        self.assertEqual(
            {target for target, kind, _payload in sent if kind == "contact_center/notice"},
            {self.agent.partner_id, self.colleague.partner_id},
        )
        self.assertEqual(self._unread(self.agent), notice.ids)
        self.assertFalse(self._unread(self.outsider))

    def test_notice_to_people_and_to_all(self):
        one = self._notice(audience="users", user_ids=[self.outsider.id, self.employee.id])
        self.assertEqual(one.receipt_ids.user_id, self.outsider)
        everybody = self._notice(audience="all")
        found = everybody.receipt_ids.user_id
        self.assertFalse((self.supervisor | self.manager | self.employee) & found)
        for user in (self.agent, self.outsider, self.administrator):
            self.assertIn(user, found)

    def test_notice_stands_until_it_is_confirmed(self):
        notice = self._notice(audience="users", user_ids=self.agent.ids)
        notices = self.env["contact_center.notice"]
        notices.with_user(self.agent).acknowledge(notice.id)
        self.assertFalse(self._unread(self.agent))
        self.assertEqual((notice.recipient_count, notice.read_count), (1, 1))
        at = notice.receipt_ids.read_at
        notices.with_user(self.agent).acknowledge(notice.id)
        self.assertEqual(notice.receipt_ids.read_at, at)
        with self.assertRaises(AccessError):
            notices.with_user(self.colleague).acknowledge(notice.id)

    def test_notices_are_neither_forged_nor_changed(self):
        notice = self._notice(audience="all", author_id=self.agent.id)
        self.assertEqual(notice.author_id, self.supervisor)
        for user in (self.supervisor, self.administrator):
            with self.assertRaises(UserError):
                notice.with_user(user).write({"body": "x"})
        for user in (self.agent, self.manager, self.employee):
            with self.assertRaises(AccessError):
                self._notice(user, audience="all")
        with self.assertRaises(UserError):
            self._notice(audience="users", user_ids=self.employee.ids)

    # ------------------------------------------------------------
    # Team
    # ------------------------------------------------------------

    def _team(self, user):
        return self.env["contact_center.team"].with_user(user).get_team()

    def test_team(self):
        conversation = self._in_service()
        self._waiting()
        self._waiting()
        team = self._team(self.supervisor)
        (queue,) = (row for row in team["queues"] if row["id"] == self.queue.id)
        self.assertEqual((queue["waiting"], queue["in_service"], queue["agents"]), (2, 1, 2))
        self.assertTrue(queue["oldest"])
        agents = {row["id"]: row for row in team["agents"]}
        self.assertEqual(agents[self.agent.id]["kind"], "in_service")
        (served,) = agents[self.agent.id]["conversations"]
        self.assertEqual(served["protocol"], conversation.protocol)
        self.assertEqual(agents[self.colleague.id]["conversations"], [])
        self.assertNotIn(self.employee.id, agents)

    def test_who_sees_the_team(self):
        for user in (self.supervisor, self.administrator, self.manager):
            self.assertTrue(self._team(user)["agents"])
        for user in (self.agent, self.employee):
            with self.assertRaises(AccessError):
                self._team(user)

    def test_states_are_announced_to_supervisors(self):
        with self._bus() as sent:
            self.env["contact_center.agent.state"]._switch(self.agent, "available")
        group = self.env.ref("contact_center.group_supervisor")
        self.assertIn((group, "contact_center/agent_state", {"user_id": self.agent.id}), sent)
