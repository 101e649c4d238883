# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import convert_file

from .common import FlowCase


@tagged("post_install", "-at_install")
class TestPublish(FlowCase):
    """Versions: what citizens get is frozen."""

    def test_publishing_makes_the_next_version(self):
        first = self.flow.published_version_id
        self.assertEqual((first.number, first.state), (1, "published"))
        self.assertEqual(self.flow.publication_state, "published")
        self.steps["oi"].text = "Bem-vindo!"
        self.flow.invalidate_recordset()
        self.assertEqual(self.flow.publication_state, "changed")
        self.flow.action_publish()
        second = self.flow.published_version_id
        self.assertEqual((second.number, second.origin), (2, "system"))
        self.assertEqual(first.state, "replaced")
        self.assertEqual(second.definition["steps"][0]["text"], "Bem-vindo!")
        self.assertIn("Protocolo", first.definition["steps"][0]["text"])
        self.assertEqual(len(second.get_graph()["nodes"]), len(self.steps))

    def test_publishing_the_same_again_changes_nothing(self):
        self.flow.action_publish()
        self.assertEqual(len(self.flow.version_ids), 1)

    def test_a_flow_with_problems_is_not_published(self):
        self.steps["menu"].option_ids.unlink()
        with self.assertRaisesRegex(UserError, "Etapa menu"):
            self.flow.action_publish()
        self.assertEqual(len(self.flow.version_ids), 1)

    def test_versions_never_change(self):
        version = self.flow.published_version_id
        for user in (self.administrator, self.env.ref("base.user_admin"), self.env.user):
            with self.assertRaises(UserError):
                version.with_user(user).write({"number": 9})
            with self.assertRaises(UserError):  # an AccessError is one
                version.with_user(user).unlink()
        with self.assertRaises(UserError):
            version.sudo().definition = {}
        with self.assertRaises(AccessError):
            self.env["chatbot.flow.version"].with_user(self.administrator).create(
                {"flow_id": self.flow.id, "number": 5, "definition": {}, "digest": "x"}
            )

    def test_running_conversations_stay_with_their_version(self):
        conversation = self._talk("oi")
        self.steps["email"].text = "Novo texto"
        self.flow.action_publish()
        self._type(conversation, "Maria")
        self.assertIn("E-mail?", self._last_said(conversation))
        other = self._talk("oi", "Maria")
        self.assertIn("Novo texto", self._last_said(other))

    def test_the_compiled_flow_is_shared(self):
        version = self.flow.published_version_id
        self.assertIs(version._compiled(), version._compiled(version.digest))
        self.assertEqual(version._compiled().digest, version.digest)

    def test_demo_flow(self):
        convert_file(self.env, "chatbot_flow", "demo/flow_reception.xml", {}, mode="init")
        flow = self.env.ref("chatbot_flow.flow_demo_reception")
        self.assertTrue(flow.published_version_id)
        conversation = self._talk("oi", "Maria", "atendente", flow=flow)
        self.assertEqual(conversation.state, "queued")
        conversation = self._talk("oi", "Maria", "1", "encerrar", flow=flow)
        self.assertEqual((conversation.state, conversation.outcome), ("closed", "self_service"))
