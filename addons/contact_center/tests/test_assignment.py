# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date

from psycopg2.errors import CheckViolation, ExclusionViolation

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestAssignment(ContactCenterCase):
    """Who works for whom, and under which number the city sees them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Assignment = cls.env["contact_center.assignment"]
        cls.operation = cls.env["contact_center.operation"].create({"name": "Central 156"})

    def _assign(self, user=None, registration="4711", since="2026-11-01", until=False, **values):
        return self.Assignment.create(
            {
                "user_id": (user or self.agent).id,
                "operation_id": self.operation.id,
                "supervisor_id": self.supervisor.id,
                "registration": registration,
                "date_from": since,
                "date_until": until,
                **values,
            }
        )

    def test_from_the_form(self):
        form = Form(self.Assignment.with_user(self.administrator))
        form.user_id, form.supervisor_id = self.agent, self.supervisor
        form.operation_id, form.registration = self.operation, " 4711 "
        assignment = form.save()
        self.assertEqual(assignment.registration, "4711")
        self.assertEqual(assignment.date_from, date(2026, 11, 20))

    def test_one_after_the_other(self):
        earlier = self._assign(until="2026-11-09")
        later = self._assign(since="2026-11-10", supervisor_id=self.administrator.id)
        for day, expected in ((1, earlier), (9, earlier), (10, later), (30, later)):
            found = self.Assignment._on(self.agent, date(2026, 11, day))
            self.assertEqual(found[self.agent], expected)
        self.assertFalse(self.Assignment._on(self.agent, date(2026, 10, 31)))

    def test_one_direct_supervisor_at_a_time(self):
        self._assign(since="2026-11-05", until="2026-11-10")
        for since, until in (
            ("2026-11-10", "2026-11-12"),
            ("2026-11-01", "2026-11-05"),
            ("2026-11-06", "2026-11-07"),
            ("2026-11-01", False),
        ):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self._assign(since=since, until=until)

    def test_two_at_once_meet_in_the_database(self):
        """What the check in Python of two transactions cannot see."""
        self._assign()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(ExclusionViolation),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "INSERT INTO contact_center_assignment "
                "(user_id, operation_id, supervisor_id, registration, date_from) "
                "SELECT user_id, operation_id, supervisor_id, '1', '2027-01-01' "
                "FROM contact_center_assignment WHERE user_id = %s",
                [self.agent.id],
            )
            self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_a_number_names_one_person_at_a_time(self):
        self._assign(until="2026-11-10")
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self._assign(self.colleague, since="2026-11-10")
        self._assign(self.colleague, since="2026-11-11")

    def test_who_may_be_what(self):
        for values in (
            {"user": self.employee},
            {"supervisor_id": self.colleague.id},
            {"user": self.supervisor},
        ):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self._assign(**values)

    def test_it_ends_after_it_begins(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self._assign(since="2026-11-10", until="2026-11-09")

    def test_the_city_sees_numbers(self):
        self._assign()
        names = self.Assignment._names_for_the_city(self.agent | self.colleague)
        self.assertEqual(names[self.agent], "4711")
        self.assertNotIn("Caio", names[self.colleague])
        self.assertTrue(names[self.colleague])

    def test_agents_read_their_own(self):
        own, other = self._assign(), self._assign(self.colleague, "4712")
        both = own | other
        found = {
            user: self.Assignment.with_user(user).search([("id", "in", both.ids)])
            for user in (self.agent, self.supervisor, self.manager)
        }
        self.assertEqual(found[self.agent], own)
        self.assertEqual(found[self.supervisor], both)
        self.assertEqual(found[self.manager], both)
        self.assertFalse(other.with_user(self.agent).has_access("read"))

    def test_from_a_file(self):
        """As the web client imports a csv file: people by name, numbers, dates."""
        columns = ["registration", "user_id", "operation_id", "supervisor_id", "date_from"]
        rows = [
            ["1001", "Ana Agente", "Central 156", "Sílvia Supervisora", "2026-11-01"],
            ["1002", "Caio Colega", "Central 156", "Sílvia Supervisora", "2026-11-01"],
        ]
        result = self.Assignment.with_user(self.administrator).load(columns, rows)
        self.assertFalse(result["messages"])
        self.assertEqual(len(result["ids"]), 2)
        result = self.Assignment.with_user(self.administrator).load(columns, rows[:1])
        self.assertFalse(result["ids"], "it would overlap")
