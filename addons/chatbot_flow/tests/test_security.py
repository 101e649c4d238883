# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import FlowCase


@tagged("post_install", "-at_install")
class TestSecurity(FlowCase):
    """Roles that see and roles that edit."""

    def _may(self, user, record, operation):
        return record.with_user(user).has_access(operation)

    def test_rights_of_each_role(self):
        conversation = self._talk("oi")
        session = self._session(conversation)
        edited = (self.flow, self.steps["menu"], self.steps["menu"].option_ids)
        readers = {self.administrator, self.supervisor, self.manager}
        for user in (*readers, self.agent, self.employee):
            for record in (*edited, self.flow.published_version_id):
                self.assertEqual(self._may(user, record, "read"), user in readers, user.name)
            for record in edited:
                for operation in ("write", "create", "unlink"):
                    self.assertEqual(
                        self._may(user, record, operation), user == self.administrator, user.name
                    )
            for operation in ("write", "create", "unlink"):
                self.assertFalse(self._may(user, session, operation), user.name)
                self.assertFalse(self._may(user, self.flow.published_version_id, operation))
        self.assertTrue(self._may(self.supervisor, session, "read"))
        self.assertFalse(self._may(self.manager, session, "read"))
        self.assertFalse(self._may(self.agent, session, "read"))

    def test_only_administrators_publish(self):
        self.steps["oi"].text = "Outro"
        for user in (self.supervisor, self.manager, self.agent):
            with self.assertRaises(AccessError):
                self.flow.with_user(user).action_publish()
        with self.assertRaisesRegex(UserError, "second person"):
            self.flow.with_user(self.administrator).action_publish()
        self.assertEqual(self.flow.published_version_id.number, 1)

    def test_screens_open_for_those_who_may_read(self):
        for user in (self.administrator, self.supervisor, self.manager):
            flow = self.flow.with_user(user)
            values = flow.read(["name", "checks", "errors", "publication_state"])
            self.assertTrue(values)
            self.assertTrue(flow.get_graph()["nodes"])
            self.assertTrue(flow.published_version_id.get_graph()["nodes"])
            for view_type in ("form", "list", "search"):
                self.env["chatbot.flow"].with_user(user).get_view(view_type=view_type)

    def test_the_flow_of_a_conversation_is_not_for_technicians(self):
        conversation = self._talk("oi", "Maria", "maria@x.com", "2")
        conversation._hand_over(queue=self.queue)
        conversation.invalidate_recordset()
        with self.assertRaises(AccessError):
            conversation.with_user(self.agent).read(["flow_id"])
        self.assertTrue(conversation.with_user(self.agent).read(["protocol", "collected"]))
        self.assertTrue(conversation.with_user(self.agent).has_flow)
        self.assertTrue(conversation.with_user(self.agent)._has_bot())
        arch = conversation.with_user(self.agent).get_view(view_type="form")["arch"]
        self.assertNotIn("flow_id", arch)
        self.assertIn("action_return_to_flow", arch)
