# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import Counter

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase

from ..models.city156 import KEPT, MADE, NEW, TAKEN
from ..preset import belo_horizonte

CITY = belo_horizonte.CITY
SUBJECTS = 36


@tagged("post_install", "-at_install")
class TestCity156(ContactCenterCase):
    """The 156 in one click, as the center's administrators press it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Preset = cls.env["contact_center.city156"].with_user(cls.administrator)
        cls.Setup = cls.env["contact_center.city156.setup"].with_user(cls.administrator)

    def _made(self, key):
        """Return the record that the preset made under this key."""
        return self.env.ref(f"__city156__.{key}")

    def _states(self, plan):
        return Counter(state for _item, state in plan)

    def _press(self):
        plan, notices = self.Preset._make()
        self.assertEqual(notices, [])
        return plan

    def test_one_click(self):
        self.assertEqual(set(self._states(self.Preset._plan())), {NEW})
        plan = self._press()
        self.assertEqual(set(self._states(plan)), {MADE})
        queues = self.env["contact_center.queue"].search([("name", "like", "156 ")])
        self.assertEqual(len(queues), len(CITY.queues))
        self.assertEqual(set(queues.mapped("under_contract")), {True})
        self.assertEqual(
            {(q.service_level_percent, q.service_level_seconds, q.mode) for q in queues},
            {(80, 20, "offer")},
        )
        root = self._made("subject")
        self.assertEqual(len(root.child_ids), SUBJECTS)
        self.assertIn("criticism", self._made("subject_ombudsman").child_ids.mapped("nature"))
        self.assertEqual(self._made("subject_iptu").queue_ids, self._made("queue_taxes"))
        text = self._made("text_greeting").with_user(self.agent)
        self.assertTrue(text.has_access("read"))
        self.assertEqual(self._made("operation").name, "Central 156")
        regions = self.env["contact_center.region"].search([]).mapped("name")
        self.assertEqual(len(regions), 9)
        self.assertIn("Venda Nova", regions)
        first = self.env["contact_center.queue"].search([("name", "like", "156 ")], limit=1)
        self.assertEqual(first.name, "156 Informações")

    def test_a_region_written_otherwise_is_taken(self):
        own = self.env["contact_center.region"].create({"name": "PAMPULHA"})
        states = {item.key: state for item, state in self._press()}
        self.assertEqual(states["region_pampulha"], TAKEN)
        self.assertEqual(own.name, "PAMPULHA")
        self.assertEqual(self.env["contact_center.region"].search_count([]), 9)

    def test_hours(self):
        self._press()
        for key, hours in (
            ("queue_taxes", ["06h40–19h20"]),
            ("queue_traffic", ["06h00–24h00"]),
            ("queue_streets", []),
        ):
            queue = self._made(key)
            lines = queue.calendar_id.attendance_ids
            self.assertEqual(set(lines.mapped("dayofweek")), set("0123456") if hours else set())
            minutes = {(round(line.hour_from * 60), round(line.hour_to * 60)) for line in lines}
            shown = [f"{a // 60:02}h{a % 60:02}–{b // 60:02}h{b % 60:02}" for a, b in minutes]
            self.assertEqual(shown, hours)
            self.assertTrue(queue._is_open())

    def test_twice_makes_nothing_twice(self):
        self._press()
        models = ("queue", "disposition", "operation")
        counted = [self.env[f"contact_center.{name}"].search_count([]) for name in models]
        flows = self.env["chatbot.flow"].search_count([])
        self.assertEqual(set(self._states(self._press())), {KEPT})
        again = [self.env[f"contact_center.{name}"].search_count([]) for name in models]
        self.assertEqual((again, self.env["chatbot.flow"].search_count([])), (counted, flows))

    def test_what_was_changed_stays(self):
        self._press()
        queue = self._made("queue_taxes")
        queue.write({"name": "Tributos da cidade", "service_level_seconds": 60})
        subject = self._made("subject_iptu")
        subject.name = "IPTU e ITBI"
        self._made("subject_zoo").active = False
        self.assertEqual(set(self._states(self._press())), {KEPT})
        self.assertEqual((queue.name, queue.service_level_seconds), ("Tributos da cidade", 60))
        self.assertEqual(subject.complete_name, "156 / IPTU e ITBI")
        self.assertFalse(self._made("subject_zoo").active)
        with self.assertRaisesRegex(UserError, "156: menu da cidade"):
            queue.active = False

    def test_what_was_deleted_comes_back_alone(self):
        self._press()
        self._made("flow").unlink()
        queue = self._made("queue_taxes")
        queue.name = "Tributos da cidade"
        plan = {item.key: state for item, state in self._press()}
        self.assertEqual({key for key, state in plan.items() if state == MADE}, {"flow"})
        step = self._made("flow").step_ids.filtered(lambda one: one.key == "pessoa_tributos")
        self.assertEqual(step.queue_id, queue)

    def test_a_base_with_queues_of_its_own(self):
        own = self.env["contact_center.queue"].create(
            {
                "name": "156 Saúde",
                "member_ids": [Command.set(self.agent.ids)],
                "service_level_seconds": 90,
                "sequence": 150,
            }
        )
        waiting = self._waiting(own)
        plan = self._press()
        self.assertEqual([item.key for item, state in plan if state == TAKEN], ["queue_health"])
        self.assertEqual((own.service_level_seconds, own.mode, own.survey), (90, "pull", True))
        self.assertEqual(own.member_ids, self.agent)
        self.assertEqual((waiting.state, waiting.queue_id), ("queued", own))
        self.assertEqual(self._made("subject_health").queue_ids, own)
        self.assertFalse(self.env.ref("__city156__.queue_health", raise_if_not_found=False))
        self.assertEqual(self.env["contact_center.queue"]._default_queue(), self.queue)

    def test_citizens_notice_nothing_before_it_is_published(self):
        self._press()
        flow = self._made("flow")
        self.assertFalse(flow.published_version_id)
        self.assertFalse(
            self.env["contact_center.queue"].search([("name", "like", "156 ")]).member_ids
        )

    def test_only_administrators(self):
        for user in (self.agent, self.supervisor, self.manager, self.employee):
            preset = self.Preset.with_user(user)
            for method in (preset._plan, preset._make):
                with self.assertRaises(AccessError):
                    method()
            with self.assertRaises(AccessError):
                self.Setup.with_user(user).create({})

    def test_the_window(self):
        form = Form(self.Setup)
        self.assertIn("156 Tributos", form.plan)
        self.assertIn("will be made", form.plan)
        self.assertFalse(form.is_complete)
        setup = form.save()
        action = setup.action_make()
        self.assertEqual((action["res_id"], action["target"]), (setup.id, "new"))
        self.assertTrue(setup.is_done)
        self.assertIn("made now", setup.plan)
        self.assertEqual(setup.action_view_flow()["res_id"], self._made("flow").id)
        again = Form(self.Setup)
        self.assertTrue(again.is_complete)
        self.assertIn("left as it is now", again.plan)

    def test_the_first_steps_offer_it(self):
        steps = self.env["contact_center.first.steps"].with_user(self.administrator).get_steps()
        buttons = next(step["actions"] for step in steps["steps"] if step["key"] == "queue")
        setup = self.env.ref("contact_center_city156.city156_setup_action")
        self.assertIn(setup.id, [(one["action"] or {}).get("id") for one in buttons])
        self.assertTrue(setup.with_user(self.administrator).name)

    def test_what_was_made_stays_when_the_addon_goes(self):
        """Records are noted under a name that is no addon's, so uninstalling deletes none."""
        self._press()
        notes = self.env["ir.model.data"].search([("module", "=", "contact_center_city156")])
        self.assertFalse(set(notes.mapped("model")) & {"contact_center.queue", "chatbot.flow"})
