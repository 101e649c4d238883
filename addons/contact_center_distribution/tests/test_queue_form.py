# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import DistributionCase


@tagged("post_install", "-at_install")
class TestQueueForm(DistributionCase):
    """The form in plain words, and its preview."""

    def test_the_preview_says_who_and_why(self):
        self._away(self.colleague)
        preview = self.queue.with_user(self.administrator).distribution_preview
        self.assertIn("nobody is waiting", preview)
        self.assertIn(self.agent.name, preview)
        self.assertIn(self.colleague.name, preview)
        self.assertIn("not logged in", preview)
        self.assertNotIn(self.outsider.name, preview)

    def test_the_preview_names_no_citizen(self):
        conversation = self._waiting()
        preview = self.queue.with_user(self.administrator).distribution_preview
        self.assertIn("wait", preview)
        self.assertNotIn(conversation.partner_id.name, preview)

    def test_a_queue_that_agents_pick_from_has_none(self):
        self.assertFalse(self.other_queue.distribution_preview)

    def test_the_preview_agrees_with_what_is_done(self):
        for method in ("longest_idle", "fewest_today", "circular", "even_share"):
            self.queue.agent_method = method
            self._waiting()
            self.queue.invalidate_recordset(["distribution_preview"])
            preview = self.queue.distribution_preview
            offer = self._round()
            names = sorted((self.agent | self.colleague).mapped("name"), key=preview.find)
            self.assertEqual(offer.user_id.name, names[0], method)
            self._accept(offer)

    def test_the_form_of_an_administrator(self):
        with Form(self.queue.with_user(self.administrator)) as form:
            form.mode = "mixed"
            with form.ring_ids.new() as ring:
                ring.seconds = 0
                ring.min_level = "3"
        self.assertEqual(self.queue.ring_ids.min_level, "3")

    def test_levels_are_imported_from_a_file(self):
        skills = self.env["contact_center.agent.skill"]
        rows = [
            [self.agent.name, self.queue.name, "4"],
            [self.colleague.name, self.queue.name, "2"],
        ]
        result = skills.with_user(self.supervisor).load(["user_id", "queue_id", "level"], rows)
        self.assertEqual(len(result["ids"] or []), 2, result["messages"])
        self.assertFalse(skills.with_user(self.agent).has_access("read"))
        with self.assertRaises(AccessError):
            skills.with_user(self.agent).create({"user_id": self.agent.id})
