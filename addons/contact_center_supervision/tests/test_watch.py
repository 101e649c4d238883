# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time
from hypothesis import strategies as st

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import WORKING_TIME, ContactCenterCase, NotesMixin
from odoo.addons.contact_center.tests.notes_property import (
    ANSWER,
    NOTE,
    OTHER,
    SECRET,
    NotesProperty,
)


@tagged("post_install", "-at_install")
class TestWatch(NotesMixin, ContactCenterCase):
    """Watching, whispering and answering beside the agent."""

    def _watch(self, conversation, user=None):
        seen = conversation.with_user(user or self.supervisor)
        seen.action_watch("quality")
        return seen

    def test_watching_is_in_the_ledger_with_its_reason(self):
        conversation = self._in_service()
        for user in (self.supervisor, self.manager):
            conversation.with_user(user).action_watch("novice: primeira semana")
        conversation.with_user(self.supervisor).action_watch("complaint")
        watched = conversation.event_ids.filtered(lambda event: event.kind == "watched")
        self.assertEqual(watched.user_id, self.supervisor | self.manager)
        reasons = [event.data["reason"] for event in watched]
        self.assertEqual(
            reasons,
            ["novice: primeira semana"] * 2 + ["Complaint or request of the citizen"],
        )

    def test_no_watching_without_a_reason(self):
        conversation = self._in_service()
        seen = conversation.with_user(self.supervisor)
        with self.assertRaises(UserError):
            seen.action_watch(" ")
        with self.assertRaises(UserError):
            seen.get_watched()
        seen.action_watch("quality")
        self.assertEqual(seen.get_watched()["protocol"], conversation.protocol)
        with freeze_time(WORKING_TIME + timedelta(hours=9)), self.assertRaises(UserError):
            seen.get_watched()

    def test_who_may_watch(self):
        conversation = self._in_service()
        for user in (self.colleague, self.outsider, self.employee):
            with self.assertRaises(AccessError):
                conversation.with_user(user).action_watch("quality")
        self.assertFalse("watched" in self._kinds(conversation))

    def test_agents_do_not_watch_themselves(self):
        conversation = self._in_service(self.supervisor)
        conversation.with_user(self.supervisor).action_watch()
        self.assertNotIn("watched", self._kinds(conversation))
        self.assertFalse(conversation.with_user(self.supervisor).get_watched()["rights"]["whisper"])

    def test_what_is_watched_is_live_and_silent(self):
        conversation = self._in_service()
        members = conversation.discuss_channel_id.channel_member_ids
        seen = self._watch(conversation)
        first = seen.get_watched()
        conversation._receive(self._text("Alô?"))
        self._answer(conversation, "Bom dia")
        self._note(conversation, "Ver com a Saúde")
        more = seen.get_watched(first["messages"][-1]["id"])["messages"]
        self.assertEqual(
            [(one["side"], one["text"]) for one in more],
            [("citizen", "Alô?"), ("agent", "Bom dia"), ("note", "Ver com a Saúde")],
        )
        self.assertEqual(conversation.discuss_channel_id.channel_member_ids, members)

    def test_a_whisper_reaches_the_agent_only(self):
        conversation = self._in_service()
        with self._bus() as sent, self._delivered() as delivered:
            self._watch(conversation).action_whisper(f"Ofereça a visita, {SECRET}")
        ((target, told),) = self._attention(sent)
        self.assertEqual((target, told["kind"]), (self.agent.partner_id, "whisper"))
        self.assertFalse(delivered)
        self.assertNotIn(SECRET, conversation.transcript)

    def test_who_may_whisper(self):
        conversation = self._in_service()
        with self.assertRaises(UserError):
            conversation.with_user(self.manager).action_whisper("Oi")
        with self.assertRaises(AccessError):
            conversation.with_user(self.colleague).action_whisper("Oi")
        waiting = self._waiting()
        with self.assertRaises(UserError):
            waiting.with_user(self.supervisor).action_whisper("Oi")

    def test_three_talk(self):
        """The leader answers beside the agent, who stays the agent, and leaves again."""
        conversation = self._in_service()
        with self.assertRaises(UserError):
            self._answer(conversation, "Boa tarde", self.supervisor)
        with self._bus() as sent:
            conversation.with_user(self.supervisor).action_join("Caso da Saúde")
        ((target, told),) = self._attention(sent)
        self.assertEqual((target, told["kind"]), (self.agent.partner_id, "joined"))
        with self._delivered() as delivered:
            self._answer(conversation, "Aqui é a supervisora", self.supervisor)
            self._answer(conversation, "E eu continuo")
        self.assertEqual(len(delivered), 2)
        self.assertEqual(conversation.agent_id, self.agent)
        self.assertNotIn("Caso da Saúde", conversation.transcript)
        conversation.with_user(self.supervisor).action_leave()
        with self.assertRaises(UserError):
            self._answer(conversation, "Ainda aqui", self.supervisor)
        kinds = self._kinds(conversation)
        self.assertIn("joined", kinds)
        self.assertIn("joined_ended", kinds)

    def test_joining_ends_with_the_next_move(self):
        conversation = self._in_service()
        conversation.with_user(self.supervisor).action_join("Ajuda")
        conversation.with_user(self.agent).action_transfer(self.queue, self.colleague)
        self.assertFalse(conversation.joined)
        with self.assertRaises(UserError):
            self._answer(conversation, "Oi", self.supervisor)

    def test_who_may_join(self):
        conversation = self._in_service()
        for user in (self.manager, self.colleague, self.employee):
            with self.assertRaises(AccessError):
                conversation.with_user(user).action_join("Quero")
        with self.assertRaises(UserError):
            conversation.with_user(self.supervisor).action_join("")


@tagged("post_install", "-at_install")
class TestWhispersNeverLeave(NotesProperty, ContactCenterCase):
    """The promise about internal notes, with what leaders do besides."""

    steps = st.lists(
        NOTE
        | ANSWER
        | OTHER
        | st.tuples(st.sampled_from(["watch", "whisper", "join", "leave", "notice", "beside"])),
        min_size=4,
        max_size=9,
    )

    def setUp(self):
        super().setUp()
        self.left = []

    def _conversation(self):
        self.left = []
        return self._in_service()

    def _attempt(self, step, conversation, *how):
        with self._delivered() as delivered, self._bus() as sent:
            result = super()._attempt(step, conversation, *how)
        self.left += [("delivery", f"{message.body} {out}") for message, out in delivered]
        self.left += [
            (f"bus {kind}", str(payload))
            for target, kind, payload in sent
            if target == self.citizen
        ]
        return result

    def _gone(self, conversation):
        yield from super()._gone(conversation)
        yield from self.left

    def _step_watch(self, conversation):
        conversation.with_user(self.supervisor).action_watch(f"Motivo {SECRET}")

    def _step_whisper(self, conversation):
        conversation.with_user(self.supervisor).action_whisper(f"Sussurro {SECRET}")
        self.notes |= self._last(conversation)

    def _step_join(self, conversation):
        conversation.with_user(self.supervisor).action_join(f"Motivo {SECRET}")
        self.notes |= self._last(conversation)

    def _step_leave(self, conversation):
        conversation.with_user(self.supervisor).action_leave()

    def _step_beside(self, conversation):
        self._answer(conversation, "Bom dia", self.supervisor)

    def _step_notice(self, conversation):
        self.env["contact_center.notice"].with_user(self.supervisor).create(
            {"body": f"Aviso {SECRET}"}
        )
