# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import Form, tagged

from .common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestAgentsNeeded(ContactCenterCase):
    def _form(self):
        return Form(self.env["contact_center.agents.needed"].with_user(self.supervisor))

    def test_the_form_answers_while_numbers_are_entered(self):
        """The reference values of the row with 300 contacts an hour, 18 agents."""
        form = self._form()
        form.agents = 18
        self.assertAlmostEqual(form.level, 68.9, places=1)
        self.assertAlmostEqual(form.wait, 17.7, places=1)
        self.assertAlmostEqual(form.abandoned, 5.1, places=1)
        self.assertAlmostEqual(form.occupancy, 87.5, places=1)
        form.agents = 0
        self.assertGreaterEqual(form.level, 80)
        self.assertGreater(form.rostered, form.needed)
        self.assertGreaterEqual(form.needed_patient, form.needed)
        needed = form.needed
        form.agents = needed - 1
        self.assertLess(form.level, 80)

    def test_impossible_numbers_are_said(self):
        """No error, no endless calculation."""
        form = self._form()
        for name, value in (
            ("per_hour", -1),
            ("handling_seconds", 0),
            ("goal_percent", 100),
            ("shrinkage", 95),
        ):
            before = getattr(form, name)
            setattr(form, name, value)
            self.assertTrue(form.problem, name)
            self.assertEqual(form.needed, 0)
            setattr(form, name, before)
        self.assertFalse(form.problem)
        form.per_hour, form.handling_seconds = 20_000, 3_600
        self.assertTrue(form.problem)
