# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import time
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.chatbot_flow.models.chatbot_flow_session_burst import LISTEN_LIMIT
from odoo.addons.contact_center.tests.common import WORKING_TIME
from odoo.addons.queue_job.tests.common import trap_jobs

from ..models.whatsapp_event import INBOX_KEY
from .common import MARIA, WhatsappCase

JOAO = {"wa_id": "5531977776666", "user_id": "BR.77", "name": "João"}


@tagged("post_install", "-at_install")
class TestTurns(WhatsappCase):
    """The jobs that drain the inbox run the turns of flows when the citizen has been quiet."""

    seconds = 0.0

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param(LISTEN_LIMIT, False)
        flow = cls.env["chatbot.flow"].create({"name": "Fluxo de teste"})
        cls.env["chatbot.flow.step"].create(
            [
                {
                    "flow_id": flow.id,
                    "sequence": number,
                    "key": key,
                    "name": key,
                    "kind": kind,
                    "text": text,
                }
                for number, (key, kind, text) in enumerate(
                    [
                        ("nome", "question", "Qual é o seu nome?"),
                        ("caso", "question", "O que houve?"),
                        ("fim", "end", "Até logo, {nome}."),
                    ]
                )
            ]
        )
        flow.action_publish()
        cls.account.flow_id = flow

    def setUp(self):
        super().setUp()
        # The number's pace is this process': its clock never goes back, also between tests
        self._later(100)
        # A lingering job lets the clock go on
        self.naps = []
        self.patch(type(self.Event), "_nap", staticmethod(self._nap))

    def _nap(self, seconds):
        self.naps.append(seconds)
        self._later(max(seconds, 0.001))

    def _later(self, seconds):
        type(self).seconds += seconds
        freezer = freeze_time(WORKING_TIME + timedelta(seconds=self.seconds))
        freezer.start()
        self.addCleanup(freezer.stop)

    def deliver(self, *payloads, run=True):
        """Deliver as usual, without waiting jobs (the trap stores one of equal keys)."""
        self.env["queue.job"].search([("identity_key", "=", INBOX_KEY)]).unlink()
        result = super().deliver(*payloads, run=run)
        self.env["queue.job"].search([("identity_key", "=", INBOX_KEY)]).unlink()
        return result

    def _session(self, person=MARIA):
        sessions = self.env["chatbot.flow.session"].search([])
        return sessions.filtered(
            lambda session: session.conversation_id.whatsapp_identity_id.bsuid == person["user_id"]
        )

    def test_a_burst_has_one_answer_from_the_job_that_read_it(self):
        texts = ("oi", "tudo bem?", "preciso de ajuda")
        self.deliver(*(self.inbound(text=text) for text in texts))
        self.assertEqual(self.meta.texts(), ["Qual é o seu nome?"])
        self.assertAlmostEqual(sum(self.naps), 2.5, places=2)
        session = self._session()
        self.assertFalse(session.turn_at or session.turn_lane or session.pending)
        self.deliver(*(self.inbound(text=text) for text in ("oi", "bom dia", "sou a Rosa")))
        self.assertEqual(self.meta.texts()[1:], ["O que houve?"])
        self.assertEqual(session._values()["nome"], "Rosa")

    def test_turns_of_several_people_run_in_one_job(self):
        self.deliver(self.inbound(text="oi"), self.inbound(person=JOAO, text="olá"), run=False)
        with self.jobs(run=False) as trap:
            self.Event._drain_inbox()
        self.assertEqual(self.meta.texts(), ["Qual é o seu nome?"] * 2)
        # both in one go: no other job has to help
        self.assertEqual(trap.enqueued_jobs, [])

    def test_a_message_of_the_last_moment_goes_along(self):
        self.deliver(self.inbound(text="oi"), run=False)
        self.Event._process_batch(self.Event.search([], limit=1).contact_key)
        self._later(3)
        self.deliver(self.inbound(text="sou a Rosa"))
        self.assertEqual(len(self.meta.texts()), 1)
        self.assertEqual((self._session().step_key, self._session().pending), ("nome", False))

    def test_only_one_job_lingers(self):
        self.deliver(self.inbound(text="oi"), run=False)
        with self.registry.cursor() as other:
            other.execute("SELECT pg_advisory_lock(hashtextextended('whatsapp.turns', 0))")
            self.Event._drain_inbox()
            other.execute("SELECT pg_advisory_unlock_all()")
        self.assertEqual((self.naps, self.meta.texts()), ([], []))
        self.assertTrue(self._session().turn_at)

    def test_nobody_lingers_without_a_turn_to_come(self):
        self.assertFalse(self.Event._linger())
        self.assertEqual(self.naps, [])

    def test_somebody_served_by_another_job_is_left_to_it(self):
        self.deliver(self.inbound(text="oi"), run=False)
        key = self.Event.search([], limit=1).contact_key
        self.Event._process_batch(key)
        self._later(3)
        with self.registry.cursor() as other:
            other.execute(
                "SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"whatsapp.in:{key}"]
            )
            self.assertEqual(self.Event._claim_lanes(set()), ({}, 0, False))
            other.execute("SELECT pg_advisory_unlock_all()")
        self.assertEqual(self.Event._claim_lanes(set()), ({key: True}, 0, False))

    def test_the_sweep_wakes_a_job_for_turns_that_are_late(self):
        self.deliver(self.inbound(text="oi"), run=False)
        self.Event._process_batch(self.Event.search([], limit=1).contact_key)
        with trap_jobs() as trap:
            self.Event._sweep()
            self.assertEqual(trap.enqueued_jobs, [])
            self._later(60)
            self.Event._sweep()
        self.assertEqual([job.method_name for job in trap.enqueued_jobs], ["_drain_inbox"])

    def test_a_long_run_hands_the_waiting_over(self):
        self.deliver(self.inbound(text="oi"), run=False)
        self.Event._process_batch(self.Event.search([], limit=1).contact_key)
        with (
            self.jobs(run=False) as trap,
            patch("odoo.addons.whatsapp_helpdesk.models.whatsapp_inbox_drain.stopping", lambda: 1),
        ):
            self.Event._drain_inbox()
        self.assertEqual([job.method_name for job in trap.enqueued_jobs], ["_drain_inbox"])

    def test_people_who_take_over_meanwhile_have_the_last_word(self):
        self.deliver(self.inbound(text="oi"), run=False)
        self.Event._process_batch(self.Event.search([], limit=1).contact_key)
        session = self._session()
        with self.jobs():
            session.conversation_id._hand_over(reason="asked")
        said = self.meta.texts()
        self._later(3)
        self.Event._drain_inbox()
        self.assertEqual(self.meta.texts(), said)
        self.assertFalse(session.pending or session.turn_at)

    def test_a_turn_that_cannot_be_sent_leaves_the_citizen_with_a_person(self):
        with (
            patch.object(type(self.Message), "_store_turn", side_effect=ZeroDivisionError),
            self.assertLogs("odoo.addons.whatsapp_helpdesk.models.whatsapp_inbox_turns", "ERROR"),
        ):
            self.deliver(self.inbound(text="oi"))
        session = self._session()
        self.assertEqual(session.conversation_id.state, "queued")
        self.assertFalse(session.turn_at)

    def test_what_a_failed_turn_said_is_not_sent(self):
        session_class = type(self.env["chatbot.flow.session"])
        carry_out = session_class._carry_out

        def say_and_fail(session, effects):
            carry_out(session, effects)
            raise ZeroDivisionError

        # Answered while the event is processed, not by a turn of its own
        self.env["ir.config_parameter"].set_param(LISTEN_LIMIT, "0")
        with (
            patch.object(session_class, "_carry_out", say_and_fail),
            self.assertLogs("odoo.addons.chatbot_flow.models.chatbot_flow_session", "ERROR"),
        ):
            self.deliver(self.inbound(text="oi"))
        conversation = self._session().conversation_id
        self.assertEqual(conversation.state, "queued")
        self.assertEqual(set(self.outgoing(conversation).mapped("state")), {"sent"})
        self.assertTrue(self.meta.texts())
        self.assertNotIn("Qual é o seu nome?", self.meta.texts())

    def test_a_tap_is_answered_without_waiting(self):
        self.deliver(self.inbound(text="oi"))
        self.meta.sent.clear()
        self.naps.clear()
        reply = {"type": "button_reply", "button_reply": {"id": "nome:skip", "title": "Pular"}}
        self.deliver(self.inbound(type="interactive", interactive=reply))
        self.assertEqual(len(self.meta.texts()), 1)
        self.assertEqual(self.naps, [])

    def test_the_lane_is_the_persons_own(self):
        self.deliver(self.inbound(text="oi"), self.inbound(person=JOAO, text="oi"), run=False)
        keys = set(self.Event.search([]).mapped("contact_key"))
        for key in keys:
            self.Event._process_batch(key)
        self.assertEqual(set(self.env["chatbot.flow.session"].search([]).mapped("turn_lane")), keys)
        self.assertGreater(self.Event._next_turn_at(), time.time())
