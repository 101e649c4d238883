# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ADMINISTRATOR

from ..models.chatbot_flow_release import FOUR_EYES_PARAMETER
from .common import FlowCase


class ApprovalCase(FlowCase):
    """A published flow that its author changed, and a colleague of the author."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.author = cls.administrator
        cls.second = cls._user("cc_second", "Bia Segunda", ADMINISTRATOR)
        cls.mine = cls.flow.with_user(cls.author)

    def _change(self, text="Bem-vindo!", user=None):
        self.steps["oi"].with_user(user or self.author).text = text

    def _ask(self, note=""):
        """Return a request of the author, as the second person sees it."""
        self._change()
        return self.mine._ask_approval(note).with_user(self.second)

    def _said_of(self, record):
        return "\n".join(record.sudo().message_ids.mapped("body"))


@tagged("post_install", "-at_install")
class TestApproval(ApprovalCase):
    """B01: a flow goes into service when a second person has approved it."""

    def test_what_was_approved_is_what_is_published(self):
        approval = self._ask("A secretaria pediu")
        self.assertEqual(self.flow.published_version_id.number, 1)
        self.assertEqual(self.flow.pending_approval_id, approval.sudo(False))
        self.assertTrue(approval.may_decide)
        self.assertIn("Bem-vindo!", approval.differences)
        approval.action_approve()
        version = self.flow.published_version_id
        self.assertEqual((version.number, version.digest), (2, approval.digest))
        self.assertEqual((version.origin, version.published_by), ("approved", self.second))
        self.assertEqual(version.requested_by_id, self.author)
        self.assertEqual((approval.state, approval.version_id), ("approved", version))
        self.assertFalse(self.flow.pending_approval_id)
        self.assertIn("Asked by Adão Admin", self._said_of(self.flow))
        with self.assertRaisesRegex(UserError, "decided already"):
            approval.action_approve()

    def test_who_asked_or_changed_it_last_may_not_approve(self):
        approval = self._ask()
        with self.assertRaisesRegex(AccessError, "You asked"):
            approval.with_user(self.author).action_approve()
        self.assertFalse(approval.with_user(self.author).may_decide)
        self._change("Do segundo", user=self.second)
        approval = self.mine._ask_approval().with_user(self.second)
        with self.assertRaisesRegex(AccessError, "changed this flow last"):
            approval.action_approve()
        with self.assertRaisesRegex(AccessError, "changed this flow last"):
            approval._return("não")

    def test_an_option_removed_is_a_change_too(self):
        self._change()
        self.steps["menu"].option_ids[0].with_user(self.second).unlink()
        self.assertEqual(self.flow.edited_by_id, self.second)
        self.steps["pessoa"].with_user(self.author).name = "Gente"
        self.assertEqual(self.flow.edited_by_id, self.author)
        self.flow.with_user(self.second).note = "Só uma nota"
        self.assertEqual(self.flow.edited_by_id, self.author)

    def test_only_who_has_the_right_decides(self):
        approval = self._ask()
        for user in (self.supervisor, self.manager, self.agent, self.employee):
            for method in (approval.with_user(user).action_approve,):
                with self.assertRaises(AccessError):
                    method()
        self.supervisor.group_ids = [
            Command.link(self.env.ref("chatbot_flow.group_flow_approver").id)
        ]
        approval.with_user(self.supervisor).action_approve()
        self.assertEqual(self.flow.published_version_id.published_by, self.supervisor)

    def test_editing_meanwhile_makes_it_outdated(self):
        approval = self._ask()
        self._change("Outra coisa")
        approval.invalidate_recordset()
        self.assertTrue(approval.changed_since)
        action = approval.action_approve()
        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual(approval.state, "outdated")
        self.assertEqual(self.flow.published_version_id.number, 1)

    def test_another_version_meanwhile_makes_it_outdated(self):
        approval = self._ask()
        old = self.steps["oi"].text
        self.steps["oi"].text = "Do sistema"
        self.flow.action_publish()
        self.steps["oi"].text = old
        self.flow.invalidate_recordset()
        approval.action_approve()
        self.assertEqual(approval.state, "outdated")
        self.assertEqual(self.flow.published_version_id.number, 2)

    def test_sent_back_with_a_reason(self):
        approval = self._ask()
        wizard = self.env["chatbot.flow.approval.return"].with_user(self.second)
        wizard.create({"approval_id": approval.id, "reason": "Falta o telefone"}).action_confirm()
        self.assertEqual((approval.state, approval.decided_by_id), ("returned", self.second))
        self.assertIn("Falta o telefone", self._said_of(self.flow))
        self.assertEqual(approval.activity_ids.user_id, self.author)
        self.assertFalse(self.flow.pending_approval_id)

    def test_withdrawn_by_who_asked_only(self):
        approval = self._ask()
        with self.assertRaises(AccessError):
            approval.action_withdraw()
        approval.with_user(self.author).action_withdraw()
        self.assertEqual(approval.state, "withdrawn")
        self.assertFalse(approval.activity_ids)

    def test_a_newer_request_replaces_the_one_before(self):
        first = self._ask()
        self._change("Mais nova")
        second = self.mine._ask_approval()
        self.assertEqual(first.state, "withdrawn")
        self.assertEqual(self.flow.pending_approval_id, second)

    def test_approvers_are_called(self):
        approval = self._ask()
        called = approval.sudo().activity_ids.user_id
        self.assertIn(self.second, called)
        self.assertNotIn(self.author, called)
        self.assertNotIn(self.supervisor, called)
        approval.action_approve()
        self.assertFalse(approval.sudo().activity_ids)

    def test_a_flow_with_problems_or_without_changes_is_not_asked_for(self):
        with self.assertRaisesRegex(UserError, "Nothing has changed"):
            self.mine._ask_approval()
        self.steps["menu"].option_ids.unlink()
        with self.assertRaisesRegex(UserError, "Etapa menu"):
            self.mine._ask_approval()

    def test_the_dialog_shows_what_changes(self):
        self._change()
        action = self.mine.action_release()
        wizard = self.env[action["res_model"]].with_user(self.author).browse(action["res_id"])
        self.assertIn("Bem-vindo!", wizard.differences)
        self.assertFalse(wizard.problems)
        wizard.note = "Texto mais gentil"
        wizard.action_confirm()
        self.assertEqual(self.flow.pending_approval_id.note, "Texto mais gentil")
        with self.assertRaises(AccessError):
            self.flow.with_user(self.supervisor).action_release()

    def test_nobody_publishes_by_writing(self):
        version = self.flow.published_version_id
        self._change()
        self.flow.action_publish()
        for vals in (
            {"published_version_id": version.id},
            {"edited_by_id": self.second.id},
        ):
            with self.assertRaises(AccessError):
                self.mine.write(vals)
            with self.assertRaises(AccessError):
                self.env["chatbot.flow"].with_user(self.author).create({"name": "X", **vals})


@tagged("post_install", "-at_install")
class TestFourEyes(ApprovalCase):
    """The switch of the second person."""

    def _switch(self, value, user):
        settings = self.env["res.config.settings"].with_user(user)
        settings.create({"chatbot_flow_four_eyes": value}).set_values()

    def test_switched_off_by_the_system_administrator_and_told(self):
        root = self.env.ref("base.user_admin")
        self._switch(False, root)
        self.assertFalse(self.flow.four_eyes)
        self.assertIn("without a second person", self._said_of(self.flow))
        self._change()
        action = self.mine.action_release()
        self.env[action["res_model"]].with_user(self.author).browse(
            action["res_id"]
        ).action_confirm()
        self.assertEqual(self.flow.published_version_id.origin, "alone")
        self._switch(True, root)
        self.flow.invalidate_recordset()
        self.assertTrue(self.flow.four_eyes)
        self.assertIn("From now on a second person", self._said_of(self.flow))

    def test_told_by_whatever_screen_it_was_switched(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param(FOUR_EYES_PARAMETER, "off")
        self.assertIn("without a second person", self._said_of(self.flow))
        parameters.search([("key", "=", FOUR_EYES_PARAMETER)]).unlink()
        self.assertIn("From now on a second person", self._said_of(self.flow))

    def test_no_other_role_switches_it(self):
        manager = self._user("cc_access", "Rita Direitos", "base.group_erp_manager")
        for user in (self.author, manager):
            with self.assertRaises(AccessError):
                self._switch(False, user)
            with self.assertRaises(AccessError):
                self.env["ir.config_parameter"].with_user(user).set_param(
                    FOUR_EYES_PARAMETER, "off"
                )
        self.assertTrue(self.flow.four_eyes)
