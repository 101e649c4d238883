# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import random
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..core import automatic
from .common import WORKING_TIME, ContactCenterCase

NUDGES = automatic.NUDGES


@tagged("post_install", "-at_install")
class TestInactivity(ContactCenterCase):
    """The clock starts on a Friday at 10:00 in São Paulo; service ends at 11:00, and at 17:00."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(type(cls.env["ir.cron"]), "_commit_progress", lambda *_args, **_values: 60)
        cls.queue.write(
            {
                "bot_warning_minutes": 10,
                "bot_close_minutes": 20,
                "waiting_warning_minutes": 15,
                "waiting_close_minutes": 60,
                "service_warning_minutes": 20,
                "service_close_minutes": 30,
            }
        )

    def _run(self, minutes):
        """Run the scheduled action `minutes` after the beginning."""
        with freeze_time(WORKING_TIME + timedelta(minutes=minutes)):
            self.Conversation._cron_inactivity()

    def _skipped(self, conversation):
        return [
            event.data["reason"]
            for event in conversation.event_ids
            if event.kind == "automatic_skipped"
        ]

    def test_in_service_when_the_citizen_owes_the_answer(self):
        conversation = self._in_service()
        self._answer(conversation)
        self._run(19)
        self.assertNotIn("inactivity_warning", self._automatic_kinds(conversation))
        for minutes in (20, 21, 25):
            self._run(minutes)
        self.assertEqual(self._automatic_kinds(conversation).count("inactivity_warning"), 1)
        self._run(29)
        self.assertEqual(conversation.state, "in_service")
        self._run(30)
        self.assertEqual((conversation.state, conversation.outcome), ("closed", "expired"))
        self.assertEqual(self._automatic_kinds(conversation)[-1], "inactivity_close")

    def test_nobody_is_pushed_who_waits_for_the_agent(self):
        conversation = self._in_service()
        self._answer(conversation)
        conversation._receive(self._text("e agora?"))
        self._run(45)
        self.assertEqual(conversation.state, "in_service")
        self.assertFalse(set(self._automatic_kinds(conversation)) & NUDGES)

    def test_an_answer_starts_the_clock_again(self):
        conversation = self._in_service()
        self._answer(conversation)
        self._run(20)
        with freeze_time(WORKING_TIME + timedelta(minutes=21)):
            conversation._receive(self._text("estou aqui"))
        with freeze_time(WORKING_TIME + timedelta(minutes=22)):
            self._answer(conversation)
        self._run(41)
        self.assertEqual(conversation.state, "in_service")
        self._run(42)
        self.assertEqual(self._automatic_kinds(conversation).count("inactivity_warning"), 2)

    def test_outside_service_hours_everything_waits(self):
        conversation = self._in_service()
        with freeze_time(WORKING_TIME + timedelta(minutes=50)):
            self._answer(conversation)
        for minutes in (70, 120, 179):
            self._run(minutes)
        self.assertFalse(set(self._automatic_kinds(conversation)) & NUDGES)
        # 13:00, when people are back: ten minutes were over when they left
        self._run(180 + 9)
        self.assertFalse(set(self._automatic_kinds(conversation)) & NUDGES)
        self._run(180 + 10)
        self.assertEqual(self._automatic_kinds(conversation)[-1], "inactivity_warning")
        self._run(180 + 20)
        self.assertEqual(conversation.state, "closed")

    def test_waiting_is_told_the_place_once(self):
        first, second = self._waiting(), self._second()
        for minutes in (14, 15, 16, 40):
            self._run(minutes)
        self.assertEqual(self._automatic_kinds(first), ["queued", "still_waiting"])
        self.assertIn("posição 2", self._said(second)[-1])
        with freeze_time(WORKING_TIME + timedelta(minutes=41)):
            first._receive(self._text("oi?"))
        self._run(57)
        self.assertEqual(self._automatic_kinds(first).count("still_waiting"), 2)

    def _second(self):
        """Return a conversation that began to wait a second later."""
        with freeze_time(WORKING_TIME + timedelta(seconds=1)):
            return self._waiting()

    def test_with_the_bot(self):
        conversation = self._open()
        with self._bot():
            conversation._receive(self._text("oi"))
        conversation._say(self._outgoing())
        self._run(10)
        self.assertEqual(self._automatic_kinds(conversation), ["inactivity_warning"])
        self._run(20)
        self.assertEqual((conversation.state, conversation.outcome), ("closed", "abandoned"))

    def test_with_the_bot_at_night_it_ends_in_silence(self):
        conversation = self._open()
        with freeze_time(WORKING_TIME + timedelta(hours=12)):
            with self._bot():
                conversation._receive(self._text("oi"))
            conversation._say(self._outgoing())
        self._run(12 * 60 + 20)
        self.assertEqual(conversation.state, "closed")
        self.assertEqual(self._automatic_kinds(conversation), [])
        self.assertEqual(self._skipped(conversation), ["closed_hours"])

    def test_outside_the_window_nothing_is_said(self):
        conversation = self._in_service()
        self._answer(conversation)
        self._run_without_window(conversation, 20)
        self._run_without_window(conversation, 21)
        self._run_without_window(conversation, 30)
        self.assertEqual(conversation.state, "closed")
        self.assertFalse(set(self._automatic_kinds(conversation)) & NUDGES)
        self.assertEqual(self._skipped(conversation), ["window", "window"])

    def _run_without_window(self, conversation, minutes):
        """Do as `_run`, with a window that was over before."""
        with patch.object(type(conversation), "_window_until", lambda _conversation: WORKING_TIME):
            self._run(minutes)

    def test_who_wants_none_gets_none(self):
        conversation = self._in_service()
        self.citizen.contact_center_opt_out = True
        self._answer(conversation)
        for minutes in (20, 25, 30):
            self._run(minutes)
        self.assertEqual(conversation.state, "closed")
        self.assertFalse(set(self._automatic_kinds(conversation)) & NUDGES)
        self.assertEqual(self._skipped(conversation), ["opted_out", "opted_out"])

    def test_minutes_are_checked(self):
        with self.assertRaises(ValidationError):
            self.queue.service_close_minutes = 20
        with self.assertRaises(ValidationError):
            self.queue.bot_warning_minutes = -1

    def test_queue_without_schedule_is_left_alone(self):
        conversation = self._in_service(self.outsider, self.other_queue)
        self._answer(conversation, user=self.outsider)
        self._run(30)
        self.assertEqual(conversation.state, "in_service")

    def test_the_scheduled_action_reads_an_index(self):
        """With a million conversations only the open ones of a state are looked at."""
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute(
            "EXPLAIN SELECT id FROM contact_center_conversation WHERE state = 'in_service' AND "
            "GREATEST(last_inbound_at, last_outbound_at, queued_at) <= now()"
        )
        plan = "\n".join(row[0] for row in self.env.cr.fetchall())
        self.assertNotIn("Seq Scan", plan)

    # ------------------------------------------------------------
    # The three "never", on random walks over clock and events
    # ------------------------------------------------------------

    def test_never_on_random_walks(self):
        for seed in range(12):
            with self.subTest(seed=seed), self.env.cr.savepoint():
                self._walk(random.Random(seed))

    def _walk(self, rng):
        """Play some hours of a conversation in which anything may happen; judge each step."""
        self.now = WORKING_TIME
        self.window_until = None
        self.nudged_since_life = set()
        conversation = self._open()
        self.citizen = conversation.partner_id
        self.citizen.contact_center_opt_out = False
        with (
            self._bot(),
            patch.object(type(conversation), "_window_until", lambda _c: self.window_until),
        ):
            for _step in range(20):
                self.now += timedelta(minutes=rng.choice((1, 5, 11, 30, 90)))
                with freeze_time(self.now):
                    self._step(conversation, rng)
                if conversation.state == "closed":
                    return

    def _step(self, conversation, rng):
        """One event, then the scheduled action twice, as two workers would."""
        action = rng.choice(("inbound", "agent", "take", "queue", "opt", "window", "tick", "tick"))
        lively = self._happen(action, conversation)
        if lively:
            self.nudged_since_life.clear()
        before = conversation.event_ids
        self.Conversation._cron_inactivity()
        self.Conversation._cron_inactivity()
        said = [
            event.data["message"]
            for event in conversation.event_ids - before
            if event.kind == "automatic_message"
        ]
        self._judge(conversation, said)

    def _happen(self, action, conversation):
        """Let `action` happen where it can; whether a person or the bot gave a sign of life."""
        state = conversation.state
        if action == "inbound":
            conversation._receive(self._text("mensagem"))
        elif action == "agent" and state == "in_service":
            self._answer(conversation)
        elif action == "take" and state == "queued":
            conversation.with_user(self.agent).action_take()
        elif action == "queue" and state == "bot":
            conversation._hand_over(reason="asked")
        elif action == "opt":
            self.citizen.contact_center_opt_out = not self.citizen.contact_center_opt_out
            return False
        elif action == "window":
            past = fields.Datetime.subtract(self.now, minutes=1)
            self.window_until = None if self.window_until else past
            return False
        else:
            return False
        return True

    def _judge(self, conversation, said):
        """Never twice, out of hours, outside the window or against the citizen's wish."""
        nudges = [kind for kind in said if kind in NUDGES]
        self.assertEqual(len(set(nudges)), len(nudges), "said twice in one run")
        self.assertFalse(set(nudges) & self.nudged_since_life, "said again without a sign of life")
        self.nudged_since_life.update(nudges)
        if nudges:
            self.assertTrue(self.queue._is_open(self.now), "said outside service hours")
            self.assertFalse(self.citizen.contact_center_opt_out, "said to who wants none")
            self.assertIsNone(self.window_until, "said outside the window")
