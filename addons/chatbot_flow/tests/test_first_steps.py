# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.tests import tagged

from .common import FlowCase


@tagged("post_install", "-at_install")
class TestFirstSteps(FlowCase):
    """The step of the flow, and the second person who approves."""

    def setUp(self):
        super().setUp()
        self.Steps = self.env["contact_center.first.steps"].with_user(self.administrator)
        self.env["chatbot.flow"].search([]).active = False

    def _look(self, key):
        return next(step for step in self.Steps.get_steps()["steps"] if step["key"] == key)

    def _labels(self):
        return [button["label"] for button in self._look("flow")["actions"]]

    def test_from_none_to_a_published_flow(self):
        self.assertEqual(self._look("flow")["state"], "todo")
        self.assertEqual(self._labels(), ["Ready flows"])
        template = self.env.ref("chatbot_flow.template_starter")
        flow, _notices = template.with_user(self.administrator)._make_flow()
        self.assertTrue(self._labels()[0].startswith("Publish"))
        flow._ask_approval("primeiro")
        self.assertEqual(self._labels()[0], "See the request")
        second = self._user("cc_second", "Sônia Segunda", "chatbot_flow.group_flow_approver")
        words = " ".join(check["words"] for check in self._look("flow")["checks"])
        self.assertIn(second.name, words)
        self.assertNotIn(self.administrator.name, words)
        flow.pending_approval_id.with_user(second).action_approve()
        levels = {check["level"] for check in self._look("flow")["checks"][:2]}
        self.assertEqual(levels, {"ok"})

    def test_a_second_person_is_asked_for_while_somebody_has_to_approve(self):
        steps = type(self.Steps)
        with patch.object(steps, "_approvers", lambda _self: self.administrator):
            self.assertEqual(self._look("people")["checks"][-1]["level"], "todo")
        self._user("cc_second", "Sônia Segunda", "chatbot_flow.group_flow_approver")
        self.assertIn("Sônia Segunda", self._look("people")["checks"][-1]["words"])
        self.env["ir.config_parameter"].set_param("chatbot_flow.four_eyes", "off")
        words = " ".join(check["words"] for check in self._look("people")["checks"])
        self.assertNotIn("approve", words)

    def test_the_duty_is_given_and_taken(self):
        approver = self.env.ref("chatbot_flow.group_flow_approver")
        people = self.env["contact_center.person"].with_user(self.administrator)
        person = people.create(
            {"name": "Nina", "email": "nina@cidade.gov.br", "is_flow_approver": True}
        )
        person.action_save()
        user = person.user_id.sudo()
        self.assertIn(approver, user.group_ids)
        person.write({"is_flow_approver": False, "role": "technician"})
        person.action_save()
        self.assertNotIn(approver, user.all_group_ids)
        self.assertEqual(
            user.group_ids & (approver | self.env.ref("contact_center.group_technician")),
            self.env.ref("contact_center.group_technician"),
        )
