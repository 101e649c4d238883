# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import DistributionCase


@tagged("post_install", "-at_install")
class TestQueueFull(DistributionCase):
    """What becomes of a contact for which its queue has no room."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_queue.write({"mode": "offer", "calendar_id": False})
        cls.queue.max_waiting = 1

    def test_there_is_room_for_as_many_as_the_queue_says(self):
        first, second = self._waiting(), self._waiting()
        self.assertEqual((first.state, second.state), ("queued", "closed"))
        self._accept(self._round())
        self.assertEqual(self._waiting().state, "queued", "there is room again")

    def test_who_is_turned_away_is_told_and_counted(self):
        self._waiting()
        turned_away = self._waiting()
        self.assertEqual(turned_away.outcome, "no_room")
        self.assertIn("não conseguimos receber mais ninguém", self._said(turned_away)[-1])
        stay = turned_away.stay_ids
        self.assertEqual((stay.queue_id, stay.left_how), (self.queue, "no_room"))
        self.assertEqual((stay.waited_seconds, stay.place), (0, 2))
        event = turned_away.event_ids.filtered(lambda one: one.kind == "turned_away")
        self.assertIn("1 are waiting", event.details)

    def test_the_text_is_that_of_the_queue_in_the_language_of_the_citizen(self):
        self.env["res.lang"]._activate_lang("es_ES")
        messages = self.env["contact_center.automatic.message"]
        messages.create(
            [
                {"kind": "queue_full", "queue_id": self.queue.id, "body": "Só amanhã."},
                {"kind": "queue_full", "lang": "es_ES", "body": "Mañana, por favor."},
            ]
        )
        self._waiting()
        self.assertIn("Só amanhã.", self._said(self._waiting())[-1])
        self.citizen.lang = "es_ES"
        self.assertIn("Mañana", self._said(self._waiting())[-1])

    def test_a_wait_that_is_too_long(self):
        self.queue.write({"max_waiting": 0, "max_wait_seconds": 300})
        for user in self.agent | self.colleague:
            self._away(user)
        self._waiting()
        with self._later(299):
            self.assertEqual(self._waiting().state, "queued")
        with self._later(301):
            self.assertEqual(self._waiting().state, "closed", "somebody waits too long")

    def test_an_estimate_that_is_too_long(self):
        self.queue.write({"max_waiting": 0, "max_wait_seconds": 300})
        self.env["contact_center.agent.capacity"].create(
            [{"user_id": user.id, "capacity": 30} for user in self.agent | self.colleague]
        )
        for _user in range(2):
            self._waiting()
        for offer in self._round():
            self._accept(offer)
        self.assertEqual(self._waiting().state, "queued")
        self.queue.expected_seconds = 6000
        self.assertEqual(self._waiting().state, "closed")

    def test_another_queue_takes_it_in(self):
        self.queue.when_full = "message"
        self.queue.overflow_ids = [Command.create({"target_id": self.other_queue.id})]
        self.queue.when_full = "overflow"
        self._waiting()
        conversation = self._waiting()
        self.assertEqual((conversation.state, conversation.queue_id), ("queued", self.other_queue))
        first, second = conversation.stay_ids.sorted("id")
        self.assertEqual((first.queue_id, first.left_how), (self.queue, "overflowed"))
        self.assertEqual((second.first_id, second.queue_id), (first, self.other_queue))
        self.assertIn("overflowed", self._kinds(conversation))

    def test_the_first_other_queue_that_is_open_and_has_room(self):
        third = self.queue.copy({"name": "Terceira", "max_waiting": 0})
        self.queue.overflow_ids = [
            Command.create({"target_id": queue.id, "sequence": place})
            for place, queue in enumerate(self.other_queue | third)
        ]
        self.queue.when_full = "overflow"
        self.other_queue.max_waiting = 1
        self._waiting()
        queues = [self._waiting().queue_id for _one in range(2)]
        self.assertEqual(queues, [self.other_queue, third])
        third.calendar_id = self.env["resource.calendar"].create(
            {"name": "Nunca", "attendance_ids": [Command.clear()]}
        )
        self.assertEqual(self._waiting().outcome, "no_room", "no queue has room and is open")

    def test_a_full_queue_needs_a_rule_to_overflow_by(self):
        with self.assertRaisesRegex(ValidationError, "rules of overflow"):
            self.queue.when_full = "overflow"

    def test_who_is_passed_on_by_an_agent_is_let_in(self):
        conversation = self._waiting(self.other_queue)
        self._accept(self._round())
        self._waiting()
        conversation.with_user(self.outsider).action_transfer(self.queue)
        self.assertEqual((conversation.state, conversation.queue_id), ("queued", self.queue))

    def test_limits_hold_where_agents_pick_from_the_list_too(self):
        self.queue.mode = "pull"
        self._waiting()
        self.assertEqual(self._waiting().outcome, "no_room")

    def test_circles_reach_agents_of_other_queues(self):
        self.queue.max_waiting = 0
        self.queue.ring_ids = [
            Command.create({"seconds": 0, "min_level": "5"}),
            Command.create(
                {
                    "seconds": 60,
                    "min_level": "3",
                    "group_ids": [Command.set(self.other_queue.ids)],
                }
            ),
        ]
        self.assertEqual(len(self.Offer._domains()), 1, "they are decided together")
        for user in self.agent | self.colleague:
            self.States.with_user(user).set_mine("break", "Lanche")
        conversation = self._waiting()
        with self._later(59):
            self.assertFalse(self._round())
        with self._later(60):
            offer = self._round()
            self.assertEqual((offer.user_id, offer.via_id), (self.outsider, self.other_queue))
            self._accept(offer)
        self.assertEqual(conversation.agent_id, self.outsider)

    def test_the_level_of_a_helper_counts(self):
        self.test_circles_reach_agents_of_other_queues()
        self.env["contact_center.agent.skill"].create(
            {"user_id": self.outsider.id, "queue_id": self.other_queue.id, "level": "2"}
        )
        self._waiting()
        with self._later(120):
            self.assertFalse(self._round(), "level 3 is asked")

    def test_circles_reach_only_queues_that_offer(self):
        self.other_queue.mode = "pull"
        for group in (self.queue, self.other_queue):
            with self.assertRaises(ValidationError):
                self.queue.ring_ids = [
                    Command.create({"seconds": 9, "group_ids": [Command.set(group.ids)]})
                ]

    def test_overflow_by_the_longest_wait_and_by_the_number_of_agents(self):
        self.queue.max_waiting = 0
        self.queue.overflow_ids = [
            Command.create(
                {"target_id": self.other_queue.id, "condition": "few_agents", "above": 2}
            )
        ]
        people = self.agent | self.colleague | self.outsider
        capacity = self.env["contact_center.agent.capacity"]
        capacity.create([{"user_id": user.id, "capacity": 0} for user in people])
        conversation = self._waiting()
        self._round()
        self.assertFalse(conversation.shown_queue_ids, "two are there, busy as they are")
        self._away(self.agent)
        self._round()
        self.assertEqual(conversation.shown_queue_ids, self.other_queue)
        self.queue.overflow_ids.write({"condition": "oldest_wait", "above": 600})
        self._round()
        self.assertFalse(conversation.shown_queue_ids)
        with self._later(600):
            self._round()
            self.assertEqual(conversation.shown_queue_ids, self.other_queue)

    def test_a_queue_warns_that_priority_alone_may_starve_others(self):
        view = self.env["contact_center.queue"].get_view(
            self.env.ref("contact_center.queue_view_form").id, "form"
        )
        self.assertIn("wait without end", " ".join(view["arch"].split()))
