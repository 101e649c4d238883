# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.exception import RetryableJobError

from .common import FlowCase

LOGGER = "odoo.addons.chatbot_flow.models.chatbot_flow_session"


@tagged("post_install", "-at_install")
class TestSessionFaults(FlowCase):
    """On any failure the citizen gets a person and the administrator gets the reason."""

    def _patch_action(self, function):
        return patch.object(
            type(self.Session), "_action_save_contact", lambda session, params: function()
        )

    def _to_action(self):
        return self._talk("oi", "Maria", "m@x.com", "1", "Não liga", "pular")

    def test_a_flow_without_a_published_version(self):
        flow = self.env["chatbot.flow"].create({"name": "Rascunho"})
        with self.assertLogs(LOGGER, "ERROR"):
            conversation = self._talk("oi", flow=flow)
        self.assertEqual(conversation.state, "queued")
        self.assertIn("no published version", flow.errors)
        self.assertIn(conversation.protocol, flow.errors)
        self.assertIn("note", conversation.event_ids.mapped("kind"))

    def test_an_engine_that_raises(self):
        conversation = self._talk("oi")
        target = "odoo.addons.chatbot_flow.engine.advance"
        with patch(target, side_effect=KeyError("boom")), mute_logger(LOGGER):
            self._type(conversation, "Maria")
        self.assertEqual(conversation.state, "queued")
        session = self._session(conversation)
        self.assertEqual(session.status, "handed_over")
        self.assertIn("boom", session.error)
        self.assertIn("boom", self.flow.errors)

    def test_a_broken_state(self):
        conversation = self._talk("oi")
        self._session(conversation).engine_state = {"status": "?"}
        with mute_logger(LOGGER):
            self._type(conversation, "Maria")
        self.assertEqual(conversation.state, "queued")

    def test_what_a_failed_turn_did_is_undone(self):
        conversation = self._talk("oi")
        say = type(conversation)._say
        calls = []

        def say_then_raise(self, outgoing, author=None):
            message = say(self, outgoing, author=author)
            calls.append(message)
            if len(calls) == 1:
                raise ValueError("channel")
            return message

        with patch.object(type(conversation), "_say", say_then_raise), mute_logger(LOGGER):
            self._type(conversation, "Maria")
        self.assertEqual(conversation.state, "queued")
        self.assertFalse(calls[0].exists())
        self.assertFalse(conversation.collected)

    def test_a_failed_action_takes_the_flows_own_way(self):
        self.steps["abrir"].on_error_id = self.steps["pessoa"]
        self.flow.action_publish()

        def fail():
            self.citizen.name = "Mudado"
            raise UserError("sem rede")  # pylint: disable=translation-required

        conversation = self._to_action()
        with self._patch_action(fail), mute_logger(LOGGER):
            self._type(conversation, "sim")
        self.assertEqual((conversation.state, conversation.queue_id), ("queued", self.other_queue))
        self.assertIn("sem rede", self._session(conversation).error)
        self.assertEqual(self.citizen.name, "Maria da Silva")

    def test_an_action_that_nobody_knows(self):
        conversation = self._to_action()
        session = self._session(conversation)
        self.assertEqual(session._run_action("nada", {}), {"ok": False, "values": {}})
        self.assertIn("nada", session.error)

    def test_an_action_that_calls_people_itself(self):
        conversation = self._to_action()
        with self._patch_action(lambda: conversation._hand_over() or {"ok": True}):
            self._type(conversation, "sim")
        self.assertEqual(conversation.state, "queued")
        self.assertEqual(self._session(conversation).status, "handed_over")

    def test_conflicts_are_left_to_whoever_repeats(self):
        for error in (SerializationFailure("again"), RetryableJobError("later")):
            conversation = self._to_action()

            def fail(error=error):
                raise error

            with self._patch_action(fail), self.assertRaises(type(error)):
                self._type(conversation, "sim")
            self.assertFalse(self._session(conversation).error)

    def test_values_of_an_action_reach_the_texts(self):
        self.steps["fim"].text = "Número {ticket}"
        self.flow.action_publish()
        conversation = self._to_action()
        with self._patch_action(lambda: {"ok": True, "values": {"ticket": 77}}):
            self._type(conversation, "sim")
        self.assertIn("Número 77", self._last_said(conversation))

    def test_a_contact_who_is_a_user_is_left_alone(self):
        conversation = self.Conversation._open(
            self.agent.partner_id, "internal", queue=self.queue, flow_id=self.flow.id
        )
        self._type(conversation, "oi", "Outro Nome", "x@x.com", "1", "texto", "pular", "sim")
        self.assertEqual(self.agent.name, "Ana Agente")
