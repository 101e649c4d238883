# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.contact_center.tests.common import WORKING_TIME

from ..models.conversation_callback import NO, YES
from .common import CallbackCase


@tagged("post_install", "-at_install")
class TestCallback(CallbackCase):
    """A citizen who need not wait is called back when it is their turn."""

    def test_who_finds_no_room_is_asked(self):
        conversation = self._offered_callback()
        self.assertEqual(conversation.state, "bot", "nobody waits who does not want to")
        self.assertEqual([one.id for one in self.asked.options], [YES, NO])
        self.assertIn("guardamos o seu lugar", self.asked.text)
        self.assertEqual(conversation.callback_id.state, "offered")
        self.assertEqual(conversation.stay_ids.left_how, "no_room")
        self.assertIn("callback_offered", self._kinds(conversation))

    def test_the_place_is_that_of_the_first_moment(self):
        conversation = self._offered_callback()
        since = conversation.stay_ids.since_us
        with self._later(60):
            self._waiting_first()._close("abandoned")
            later = self._waiting()
        with self._later(120):
            conversation._receive(self._text("Quero retorno, por favor"))
        self.assertEqual(
            (conversation.state, conversation.callback_id.state), ("queued", "waiting")
        )
        first, second = conversation.stay_ids.sorted("id")
        self.assertEqual((second.since_us, second.first_id), (since, first))
        self.assertEqual((conversation._waiting_position(), later._waiting_position()), (1, 2))
        self.assertIn("está guardado", self._said(conversation)[-1])

    def test_who_wants_none_is_told_good_bye(self):
        conversation = self._offered_callback()
        conversation._receive(self._option(NO))
        self.assertEqual(
            (conversation.outcome, conversation.callback_id.state), ("no_room", "declined")
        )
        self.assertIn("não conseguimos receber", self._said(conversation)[-1])

    def test_something_else_is_asked_again_and_the_assistant_does_not_hear_it(self):
        conversation = self._offered_callback()
        heard = []
        with self._bot(heard):
            conversation._receive(self._text("quanto tempo demora?"))
        self.assertFalse(heard)
        self.assertEqual(conversation.callback_id.state, "offered")
        self.assertIn("guardamos o seu lugar", self._said(conversation)[-1])

    def test_an_offer_without_an_answer_ends(self):
        conversation = self._offered_callback()
        with self._later(15 * 60 - 1):
            self.Callback._cron_follow()
            self.assertEqual(conversation.state, "bot")
        with self._later(15 * 60):
            self.Callback._cron_follow()
        self.assertEqual(
            (conversation.outcome, conversation.callback_id.state), ("no_room", "ignored")
        )

    def test_when_it_is_their_turn_an_agent_is_offered_them_and_accepting_writes(self):
        conversation = self._agreed()
        self._free()
        offer = self._round()
        self.assertEqual((offer.conversation_id, offer.user_id), (conversation, self.agent))
        self.assertTrue(offer._rows()[0]["callback"])
        self._accept(offer)
        self.assertEqual((conversation.state, conversation.agent_id), ("in_service", self.agent))
        self.assertIn("Chegou a sua vez: Ana Agente", self._said(conversation)[-1])
        self.assertNotIn("Você está falando com", " ".join(self._said(conversation)))
        self.assertEqual(conversation.stay_ids.sorted("id")[-1].left_how, "called_back")
        callback = conversation.callback_id
        self.assertEqual(
            (callback.state, callback.tries, callback.agent_id), ("called", 1, self.agent)
        )
        self.assertIn("called_back", self._kinds(conversation))

    def test_the_citizen_answers(self):
        conversation = self._called()
        conversation._receive(self._text("sim, estou aqui"))
        self.assertEqual(conversation.callback_id.state, "answered")
        with self._later(86400):
            self.Callback._cron_follow()
        self.assertEqual(conversation.state, "in_service")

    def test_without_an_answer_there_is_another_try_in_the_same_place(self):
        conversation = self._called()
        since = conversation.stay_ids.sorted("id")[-1].since_us
        with self._later(15 * 60):
            self.Callback._cron_follow()
            self.assertEqual((conversation.state, conversation.agent_id.id), ("queued", False))
            self.assertEqual(self.States._current(self.agent).kind, "available")
            self.assertEqual(conversation.callback_id.state, "waiting")
            self.assertFalse(self._round(), "the next try is later")
        self.assertEqual(conversation.stay_ids.sorted("id")[-1].since_us, since)
        with self._later(45 * 60):
            self._accept(self._round())
        self.assertEqual(conversation.callback_id.tries, 2)
        self.assertEqual(self._automatic_kinds(conversation).count("callback_now"), 2)

    def test_after_the_last_try_it_ends_as_what_it_is(self):
        self.queue.callback_tries = 1
        conversation = self._called()
        with self._later(15 * 60):
            self.Callback._cron_follow()
        self.assertEqual(conversation.outcome, "callback_unanswered")
        self.assertEqual(conversation.callback_id.state, "unanswered")
        self.assertIn("não tivemos resposta", self._said(conversation)[-1])
        self.assertEqual(self.States._current(self.agent).kind, "available")

    def test_the_citizen_cancels_by_a_word(self):
        conversation = self._agreed()
        conversation._receive(self._text("Minha rua está escura"))
        self.assertEqual(conversation.state, "queued", "what they write meanwhile is kept")
        conversation._receive(self._text("CANCELAR"))
        self.assertEqual(conversation.outcome, "callback_cancelled")
        self.assertEqual(conversation.callback_id.state, "cancelled")
        self.assertIn("não vamos mais chamar", self._said(conversation)[-1])
        self._free()
        self.assertFalse(self._round())

    def test_nobody_who_waits_to_be_called_counts_as_waiting_in_the_chat(self):
        self._agreed()
        self.assertEqual(self._waiting().state, "queued", "there is room for one")
        self.assertEqual(self._waiting().state, "bot")

    def test_nobody_is_called_at_night(self):
        conversation = self._agreed()
        self._closed_now()
        self._free()
        self.assertFalse(self._round())
        self.queue.mode = "mixed"
        with self.assertRaisesRegex(UserError, "is closed"):
            conversation.with_user(self.agent).action_take()
        conversation.with_user(self.supervisor).action_take()
        self.assertEqual(conversation.callback_id.state, "called")
        with self._later(86400):
            self.Callback._cron_follow()
        self.assertEqual(conversation.callback_id.state, "called", "nor given up at night")

    def test_at_night_others_are_offered_as_before(self):
        self._agreed()
        waiting = self._waiting()
        self._closed_now()
        self._free()
        self.assertEqual(self._round().conversation_id, waiting)

    def test_silence_ends_nothing_while_they_wait_to_be_called(self):
        self.queue.write({"waiting_warning_minutes": 5, "waiting_close_minutes": 10})
        conversation = self._agreed()
        with self._later(3600):
            self.Conversation._cron_inactivity()
        self.assertEqual(conversation.state, "queued")
        self.assertNotIn("still_waiting", self._automatic_kinds(conversation))

    def test_one_for_each_person_and_queue(self):
        conversation = self._agreed()
        refused = self.assertRaises(psycopg2.errors.UniqueViolation)
        with mute_logger("odoo.sql_db"), refused, self.env.cr.savepoint():
            self.Callback.create(
                {
                    "conversation_id": conversation.id,
                    "partner_id": conversation.partner_id.id,
                    "queue_id": self.queue.id,
                    "why": "full",
                }
            )
        self._waiting()
        other = self._open()
        other.partner_id = conversation.partner_id.copy({"phone": False})
        self.assertTrue(self.Callback._is_open_for(conversation.partner_id, self.queue))
        with patch.object(type(self.Callback), "_is_open_for", return_value=True):
            other._hand_over(reason="asked")
        self.assertEqual(other.outcome, "no_room", "not asked for a second one")

    def test_it_goes_along_to_another_queue(self):
        conversation = self._agreed()
        conversation._move_to_queue(self.other_queue)
        self.assertEqual(conversation.callback_id.queue_id, self.other_queue)
        self.other_queue.mode = "offer"
        offer = self._round()
        self._accept(offer)
        self.assertEqual(conversation.callback_id.agent_id, self.outsider)

    def test_an_agent_who_leaves_before_the_answer_leaves_it_to_the_next(self):
        conversation = self._called()
        self.queue.member_ids -= self.agent
        self.assertEqual(
            (conversation.state, conversation.callback_id.state), ("queued", "waiting")
        )
        self._free(self.colleague)
        self._accept(self._round())
        self.assertEqual(conversation.callback_id.tries, 2)

    def test_what_is_closed_by_hand_leaves_nothing_open(self):
        conversation = self._agreed()
        conversation.with_user(self.supervisor).action_close()
        self.assertEqual(conversation.callback_id.state, "withdrawn")
        self.assertTrue(conversation.callback_id.ended_at)

    def test_closed_by_the_agent_before_an_answer(self):
        conversation = self._called()
        conversation.with_user(self.agent).action_close()
        self.assertEqual(conversation.callback_id.state, "unanswered")

    def test_an_agent_is_told_where_the_citizen_could_not_be_reached(self):
        messages = self.env["contact_center.automatic.message"]
        messages.search([("kind", "=", "callback_now")]).active = False
        conversation = self._called()
        event = conversation.event_ids.filtered(lambda one: one.kind == "called_back")
        self.assertFalse(event.data["reached"])
        notes = self.env["mail.message"].search(
            [
                ("res_id", "=", conversation.discuss_channel_id.id),
                ("model", "=", "discuss.channel"),
                ("subtype_id", "=", self.env.ref("mail.mt_note").id),
            ]
        )
        self.assertIn("could not be sent", notes[:1].body)

    def test_another_kind_reaches_in_its_own_way(self):
        """As a telephone will: the channel says the kind, the kind how to reach."""
        calls = []
        with patch.object(type(self.Callback), "_reach", lambda one: calls.append(one) or True):
            conversation = self._called()
        self.assertEqual(calls, [conversation.callback_id])
        self.assertNotIn("callback_now", self._automatic_kinds(conversation))

    def test_supervisors_see_who_waits_and_how_many(self):
        conversation = self._agreed()
        rows = self.Callback.with_user(self.supervisor).search_read(
            [("state", "=", "waiting")], ["partner_id", "since", "tries"]
        )
        self.assertEqual([row["partner_id"][0] for row in rows], conversation.partner_id.ids)
        self.assertEqual((rows[0]["since"], rows[0]["tries"]), (WORKING_TIME, 0))
        self.assertEqual(self.queue.with_user(self.supervisor).callback_count, 1)
        action = self.queue.with_user(self.supervisor).action_view_callbacks()
        self.assertEqual(action["domain"], [("queue_id", "=", self.queue.id)])
        conversation._receive(self._text("não preciso mais"))
        self.queue.invalidate_recordset()
        self.assertEqual(self.queue.callback_count, 0)

    def test_settings_that_make_no_sense(self):
        for values in (
            {"callback_tries": 0},
            {"callback_answer_minutes": 0},
            {"callback_after_minutes": -1},
            {"max_waiting": -1},
        ):
            refused = self.assertRaises(psycopg2.errors.CheckViolation)
            with mute_logger("odoo.sql_db"), refused, self.env.cr.savepoint():
                self.queue.write(values)
                self.env.flush_all()

    def test_the_texts_of_a_queue_are_at_hand(self):
        action = self.queue.with_user(self.administrator).action_callback_texts()
        found = self.env["contact_center.automatic.message"].search(action["domain"])
        self.assertEqual(len(found), 7)
        for message in found:
            self.assertFalse(message._wrong_placeholders())
