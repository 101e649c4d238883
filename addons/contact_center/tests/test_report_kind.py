# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, datetime

from odoo.tests import tagged
from odoo.tools import SQL

from ..core.report_kind import Scope
from .common import ContactCenterCase

DAY = date(2026, 11, 20)


@tagged("post_install", "-at_install")
class TestReportKind(ContactCenterCase):
    """What the core offers to addons that declare reports."""

    def _scope(self, **limits):
        since, until = datetime(2026, 11, 20, 3), datetime(2026, 11, 21, 3)
        return Scope(since, until, DAY, DAY, "America/Sao_Paulo", **limits)

    def test_slots_are_the_city_s_and_written_out(self):
        kinds = self.env["contact_center.report.kind"]
        moment = SQL("'2026-11-20 02:59:59'::timestamp")
        for grouping, words in {
            "half_hour": "19/11/2026 23:30",
            "hour": "19/11/2026 23:00",
            "day": "19/11/2026",
            "month": "11/2026",
            "year": "2026",
        }.items():
            scope = self._scope(grouping=grouping)
            ((slot,),) = self.env.execute_query(SQL("SELECT %s", kinds._slot_sql(scope, moment)))
            self.assertEqual(kinds._slot_label(scope, slot), words)
        self.assertEqual(kinds._slot_label(self._scope(grouping="whole"), None), "20/11/2026")

    def test_limits_are_those_of_the_scope(self):
        kinds = self.env["contact_center.report.kind"]
        scope = self._scope(queues=(1, 2), agents=())
        condition = kinds._within(scope, queue=SQL("q"), agent=SQL("a"), channel=SQL("c"))
        self.assertEqual(condition.code, " AND q = ANY(%s) AND a = ANY(%s)")
        self.assertEqual(list(condition.params), [[1, 2], []])
        self.assertEqual(kinds._within(self._scope(), queue=SQL("q")).code, "")

    def test_agents_by_name_or_by_number(self):
        kinds = self.env["contact_center.report.kind"]
        self.assertEqual(kinds._agent_labels(self._scope())(self.agent.id), "Ana Agente")
        numbers = kinds._agent_labels(self._scope(numbers=True))
        self.assertEqual(numbers(self.agent.id), f"Agent {self.agent.id}")
        self.assertEqual(numbers(None), "")

    def test_a_number_shows_its_last_digits_only(self):
        kinds = self.env["contact_center.report.kind"]
        self.assertEqual(kinds._masked("+5531988887777"), "•••• 7777")
        self.assertEqual(kinds._masked("190"), "")
        self.assertEqual(kinds._masked(False), "")

    def test_whose_figures_a_person_sees(self):
        for user, sees in (
            (self.agent, False),
            (self.employee, False),
            (self.supervisor, True),
            (self.manager, True),
        ):
            self.assertEqual(user._contact_center_sees_figures(), sees)
        self.assertTrue(self.manager._contact_center_sees_citizens())
        self.assertIsNone(self.manager._contact_center_figure_queues())
