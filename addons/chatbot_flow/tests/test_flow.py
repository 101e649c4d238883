# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .. import engine
from ..engine.problems import MESSAGES
from ..models.flow_problems import _MESSAGES
from .common import FlowCase


@tagged("post_install", "-at_install")
class TestFlow(FlowCase):
    """The editor: what the forms hold becomes a definition."""

    def test_definition_follows_the_order_and_the_links(self):
        definition = self.flow._definition()
        self.assertEqual([step["key"] for step in definition["steps"]], list(self.steps))
        menu = definition["steps"][3]
        self.assertEqual([option["id"] for option in menu["options"]], ["chamado", "atendente"])
        self.assertEqual(menu["options"][1]["goto"], "pessoa")
        self.assertEqual(menu["options"][0]["set"], {"alvo": "descricao"})
        self.assertEqual(definition["steps"][-1]["queue"], self.other_queue.id)
        self.assertFalse(engine.check(definition))

    def test_every_kind_of_step_is_understood(self):
        flow = self.env["chatbot.flow"].create({"name": "Todas"})
        number = self._step(
            "idade",
            "question",
            flow=flow,
            text="Idade?",
            answer_type="number",
            use_minimum=True,
            minimum=0,
            use_maximum=True,
            maximum=120,
            echo="say",
        )
        self._step(
            "audio", "question", flow=flow, text="Áudio?", answer_type="media", media_kind="audio"
        )
        end = self._step("fim", "end", flow=flow, outcome="resolved")
        condition = self._step(
            "adulto",
            "condition",
            flow=flow,
            sequence=25,
            condition_variable="idade",
            condition_operator="greater",
            condition_value="17",
            goto_id=end.id,
            else_goto_id=end.id,
        )
        self.assertEqual(number._definition()["minimum"], 0)
        self.assertEqual(condition._definition()["on_false"], "fim")
        compiled = engine.compile(flow._definition())
        self.assertEqual(compiled.steps["audio"].media_kinds, ("audio", "voice"))
        self.assertEqual(compiled.steps["fim"].outcome, "resolved")

    def test_codes_are_made_from_titles(self):
        flow = self.env["chatbot.flow"].create({"name": "Fluxo de teste"})
        self.assertEqual(flow.code, "fluxo_de_teste_2")
        Step = self.env["chatbot.flow.step"]
        steps = Step.create(
            [
                {"flow_id": flow.id, "name": name}
                for name in ("Qual é o local?", "Qual é o local", "1")
            ]
        )
        self.assertEqual(steps.mapped("key"), ["qual_e_o_local", "qual_e_o_local_2", "step_1"])

    def test_names_that_cannot_be_used_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "Não vale"):
            self.steps["nome"].variable = "Não vale"
        with self.assertRaisesRegex(ValidationError, "sem dois pontos"):
            self.steps["abrir"].action_params = "sem dois pontos"
        with self.assertRaisesRegex(ValidationError, "name: value"):
            self.steps["menu"].option_ids[0].set_values = "Maiúscula: 1"

    def test_two_steps_with_one_code_are_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaisesRegex(Exception, "chatbot_flow_step"):
            with self.env.cr.savepoint():
                self._step("nome", "message", text="Olá")

    def test_problems_are_told_on_the_form(self):
        self.assertFalse(self.flow.checks["counts"].get("error"))
        self.steps["oi"].text = "Olá {nmoe}"
        self.flow.invalidate_recordset()
        (error,) = [row for row in self.flow.checks["rows"] if row["severity"] == "error"]
        self.assertIn("{nmoe}", error["text"])
        self.assertIn("Etapa oi", error["text"])
        self.assertEqual(error["step_id"], self.steps["oi"].id)
        action = self.flow.action_check()
        self.assertEqual(action["params"]["type"], "warning")
        self.assertIn("{nmoe}", action["params"]["message"])
        self.steps["oi"].text = "Olá"
        self.assertEqual(self.flow.action_check()["params"]["type"], "success")

    def test_every_problem_of_the_engine_has_words(self):
        self.assertEqual(set(_MESSAGES), set(MESSAGES))

    def test_problems_in_portuguese(self):
        flow = self.flow.with_context(lang="pt_BR")
        self.steps["menu"].option_ids.unlink()
        self.assertIn("não tem opções", flow.action_check()["params"]["message"])

    def test_graph(self):
        graph = self.flow.get_graph()
        self.assertEqual([node["key"] for node in graph["nodes"]], list(self.steps))
        self.assertEqual(graph["nodes"][1]["id"], self.steps["nome"].id)
        self.assertIn(
            {"from": "menu", "to": "pessoa", "label": "Atendente", "title": "Atendente"},
            [{k: edge[k] for k in ("from", "to", "label", "title")} for edge in graph["edges"]],
        )
        self.assertFalse(self.env["chatbot.flow"].create({"name": "Vazio"}).get_graph()["nodes"])

    def test_a_copy_leads_to_its_own_steps(self):
        self.steps["oi"].goto_id = self.steps["email"]
        self.flow.main_menu_id = self.steps["menu"]
        copy = self.flow.copy()
        self.assertEqual(copy.publication_state, "never")
        self.assertEqual(copy.step_ids.mapped("key"), self.flow.step_ids.mapped("key"))
        self.assertEqual(copy.main_menu_id.flow_id, copy)
        targets = copy.step_ids.goto_id | copy.step_ids.option_ids.goto_id
        self.assertEqual(targets.flow_id, copy)
        expected = self.flow._definition()["steps"]
        self.assertEqual(copy._definition()["steps"], expected)

    def test_files_of_a_step(self):
        attachment = self.env["ir.attachment"].create(
            {"name": "mapa.png", "raw": b"x", "mimetype": "image/png"}
        )
        self.steps["oi"].attachment_ids = attachment
        (media,) = self.steps["oi"]._definition()["media"]
        self.assertEqual((media["kind"], media["attachment_id"]), ("image", attachment.id))
