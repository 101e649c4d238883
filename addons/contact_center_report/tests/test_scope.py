# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import new_test_user

from odoo.addons.contact_center.tests.common import ContactCenterCase

from .common import DAY, ReportMixin


@tagged("post_install", "-at_install")
class TestScope(ReportMixin, ContactCenterCase):
    """What a report counts depends on whose eyes it is made for."""

    def _scope(self, code="service", users=None, **choices):
        kinds = self._kinds()
        return kinds._scope(kinds._kind(code), users or self.manager, DAY, DAY, choices)

    def _hook(self, name, answer):
        return patch.object(type(self.env["res.users"]), name, answer)

    def test_agents_and_others_see_no_report(self):
        for user in (self.agent, self.employee):
            with self.assertRaisesRegex(AccessError, "only supervisors, managers"):
                self._report("service", user)
        for user in (self.supervisor, self.manager, self.administrator):
            self.assertEqual(self._report("service", user), [])

    def test_citizens_data_needs_the_right(self):
        with self._hook("_contact_center_sees_citizens", lambda user: False):
            with self.assertRaisesRegex(AccessError, "shows citizens' data"):
                self._report("citizens")
            self.assertEqual(self._report("abandoned"), [])

    def test_queues_are_those_that_everybody_may_see(self):
        limits = {self.manager: self.queue | self.other_queue, self.supervisor: self.queue}
        with self._hook("_contact_center_figure_queues", lambda user: limits.get(user)):
            self.assertEqual(
                self._scope().queues, tuple(sorted((self.queue | self.other_queue).ids))
            )
            both = self.manager | self.supervisor
            self.assertEqual(self._scope(users=both).queues, (self.queue.id,))
            chosen = self._scope(users=self.supervisor, queues=self.other_queue.ids)
            self.assertEqual(chosen.queues, ())
            self.assertIsNone(self._scope(users=self.administrator).queues)
            self._contact(answered=1, queue=self.other_queue)
            self.assertEqual(self._report("service", self.supervisor), [])
            self.assertEqual(len(self._report("service", self.manager)), 1)

    def test_agents_are_numbers_for_whom_sees_numbers(self):
        operation = self.env["contact_center.operation"].create({"name": "156"})
        self.env["contact_center.assignment"].create(
            {
                "user_id": self.agent.id,
                "operation_id": operation.id,
                "supervisor_id": self.supervisor.id,
                "registration": "1001",
                "date_from": "2026-01-01",
            }
        )
        self._contact(answered=1)
        self._contact(answered=1, agent=self.colleague)
        sees = self.manager

        def numbers(users):
            return users.env.user == sees

        with self._hook("_contact_center_sees_numbers", numbers):
            labels = {row["agent"] for row in self._report("agent_service")}
            self.assertEqual(labels, {"1001", f"Agent {self.colleague.id}"})
            self.assertTrue(self._scope(users=self.supervisor | self.manager).numbers)
            self.assertFalse(self._scope(users=self.supervisor).numbers)

    def test_companies_are_kept_apart(self):
        other = self.env["res.company"].create({"name": "Companhia de águas"})
        self._contact(answered=1)
        theirs = new_test_user(
            self.env,
            "cc_waters",
            "contact_center.group_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        self.assertEqual(self._report("service", theirs), [])
        self.assertEqual(self._report("subjects", theirs), [])
        self.assertEqual(len(self._report("service", self.manager)), 1)

    def test_a_filter_the_kind_does_not_know_is_left_out(self):
        scope = self._scope("agent_time", queues=self.queue.ids, agents=self.agent.ids)
        self.assertEqual((scope.queues, scope.agents), (None, (self.agent.id,)))

    def test_an_unknown_grouping_is_the_usual_one(self):
        self.assertEqual(self._scope(grouping="century").grouping, "day")
        self.assertEqual(self._scope(grouping="half_hour").grouping, "half_hour")
        self.assertEqual(self._scope("abandoned", grouping="day").grouping, "")

    def test_a_kind_whose_application_is_gone_is_named(self):
        with self.assertRaisesRegex(UserError, "its application is not installed"):
            self._kinds()._kind("gone")

    def test_the_period_from_the_start(self):
        kinds = self._kinds()
        self.env["ir.config_parameter"].set_param(
            "contact_center_report.contract_start", "2026-03-02"
        )
        self.assertEqual(kinds._days("from_start"), (date(2026, 3, 2), DAY))
        self.env["ir.config_parameter"].set_param("contact_center_report.contract_start", "")
        self.assertLessEqual(kinds._days("from_start")[0], DAY)
        self.assertEqual(kinds._days("yesterday"), (DAY, DAY))

    def test_what_stands_above_the_rows(self):
        kinds = self._kinds()
        kind = kinds._kind("service")
        scope = self._scope(queues=self.queue.ids, channel="internal")
        lines = kinds._sheet(kind, scope).lines
        self.assertIn("Period: 19/11/2026", lines)
        self.assertIn("Queues: Fila de teste", lines)
        self.assertIn("Channel: Internal", lines)
        self.assertIn("Divided by: Day", lines)
        self.assertEqual(lines[-1], "Made on 20/11/2026 10:00")
