# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.chatbot_flow import engine
from odoo.addons.contact_center.tests.common import ContactCenterCase

LAST = ("hand_over", "end")


@tagged("post_install", "-at_install")
class TestMenu(ContactCenterCase):
    """The menu as a flow: it compiles, passes its tests, and every branch leads somewhere."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["contact_center.city156"].with_user(cls.administrator)._make()
        cls.flow = cls.env.ref("__city156__.flow")
        cls.definition = cls.flow._definition()
        cls.steps = {step["key"]: step for step in cls.definition["steps"]}

    def _after(self, key):
        """Return the steps that may follow one."""
        step, keys = self.steps[key], list(self.steps)
        if step["kind"] in LAST:
            return set()
        below = keys[keys.index(key) + 1 :][:1]
        found = {step.get("goto") or (below[0] if below else None)}
        if step.get("options"):
            found = {option["goto"] for option in step["options"]}
        return {*found, step.get("on_fail"), step.get("on_cancel")} - {None, ""}

    def test_it_can_be_published(self):
        self.assertFalse(engine.check(self.definition))
        self.flow.action_publish()
        self.assertTrue(self.flow.published_version_id)

    def test_its_own_tests_pass(self):
        self.flow.action_run_tests()
        self.assertEqual(set(self.flow.test_ids.mapped("result")), {"passed"})

    def test_every_branch_leads_to_a_queue_or_a_text(self):
        reached, ahead = set(), {next(iter(self.steps))}
        while ahead:
            key = ahead.pop()
            reached.add(key)
            ahead |= self._after(key) - reached
        # Asked for by word, from anywhere.
        self.assertEqual(set(self.steps) - reached, set())
        ends = [self.steps[key] for key in reached if not self._after(key)]
        self.assertTrue(all(step["kind"] in LAST for step in ends))
        queues = self.env["contact_center.queue"].search([("name", "like", "156 ")])
        people = [step for step in ends if step["kind"] == "hand_over"]
        self.assertEqual({step["queue"] for step in people}, set(queues.ids))
        self.assertTrue(all(step.get("text") for step in people))
        for key in reached:
            if self.steps[key]["kind"] == "message":
                self.assertTrue(self.steps[key]["text"])

    def test_companies_are_served_by_those_who_know_them(self):
        skill = self.env.ref("__city156__.skill_company_taxes")
        step = self.flow.step_ids.filtered(lambda one: one.key == "pessoa_tributos_juridica")
        self.assertEqual(step.skill_id, skill)
        self.assertEqual(step.queue_id, self.env.ref("__city156__.queue_taxes"))

    def test_what_the_bot_ends_has_a_subject(self):
        ends = self.flow.step_ids.filtered(lambda one: one.kind == "end")
        self.assertEqual(ends.disposition_id, self.env.ref("__city156__.subject"))
