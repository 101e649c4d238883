# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DistributionCase


@tagged("post_install", "-at_install")
class TestSupervisorPresent(DistributionCase):
    """Nobody serves without the own supervisor logged in, where the queue says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operation = cls.env["contact_center.operation"].create({"name": "156"})
        cls.other_supervisor = cls._user(
            "cc_other_supervisor", "Olga Outra", "contact_center.group_supervisor"
        )
        cls._lead(cls.agent, cls.supervisor, "M-1")
        cls._lead(cls.colleague, cls.other_supervisor, "M-2")
        for user in cls.supervisor | cls.other_supervisor:
            cls.env["mail.presence"].create({"user_id": user.id, "status": "online"})
            cls.States._arrive(user)
        cls.queue.supervisor_present = True

    @classmethod
    def _lead(cls, agent, supervisor, number, coordinator=None):
        return cls.env["contact_center.assignment"].create(
            {
                "user_id": agent.id,
                "operation_id": cls.operation.id,
                "supervisor_id": supervisor.id,
                "coordinator_id": coordinator.id if coordinator else False,
                "registration": number,
                "date_from": "2026-01-01",
            }
        )

    def test_with_the_supervisor_there_contacts_come(self):
        self.assertTrue(self._offered()[1])
        self.assertFalse(self.Offer.with_user(self.agent).get_mine()["gate"])

    def test_who_is_led_by_somebody_else_goes_on(self):
        self.States._log_out(self.supervisor)
        for _one in range(3):
            self._waiting()
        self.assertEqual(self._round().user_id, self.colleague)

    def test_logged_out_offered_back_within_one_round(self):
        self._away(self.colleague)
        self.States._log_out(self.supervisor)
        self._waiting()
        self.assertFalse(self._round())
        self.assertIn("not logged in", self.queue.distribution_preview)
        self.States._arrive(self.supervisor)
        self.assertEqual(self._round().user_id, self.agent)

    def test_what_was_offered_is_taken_back_and_not_held_against_the_agent(self):
        self._away(self.colleague)
        conversation, offer = self._offered()
        self.States._log_out(self.supervisor)
        self.assertFalse(self._round())
        self.assertEqual(offer.result, "withdrawn")
        self.assertTrue(conversation.returned_at)
        self.assertFalse(self.env["contact_center.agent.tally"]._miss(self.agent) - 1)
        self.States._arrive(self.supervisor)
        self.assertEqual(self._round().conversation_id, conversation)

    def test_a_closed_browser_of_the_supervisor_counts_as_away(self):
        self._away(self.colleague)
        self._away(self.supervisor)
        self._waiting()
        self.assertFalse(self._round())

    def test_accepting_and_taking_are_refused_with_the_reason(self):
        self.queue.mode = "mixed"
        self._away(self.colleague)
        offer = self._offered()[1]
        other = self._waiting()
        self.States._log_out(self.supervisor)
        with self.assertRaisesRegex(UserError, "Sílvia Supervisora.*not logged in"):
            self._accept(offer)
        with self.assertRaisesRegex(UserError, "Sílvia Supervisora.*not logged in"):
            other.with_user(self.agent).action_take()

    def test_also_where_agents_pick_from_the_list(self):
        self.queue.mode = "pull"
        conversation = self._waiting()
        self.States._log_out(self.supervisor)
        with self.assertRaisesRegex(UserError, "not logged in"):
            conversation.with_user(self.agent).action_take()
        with self.assertRaisesRegex(UserError, "Ana Agente cannot take"):
            conversation.with_user(self.supervisor).action_transfer(user=self.agent)
        self.States._arrive(self.supervisor)
        conversation.with_user(self.agent).action_take()
        self.assertEqual(conversation.agent_id, self.agent)

    def test_helpers_from_other_queues_need_their_supervisor_too(self):
        """An agent to whom it overflows, whose own queue does not ask for one."""
        self.other_queue.write({"mode": "offer", "calendar_id": False})
        self.queue.overflow_ids = [
            Command.create({"target_id": self.other_queue.id, "condition": "wait", "above": 60})
        ]
        for user in self.agent | self.colleague:
            self.States.with_user(user).set_mine("break", "Lanche")
        self._waiting()
        with self._later(61):
            self.assertFalse(self._round())
            self._lead(self.outsider, self.supervisor, "M-3")
            offer = self._round()
            self.assertEqual(offer.user_id, self.outsider)
            self.assertTrue(self._accept(offer))

    def test_the_agent_reads_why_and_what_to_do(self):
        self.States._log_out(self.supervisor)
        told = self.Offer.with_user(self.agent).get_mine()["gate"]
        self.assertIn("Fila de teste", told)
        self.assertIn("Sílvia Supervisora", told)
        self.assertIn("call the coordination", told)
        duty = self.env["contact_center.assignment"].search([("user_id", "=", self.agent.id)])
        duty.coordinator_id = self.manager
        self.assertIn("call Márcia", self.Offer.with_user(self.agent).get_mine()["gate"])
        duty.unlink()
        told = self.Offer.with_user(self.agent).get_mine()["gate"]
        self.assertIn("enter your assignment", told)

    def test_a_supervisor_needs_none(self):
        conversation = self._waiting()
        conversation.with_user(self.supervisor).action_take()
        self.assertEqual(conversation.agent_id, self.supervisor)

    def test_it_costs_nothing_where_no_queue_asks(self):
        self.queue.supervisor_present = False
        self.env["contact_center.queue"]._needs_supervisors()
        with self.assertQueryCount(0):
            self.env["contact_center.queue"]._needs_supervisors()
            self.env["contact_center.queue"]._gate_notice(self.agent)
