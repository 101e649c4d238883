# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .. import engine
from ..engine import exchange
from .common import FlowCase

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestFile(FlowCase):
    """A flow goes out as a file and comes in again, checked before anything is written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = new_test_user(
            cls.env, "exportadora", groups="contact_center.group_administrator"
        )
        cls.flow.note = "Para quem edita."

    def _import(self, text, **vals):
        """Return a wizard with a file, by the administrator, checked."""
        data = text if isinstance(text, bytes) else text.encode()
        wizard = self.env["chatbot.flow.import"].with_user(self.administrator)
        wizard = wizard.create({"file": base64.b64encode(data), **vals})
        wizard.action_check()
        return wizard

    def _imported(self, wizard):
        return self.env["chatbot.flow"].browse(wizard.action_import()["res_id"])

    def test_a_flow_comes_back_from_its_file(self):
        wizard = self._import(self.flow._to_file())
        self.assertEqual(wizard.state, "checked")
        self.assertNotIn("alert", wizard.report, wizard.report)
        flow = self._imported(wizard)
        self.assertEqual(flow._definition(), self.flow._definition())
        self.assertEqual(flow.note, "Para quem edita.")
        self.assertNotEqual(flow.code, self.flow.code)
        self.assertEqual(
            engine.compile(flow._definition()).digest, self.flow.published_version_id.digest
        )

    def test_every_flow_of_this_database_comes_back(self):
        for flow in self.env["chatbot.flow"].search([("step_ids", "!=", False)]):
            with self.subTest(flow=flow.name):
                twin = self._imported(self._import(flow._to_file()))
                self.assertEqual(twin._definition(), flow._definition())

    def test_everything_that_a_flow_may_have_comes_back(self):
        skill = self.env["im_livechat.expertise"].create({"name": "Libras"})
        flow = self.env["chatbot.flow"].create({"name": "Tudo"})
        definition = {
            "name": "Tudo",
            "main_menu": "menu",
            "prefix": "156",
            "fail": "menu",
            "suggest": False,
            "on_exit": "fim",
            "globals": {"menu": ["inicio"], "back": [], "agent": ["gente"], "exit": ["tchau"]},
            "codes": {"luz": "menu:luz", "fim": "fim"},
            "silence": {
                "remind_after": 120,
                "remind_text": "Oi?",
                "end_after": 600,
                "end_text": "Até.",
            },
            "variables": {"bairro": {"type": "text", "label": "Bairro", "personal": True}},
            "steps": [
                {"key": "oi", "kind": "message", "text": "Oi!", "variants": ["Olá!", "Opa!"]},
                {"key": "poe", "kind": "set", "values": {"bairro": "Centro"}},
                {"key": "pausa", "kind": "wait", "seconds": 30},
                {
                    "key": "menu",
                    "kind": "menu",
                    "text": "O quê?",
                    "options": [{"id": "luz", "title": "Luz", "keywords": ["poste"]}],
                    "fail": "end",
                },
                {
                    "key": "cep",
                    "kind": "question",
                    "text": "CEP?",
                    "answer": "pattern",
                    "pattern": "[0-9]{8}",
                    "goto": "gente",
                },
                {"key": "fim", "kind": "survey", "text": "Até."},
                {"key": "gente", "kind": "hand_over", "skill": skill.id, "priority": 2},
            ],
        }
        self.assertFalse(flow._load_definition(definition))
        text = flow._to_file()
        self.assertIn("skill: Libras", text)
        wizard = self._import(text)
        self.assertEqual(wizard.state, "checked", wizard.report)
        self.assertNotIn("Libras", wizard.report)
        self.assertEqual(self._imported(wizard)._definition(), flow._definition())

    def test_json_comes_in_too(self):
        definition = {"format": exchange.FORMAT, **self.flow._definition()}
        del definition["context"]
        for step in definition["steps"]:
            if "queue" in step:
                step["queue"] = self.other_queue.name
        definition = json.dumps(definition)
        flow = self._imported(self._import(definition))
        self.assertEqual(flow._definition(), self.flow._definition())

    def test_a_draft_is_replaced_and_the_version_in_use_stays(self):
        version = self.flow.published_version_id
        text = self.flow._to_file().replace("Qual é o seu nome?", "Como você se chama?")
        wizard = self._import(text, target="replace", flow_id=self.flow.id)
        self._imported(wizard)
        self.assertEqual(self.steps["nome"].text, "Como você se chama?")
        self.assertEqual(self.flow.published_version_id, version)
        self.assertEqual(self.flow.publication_state, "changed")

    def test_what_is_wrong_is_told_with_its_line_and_nothing_is_written(self):
        before = self.env["chatbot.flow"].search_count([])
        text = self.flow._to_file().replace("kind: menu", "kind: dance")
        wizard = self._import(text)
        line = text.splitlines().index("    kind: dance") + 1
        self.assertEqual(wizard.state, "refused")
        self.assertIn(f"Line {line}: Step “Etapa menu”", wizard.report)
        self.assertIn("dance", wizard.report)
        with self.assertRaises(UserError):
            wizard.action_import()
        self.assertEqual(self.env["chatbot.flow"].search_count([]), before)

    def test_a_trial_writes_nothing(self):
        before = self.env["chatbot.flow"].search_count([])
        text = self.flow._to_file().replace("goto: pessoa", "goto: ninguem")
        wizard = self._import(text, target="replace", flow_id=self.flow.id)
        self.assertEqual(wizard.state, "checked")
        self.assertEqual(self.env["chatbot.flow"].search_count([]), before)
        self.assertEqual(self.flow.publication_state, "published")

    def test_problems_of_the_flow_are_told_with_their_line(self):
        text = self.flow._to_file() + "  - {key: ilha, kind: message, text: Oi, goto: fim}\n"
        wizard = self._import(text)
        self.assertEqual(wizard.state, "checked")
        self.assertIn(f"Line {len(text.splitlines())}", wizard.report)
        self.assertIn("ilha", wizard.report)

    def test_bytes_that_are_no_text(self):
        wizard = self._import(b"\xff\xfe\x00")
        self.assertEqual(wizard.state, "refused")
        self.assertIn("UTF-8", wizard.report)

    def test_what_the_file_says_is_never_markup(self):
        wizard = self._import(f'format: {exchange.FORMAT}\nname: x\n"<script>": 1\nsteps: []\n')
        self.assertNotIn("<script>", wizard.report)
        self.assertIn("&lt;script&gt;", wizard.report)

    def test_files_travel_inside(self):
        picture = self.env["ir.attachment"].create({"name": "mapa.png", "raw": PNG})
        self.steps["oi"].attachment_ids = picture
        flow = self._imported(self._import(self.flow._to_file()))
        twin = flow.step_ids[0].attachment_ids
        self.assertEqual((twin.name, twin.raw), ("mapa.png", PNG))
        self.assertNotEqual(twin, picture)
        self.assertEqual(flow._definition()["steps"][0]["media"][0]["kind"], "image")

    def test_a_file_that_is_missing_and_a_queue_that_is_not_here_are_told(self):
        text = self.flow._to_file().replace(self.other_queue.name, "Fila de outra cidade")
        text = text.replace(
            "    kind: message\n",
            "    kind: message\n    media: [{kind: image, filename: a.png, data: '%%'}]\n",
        )
        wizard = self._import(text)
        self.assertEqual(wizard.state, "checked")
        self.assertIn("Fila de outra cidade", wizard.report)
        self.assertIn("Etapa oi", wizard.report)
        flow = self._imported(wizard)
        self.assertFalse(flow.step_ids[-1].queue_id)
        self.assertFalse(flow.step_ids[0].attachment_ids)

    def test_the_subject_of_an_end_goes_along_by_its_name(self):
        parent = self.disposition.copy({"name": "Iluminação"})
        subject = self.disposition.copy({"name": "Poste apagado", "parent_id": parent.id})
        self.steps["fim"].disposition_id = subject
        text = self.flow._to_file()
        self.assertIn("disposition: Iluminação / Poste apagado", text)
        end = self._imported(self._import(text)).step_ids.filtered(lambda step: step.key == "fim")
        self.assertEqual(end.disposition_id, subject)
        wizard = self._import(text.replace("Poste apagado", "Assunto de outra cidade"))
        self.assertIn("Assunto de outra cidade", wizard.report)

    def test_only_administrators_import_export_and_begin_with_ready_flows(self):
        supervisor = new_test_user(self.env, "curiosa", groups="contact_center.group_supervisor")
        with self.assertRaises(AccessError):
            self.flow.with_user(supervisor).action_export()
        with self.assertRaises(AccessError):
            self.env["chatbot.flow.import"].with_user(supervisor).create({})
        template = self.env.ref("chatbot_flow.template_starter")
        with self.assertRaises(AccessError):
            template.with_user(supervisor).action_use()

    def test_export_is_a_download(self):
        action = self.flow.with_user(self.administrator).action_export()
        self.assertEqual(action["type"], "ir.actions.act_url")
        export = self.env["chatbot.flow.export"].search([], order="id desc", limit=1)
        self.assertIn(str(export.id), action["url"])
        self.assertEqual(base64.b64decode(export.file).decode(), self.flow._to_file())

    def test_ready_flows_can_be_published(self):
        for template in self.env["chatbot.flow.template"].search([]):
            with self.subTest(template=template.name):
                action = template.with_user(self.administrator).action_use()
                action = action.get("params", {}).get("next", action)
                flow = self.env["chatbot.flow"].browse(action["res_id"])
                self.assertFalse(engine.check(flow._definition()))
                self.assertTrue(flow.step_ids)
