# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import importlib.util
import itertools
import random
from datetime import timedelta
from pathlib import Path

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..core.microseconds import SECOND, to_us
from .common import WORKING_TIME, ContactCenterCase

MIGRATION = Path(__file__).parents[1] / "migrations/19.0.1.0.2/post-stays.py"


def after(seconds, microseconds=0):
    """Let it be so long after the beginning of the tests."""
    return freeze_time(WORKING_TIME + timedelta(seconds=seconds, microseconds=microseconds))


@tagged("post_install", "-at_install")
class TestStay(ContactCenterCase):
    """Stays in queues: when a citizen began to wait, how it ended, and how long it lasted."""

    def _stays(self, conversation):
        """(queue, how it ended, seconds) of each stay, in order."""
        return [
            (stay.queue_id, stay.left_how, stay.waited_seconds)
            for stay in conversation.stay_ids.sorted("id")
        ]

    def test_a_contact_that_is_taken_waited_to_the_microsecond(self):
        conversation = self._waiting()
        stay = conversation.stay_ids
        self.assertFalse(stay.left_how)
        self.assertEqual(stay.entered_us, to_us(WORKING_TIME))
        with after(20, 1):
            conversation.with_user(self.agent).action_take()
        self.assertEqual(self._stays(conversation), [(self.queue, "accepted", 20.000001)])
        self.assertEqual(stay.left_us - stay.entered_us, 20 * SECOND + 1)
        self.assertEqual((stay.agent_id, stay.place), (self.agent, 1))
        self.assertEqual(conversation.waiting_seconds, 20)

    def test_a_transfer_begins_another_stay_and_forgets_none(self):
        """The fault that stays exist for: a transfer used to overwrite when a citizen came."""
        conversation = self._waiting()
        with after(30):
            conversation.with_user(self.agent).action_take()
        with after(90):
            conversation.with_user(self.agent).action_transfer(queue=self.other_queue)
        with after(100):
            self.assertEqual(conversation.waiting_seconds, 40)
            conversation.with_user(self.outsider).action_take()
        self.assertEqual(
            self._stays(conversation),
            [(self.queue, "accepted", 30), (self.other_queue, "accepted", 10)],
        )
        first, second = conversation.stay_ids.sorted("id")
        self.assertFalse(first.first_id)
        self.assertEqual(second.first_id, first)
        self.assertEqual(conversation.waiting_seconds, 40)

    def test_passed_on_while_waiting(self):
        conversation = self._waiting()
        with after(30):
            conversation.with_user(self.supervisor).action_transfer(queue=self.other_queue)
        self.assertEqual(
            self._stays(conversation),
            [(self.queue, "transferred", 30), (self.other_queue, False, 0)],
        )
        self.assertEqual(
            conversation.stay_ids.sorted("id")[1].since_us, to_us(WORKING_TIME) + 30 * SECOND
        )

    def test_a_person_chosen_by_name_is_not_waited_for(self):
        conversation = self._in_service()
        conversation.with_user(self.agent).action_transfer(user=self.colleague)
        self.assertEqual(self._stays(conversation), [(self.queue, "accepted", 0)])

    def test_nobody_waits_where_the_agent_begins(self):
        conversation = self.Conversation.with_user(self.agent)._open_by_agent(
            self.citizen, "internal", self.queue
        )
        self.assertEqual(conversation.state, "in_service")
        self.assertFalse(conversation.sudo().stay_ids)
        self.assertEqual(conversation.waiting_seconds, 0)

    def test_silence_and_staff_end_a_wait_differently(self):
        given_up, closed = self._waiting(), self._waiting()
        with after(60):
            given_up.sudo()._close_for_silence()
            closed.sudo()._close("failed")
        self.assertEqual(self._stays(given_up), [(self.queue, "abandoned", 60)])
        self.assertEqual(self._stays(closed), [(self.queue, "closed", 60)])

    def test_whose_agent_left_keeps_the_place_but_did_not_wait_meanwhile(self):
        conversation = self._waiting()
        with after(10):
            conversation.with_user(self.agent).action_take()
        with after(310):
            conversation.sudo()._release()
        with after(320):
            self.assertEqual(conversation.waiting_seconds, 20)
        stay = conversation.stay_ids.sorted("id")[1]
        self.assertEqual(stay.since_us, to_us(WORKING_TIME))
        self.assertEqual(stay.entered_us, to_us(WORKING_TIME) + 310 * SECOND)

    def test_moved_to_another_queue_with_its_place(self):
        conversation = self._waiting()
        with after(50):
            conversation.sudo()._move_to_queue(self.other_queue)
        stay = conversation.stay_ids.sorted("id")[1]
        self.assertEqual((stay.queue_id, stay.since_us), (self.other_queue, to_us(WORKING_TIME)))
        self.assertEqual(conversation.queued_at, WORKING_TIME)

    def test_a_clock_that_was_set_back(self):
        conversation = self._waiting()
        with freeze_time(WORKING_TIME - timedelta(hours=1)):
            conversation.with_user(self.agent).action_take()
        self.assertEqual(self._stays(conversation), [(self.queue, "accepted", 0)])

    def test_the_place_on_entering(self):
        places = [self._waiting().stay_ids.place for _time in range(3)]
        self.assertEqual(places, [1, 2, 3])

    def test_told_once(self):
        """How right an estimate was is judged by the first one that was told."""
        conversation = self._waiting().sudo()
        with after(5):
            conversation._note_wait_told(2, low=60, high=180)
        with after(9):
            conversation._note_wait_told(1, low=30, high=60)
        stay = conversation.stay_ids
        self.assertEqual((stay.told_low, stay.told_high), (60, 180))
        self.assertEqual(stay.told_at, WORKING_TIME + timedelta(seconds=5))
        told = conversation.event_ids.filtered(lambda event: event.kind == "wait_told")
        self.assertEqual(
            [event.data for event in told.sorted("id")],
            [
                {"place": 2, "wait_low": 60, "wait_high": 180},
                {"place": 1, "wait_low": 30, "wait_high": 60},
            ],
        )

    def test_a_message_with_the_place_is_in_the_ledger(self):
        message = self.env.ref("contact_center.automatic_message_queued")
        message.sudo().body = "Você é o número {posicao} da fila."
        conversation = self._waiting()
        self.assertEqual(
            [event.data for event in conversation.event_ids if event.kind == "wait_told"],
            [{"place": 1}],
        )
        self.assertTrue(conversation.stay_ids.told_at)

    def test_append_only_even_for_the_superuser(self):
        stay = self._waiting().stay_ids
        for records in (stay, stay.sudo(), stay.with_user(self.administrator)):
            with self.assertRaises(UserError):
                records.write({"left_how": "accepted"})
            with self.assertRaises(UserError):
                records.unlink()

    def test_seen_with_the_conversation(self):
        stay = self._in_service().stay_ids
        for user in (self.agent, self.supervisor, self.manager):
            self.assertTrue(stay.with_user(user).has_access("read"))
        for user in (self.colleague, self.outsider, self.employee):
            self.assertFalse(stay.with_user(user).has_access("read"))

    def test_waiting_exactly_while_a_stay_is_open(self):
        """Whatever happens, in any order: one open stay while it waits, and no other.

        No two stays of one conversation overlap.
        """
        draw = random.Random(20261120)
        conversations = [self._waiting() for _time in range(4)]
        for step in range(120):
            conversation = draw.choice(conversations).sudo()
            move = draw.choice(
                [
                    lambda one: one.with_user(self.supervisor).action_take(),
                    lambda one: one._release(),
                    lambda one: one.with_user(self.supervisor).action_transfer(
                        queue=self.queue + self.other_queue - one.queue_id
                    ),
                    lambda one: one._move_to_queue(self.queue + self.other_queue - one.queue_id),
                    lambda one: one._move_to("bot", agent_id=False) and one._hand_over(),
                ]
            )
            with after(step + 1, draw.randrange(SECOND)):
                try:
                    with self.env.cr.savepoint():
                        move(conversation)
                except UserError:
                    continue
            for one in conversations:
                stays = one.stay_ids.sorted("id")
                self.assertEqual(
                    len(stays.filtered(lambda stay: not stay.left_at)), one.state == "queued"
                )
                for earlier, later in itertools.pairwise(stays):
                    self.assertLessEqual(earlier.left_us, later.entered_us)
        self.assertGreater(sum(len(one.stay_ids) for one in conversations), 20)


