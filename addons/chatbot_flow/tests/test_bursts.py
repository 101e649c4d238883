# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import time
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.contact_center.core.values import Incoming
from odoo.addons.contact_center.tests.common import WORKING_TIME
from odoo.addons.queue_job.tests.common import trap_jobs

from ..models.chatbot_flow_session_burst import LISTEN_LIMIT
from .common import FlowCase


@tagged("post_install", "-at_install")
class TestBursts(FlowCase):
    """Several messages in a row are one turn, when the citizen has been quiet for a moment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param(LISTEN_LIMIT, False)

    def _at(self, seconds):
        """Set the clock to so many seconds later."""
        return freeze_time(WORKING_TIME + timedelta(seconds=seconds))

    def _run_turns(self, seconds):
        """Return the bot's answers when the job comes at that time (`Outgoing` values)."""
        said = []
        with self._at(seconds), patch.object(type(self.Conversation), "_say", self._note(said)):
            self.Session._run_due_turns()
        return said

    def _note(self, said):
        def say(conversation, outgoing, author=None):
            said.append(outgoing)
            return conversation.env["mail.message"]

        return say

    def _answered(self, conversation, *texts):
        """Lets the citizen say each of these and wait for the answer."""
        for number, text in enumerate(texts, 1):
            with self._at(-1000 + 20 * number):
                self._type(conversation, text)
            self._run_turns(-1000 + 20 * number + 5)
        return self._session(conversation)

    def test_a_burst_at_the_beginning_is_one_turn_and_no_name(self):
        conversation = self._talk("oi", "tudo bem?", "preciso de ajuda")
        session = self._session(conversation)
        self.assertEqual(len(session.pending["answers"]), 3)
        self.assertEqual((session.status, session.turn_count), ("new", 0))
        messages = conversation.discuss_channel_id.message_ids.filtered(
            lambda message: message.author_id == conversation.partner_id
        )
        self.assertEqual(len(messages), 3)
        self.assertEqual(self._run_turns(2), [])
        [said] = self._run_turns(3)
        self.assertIn("Qual é o seu nome?", said.text)
        self.assertEqual((session.step_key, session._values()), ("nome", {}))
        self.assertFalse(session.pending or session.turn_at or session.turn_lane)
        self.assertEqual(session.engine_state["opening"], "preciso de ajuda")
        self.assertEqual(self._run_turns(9), [])

    def test_a_burst_with_a_name_in_it_is_one_answer(self):
        conversation = self._talk()
        session = self._answered(conversation, "oi")
        self._type(conversation, "oi", "bom dia", "meu nome é Carlos Souza")
        [said] = self._run_turns(3)
        self.assertEqual(said.text, "E-mail?")
        self.assertEqual(session._values(), {"nome": "Carlos Souza"})
        self.assertEqual(session.turn_count, 1)

    def test_each_message_moves_the_turn_on_but_not_for_ever(self):
        conversation = self._talk()
        start = time.time()
        for second in range(0, 20, 2):
            with self._at(second):
                self._type(conversation, f"linha {second}")
            session = self._session(conversation)
            late = min(second + 2.5, 15)
            self.assertEqual(session.turn_at, start + late)
            if second >= 12:
                break
        self.assertEqual(self._run_turns(14), [])
        self.assertEqual(len(self._run_turns(15)), 1)

    def test_a_tap_answers_at_once_and_takes_the_words_along(self):
        conversation = self._talk()
        self._answered(conversation, "oi", "Maria", "m@x.com")
        self._type(conversation, "é um problema")
        with self._heard(conversation) as said:
            self._choose(conversation, "menu:chamado", "Chamado")
        self.assertEqual([outgoing.text for outgoing in said], ["Descreva."])
        self.assertFalse(self._session(conversation).pending)
        self.assertEqual(self._run_turns(5), [])

    def test_an_album_is_one_answer_and_words_beside_a_photo_are_kept(self):
        conversation = self._talk()
        session = self._answered(conversation, "oi", "Maria", "m@x.com", "1")
        self._type(conversation, "A impressora não liga")
        first = self._picture(conversation)
        self._type(conversation, "nem esquenta")
        self.assertEqual(self._run_turns(4), [])
        [said] = self._run_turns(5)
        values = session._values()
        self.assertEqual(values["descricao"], "A impressora não liga\nnem esquenta")
        self.assertEqual(session.engine_state["pending"], [f"message:{first.id}"])
        self.assertEqual([option.title for option in said.options][:1], ["Pronto"])
        with self._at(20):
            album = [self._picture(conversation) for _number in range(3)]
        self._type(conversation, "pronto")
        self._run_turns(40)
        self.assertEqual(
            session._values()["foto"], [f"message:{message.id}" for message in [first, *album]]
        )

    def test_who_is_served_by_people_meanwhile_gets_no_answer(self):
        for end in ("_hand_over", "_end_by_bot"):
            conversation = self._talk("oi", "tudo bem?")
            if end == "_hand_over":
                conversation._hand_over(reason="asked")
            else:
                conversation._end_by_bot("self_service")
            session = self._session(conversation)
            self.assertEqual(self._run_turns(3), [])
            self.assertFalse(session.pending or session.turn_at)

    def test_people_who_give_it_back_begin_anew(self):
        conversation = self._talk()
        session = self._answered(conversation, "oi", "Maria", "m@x.com")
        self._type(conversation, "uma coisa")
        conversation._hand_over(reason="asked")
        conversation.with_user(self.supervisor)._return_to_flow("menu")
        self.assertFalse(session.pending or session.turn_at)
        self.assertEqual(session.step_key, "menu")

    def test_nobody_who_writes_is_silent(self):
        self.flow.silence_end_minutes = 1
        self.flow.action_publish()
        conversation = self._talk()
        session = self._answered(conversation, "oi")
        session.silence_at = conversation.last_outbound_at = WORKING_TIME
        self.assertTrue(conversation._citizen_owes())
        self._type(conversation, "Maria")
        self.assertFalse(conversation._citizen_owes())
        with self._at(1):
            self.Session._cron_silence()
            self.assertEqual(session._act_on_silence(), "")
        self.assertEqual(conversation.state, "bot")
        self._run_turns(3)
        self.assertEqual(session.step_key, "email")
        self.assertTrue(session.silence_at)

    def test_what_came_while_the_flow_was_busy_is_no_answer_to_what_it_asks_then(self):
        conversation = self._talk()
        session = self._answered(conversation, "oi", "Maria")
        state = {**session.engine_state, "status": "wait"}
        session.write({"engine_state": state, "status": "wait"})
        number = session._later("wait")
        self._type(conversation, "ainda aí?")
        self.assertTrue(session.pending)
        session._run_wait(number)
        self.assertFalse(session.pending)

    def test_one_job_for_each_second(self):
        with trap_jobs() as trap:
            conversation = self._talk("oi", "tudo bem?")
            self._type(conversation, "preciso de ajuda")
            self._talk("oi")
        keys = {job.identity_key for job in trap.enqueued_jobs}
        self.assertEqual(len(keys), 1)
        self.assertEqual(trap.enqueued_jobs[0].method_name, "_run_due_turns")
        self.assertEqual(trap.enqueued_jobs[0].eta, WORKING_TIME + timedelta(seconds=3))

    def test_what_a_crash_left_behind_is_answered_later(self):
        self._talk("oi")
        with self._at(20), trap_jobs() as trap:
            self.Session._cron_turns()
            self.assertEqual(trap.enqueued_jobs, [])
        with self._at(60), trap_jobs() as trap:
            self.Session._cron_turns()
        [job] = trap.enqueued_jobs
        self.assertEqual(job.method_name, "_run_due_turns")

    def test_a_turn_runs_once(self):
        session = self._session(self._talk("oi"))
        with self._at(3):
            self.assertTrue(session._run_due_turn())
            self.assertFalse(session._run_due_turn())

    def test_a_turn_that_fails_calls_people(self):
        conversation = self._talk("oi")
        with (
            self._at(3),
            patch.object(type(self.Session), "_advance", side_effect=ZeroDivisionError),
            self.assertLogs("odoo.addons.chatbot_flow.models.chatbot_flow_session", "ERROR"),
        ):
            self.Session._run_due_turns()
        session = self._session(conversation)
        self.assertEqual((conversation.state, session.status), ("queued", "handed_over"))
        self.assertFalse(session.pending or session.turn_at)

    def test_a_reaction_to_the_question_answers_at_once(self):
        conversation = self._talk()
        session = self._answered(conversation, "oi", "Maria")
        with self._heard(conversation):
            session._take_in(session._answer(Incoming(kind="reaction", text="👍")))
        self.assertFalse(session.pending)

    def test_keeping_a_message_is_cheap(self):
        conversation = self._talk()
        self._answered(conversation, "oi", "Maria")
        self.env.flush_all()
        session = self._session(conversation)
        session.turn_lane = "somebody's"
        self._type(conversation, "a")
        self.env.flush_all()
        session.invalidate_recordset()
        with (
            patch.object(type(session), "_turn_lane", lambda session: "lane"),
            # SELECT the session, UPDATE it
            self.assertQueryCount(2),
        ):
            conversation.sudo()._on_bot_incoming(self._text("b"))
            self.env.flush_all()
        self.assertEqual(len(session.pending["answers"]), 2)

    def test_erasing_takes_what_waits(self):
        conversation = self._talk("meu segredo")
        conversation._erase_personal_texts()
        self.assertFalse(self._session(conversation).pending)

    def test_the_flow_says_how_long_and_the_server_how_long_at_most(self):
        self.assertNotIn("listen", self.flow._definition())
        self.flow.write({"listen_text": 4.5, "listen_tap": 1})
        definition = self.flow._definition()
        self.assertEqual(definition["listen"], {"text": 4.5, "tap": 1})
        self.flow.listen_text = 2.5
        self.flow._load_definition(definition)
        self.assertEqual((self.flow.listen_text, self.flow.listen_file), (4.5, 5))
        self.flow.action_publish()
        session = self._session(self._talk("oi"))
        self.assertEqual(session._listening().text, 4.5)
        self.env["ir.config_parameter"].set_param(LISTEN_LIMIT, "0.5")
        self.assertEqual((session._listening().text, session._listening().maximum), (0.5, 0.5))
        self.env["ir.config_parameter"].set_param(LISTEN_LIMIT, "soon")
        self.assertEqual(session._listening().text, 4.5)

    def test_zero_answers_at_once(self):
        for vals in ({"listen_text": 0}, {"listen_text": 2.5, "listen_maximum": 0}):
            self.flow.write(vals)
            self.flow.action_publish()
            conversation = self._talk("oi")
            self.assertEqual(self._session(conversation).step_key, "nome")

    def test_moments_out_of_bounds_are_refused_in_words(self):
        for name, value in (("text", -1), ("file", 31), ("tap", 40)):
            with self.assertRaisesRegex(ValidationError, "0 to 30 seconds"):
                self.flow[f"listen_{name}"] = value
        self.flow.write({"listen_text": 1, "listen_file": 1, "listen_tap": 0})
        with self.assertRaisesRegex(ValidationError, "0 to 60 seconds"):
            self.flow.listen_maximum = 61