@tagged("post_install", "-at_install")
class TestStaysOfEarlierConversations(ContactCenterCase):
    """Conversations from before there were stays get theirs out of their events."""

    def _snapshot(self, conversations):
        """Return what a report reads of the stays, in order."""
        return [
            (
                stay.conversation_id,
                stay.queue_id,
                stay.entered_at,
                stay.left_at,
                stay.left_how,
                stay.agent_id,
                bool(stay.first_id),
                stay.waited_seconds,
            )
            for conversation in conversations
            for stay in conversation.stay_ids.sorted("id")
        ]

    def _migrate(self):
        """Take all stays away and run the script."""
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM contact_center_stay")
        spec = importlib.util.spec_from_file_location("post_stays", MIGRATION)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.1.0.1")
        self.env.invalidate_all()

    def test_the_same_as_if_they_had_been_there(self):
        conversations = [self._waiting() for _time in range(5)]
        passed_on, released, given_up, straight, _waiting = conversations
        with after(10):
            for conversation in (passed_on, released, straight):
                conversation.with_user(self.agent).action_take()
            given_up.sudo()._close_for_silence()
        with after(40):
            passed_on.with_user(self.agent).action_transfer(queue=self.other_queue)
            released.sudo()._release()
            straight.with_user(self.agent).action_transfer(user=self.colleague)
        with after(45):
            passed_on.with_user(self.outsider).action_take()
        before = self._snapshot(conversations)
        self.assertEqual(len(before), 7)
        self._migrate()
        self.assertEqual(self._snapshot(conversations), before)
        self.assertEqual(released.stay_ids.sorted("id")[1].since_us, to_us(WORKING_TIME))
