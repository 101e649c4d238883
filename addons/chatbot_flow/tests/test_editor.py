# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models import chatbot_flow_checks
from .common import FlowCase


@tagged("post_install", "-at_install")
class TestEditor(FlowCase):
    """The editor's aids: picture, search, checks, history, copies of branches."""

    def setUp(self):
        super().setUp()
        self._end_of_request()  # what was told of the fixture is not looked at

    def _findings(self, flow=None):
        flow = flow or self.flow
        flow.invalidate_recordset(["checks"])
        return {(row["severity"], row["step_id"]): row["text"] for row in flow.checks["rows"]}

    def _end_of_request(self):
        self.env.flush_all()
        self.env.cr.precommit.run()

    def _changes(self, flow=None):
        """Return the last message in the chatter, after what a request does at its end."""
        self._end_of_request()
        messages = (flow or self.flow).message_ids
        return messages.sorted("id")[-1:].body, len(messages)

    # ------------------------------------------------------------
    # The picture
    # ------------------------------------------------------------

    def test_the_picture_shows_what_is_wrong_where_it_is(self):
        self.steps["oi"].text = "{nmoe}"
        self.steps["fim"].unlink()
        nodes = {node["key"]: node for node in self.flow.get_graph()["nodes"]}
        (problem,) = nodes["oi"]["problems"]
        self.assertEqual(problem["severity"], "error")
        self.assertIn("{nmoe}", problem["text"])
        self.assertFalse(nodes["abrir"]["dead"])
        self.steps["pessoa"].unlink()
        nodes = {node["key"]: node for node in self.flow.get_graph()["nodes"]}
        self.assertTrue(nodes["abrir"]["dead"])

    def test_the_picture_is_never_of_another_draft(self):
        titles = lambda: [node["title"] for node in self.flow.get_graph()["nodes"]]  # noqa: E731
        self.assertIn("Etapa oi", titles())
        self.steps["oi"].name = "Bom dia"
        self.assertIn("Bom dia", titles())
        self.steps["menu"].option_ids[0].name = "Reclamar"
        labels = [edge["label"] for edge in self.flow.get_graph()["edges"]]
        self.assertIn("Reclamar", labels)

    def test_a_large_flow_is_folded(self):
        flow = self.env["chatbot.flow"].create({"name": "Grande"})
        steps = [{"key": "m", "kind": "menu", "title": "M", "text": "?", "options": []}]
        for first in range(9):
            key = f"m_{first}"
            steps[0]["options"].append({"id": str(first), "title": f"T{first}", "goto": key})
            ends = [
                {"key": f"{key}_{n}", "kind": "end", "title": f"Fim {first} {n}"} for n in range(9)
            ]
            options = [{"id": e["key"], "title": e["title"], "goto": e["key"]} for e in ends]
            menu = {"key": key, "kind": "menu", "title": f"M{first}", "text": "?"}
            steps += [{**menu, "options": options}, *ends]
        flow._load_definition({"name": "Grande", "steps": steps})
        graph = flow.get_graph()
        self.assertEqual(graph["total"], 91)
        nodes = {node["key"]: node for node in graph["nodes"]}
        self.assertEqual(len(nodes) + sum(node["hidden"] for node in nodes.values()), 91)
        self.assertEqual(nodes["m_8"]["hidden"], 9)
        self.assertNotIn("m_8_0", nodes)
        opened = {node["key"] for node in flow.get_graph(opened=["m_8"])["nodes"]}
        self.assertIn("m_8_0", opened)
        found = flow.find_steps("M_8_3")[0]
        focused = {node["key"] for node in flow.get_graph(focus=found["key"])["nodes"]}
        self.assertIn("m_8_3", focused)

    def test_steps_are_found_by_their_options(self):
        (row,) = self.flow.find_steps("atendente")
        self.assertEqual(row["id"], self.steps["menu"].id)
        self.assertEqual(row["option"], "Atendente")
        (row,) = self.flow.published_version_id.find_steps("ate logo")
        self.assertEqual(row["key"], "fim")

    def test_opening_costs_few_queries(self):
        flow = self.flow.with_user(self.administrator)
        self.env.invalidate_all()
        flow.get_graph()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            flow.get_graph()

    def test_technicians_see_no_flow(self):
        for record in (self.flow, self.flow.published_version_id):
            with self.assertRaises(AccessError):
                record.with_user(self.agent).get_graph()
            with self.assertRaises(AccessError):
                record.with_user(self.agent).find_steps("oi")

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    def test_findings_name_their_step(self):
        self.assertFalse([key for key in self._findings() if key[0] == "error"])
        # One that was archived before this was refused
        with patch.object(type(self.other_queue), "_used_by", lambda _queue: []):
            self.other_queue.active = False
        kept = type(self.env["contact_center.personal.data"])
        with patch.object(kept, "_lacks_notice", lambda _kept: False):
            findings = self._findings()
        error = findings["error", self.steps["pessoa"].id]
        self.assertIn(self.other_queue.name, error)
        self.assertIn(error, self.flow._release_problems(self.flow._definition()))
        self.assertNotIn(("warning", self.steps["email"].id), findings)
        with patch.object(kept, "_lacks_notice", lambda _kept: True):
            lacking = self._findings()
        self.assertIn("personal", lacking["warning", self.steps["email"].id])
        self.assertIn("wrong answer", findings["hint", self.steps["descricao"].id])

    def test_findings_of_a_large_flow_wait_for_saving(self):
        edited = self.env["chatbot.flow"].new(
            {"step_ids": [(0, 0, {"name": str(n), "key": f"s{n}"}) for n in range(301)]}
        )
        self.assertTrue(edited.checks["waiting"])
        small = self.env["chatbot.flow"].new({"step_ids": [(0, 0, {"name": "A", "key": "a"})]})
        self.assertEqual(small.checks["counts"]["error"], 2)

    def test_a_very_large_flow_is_judged_when_asked(self):
        with patch.object(chatbot_flow_checks, "LARGE_STEPS", 5):
            self.steps["oi"].text = "{nmoe}"
            self.flow.invalidate_recordset()
            self.assertTrue(self.flow.checks["waiting"])
            self.assertEqual(self.flow.publication_state, "changed")
            nodes = {node["key"]: node for node in self.flow.get_graph()["nodes"]}
            self.assertFalse(nodes["oi"]["problems"])
            self.assertIn("{nmoe}", self.flow.action_check()["params"]["message"])
            self.flow.invalidate_recordset()
            self.assertEqual(self.flow.checks["counts"]["error"], 1)
            self.steps["oi"].text = "Olá"
            self.flow.sudo().action_publish()
            self.assertEqual(self.flow.publication_state, "published")

    def test_reading_a_draft_costs_few_queries(self):
        flow = self.env["chatbot.flow"].create({"name": "Menus"})
        options = [{"id": str(n), "title": f"Opção {n}", "goto": "fim"} for n in range(10)]
        menus = [
            {"key": f"m{n}", "kind": "menu", "title": f"M{n}", "text": "?", "options": options}
            for n in range(100)
        ]
        steps = [*menus, {"key": "fim", "kind": "end", "title": "Fim"}]
        flow._load_definition({"name": "Menus", "steps": steps})
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            self.assertEqual(len(flow._definition()["steps"]), 101)

    # ------------------------------------------------------------
    # History
    # ------------------------------------------------------------

    def test_a_save_is_one_message_in_words(self):
        self._end_of_request()
        before = len(self.flow.message_ids)
        self.flow.with_user(self.administrator).write(
            {
                "step_ids": [
                    (1, self.steps["nome"].id, {"text": "Como se chama?", "retries": 5}),
                    (1, self.steps["menu"].id, {"goto_id": self.steps["fim"].id}),
                    (0, 0, {"name": "Novidade", "text": "!"}),
                ]
            }
        )
        body, after = self._changes()
        self.assertEqual(after, before + 1)
        self.assertIn("Step “Etapa nome”", body)
        self.assertIn("“Qual é o seu nome?” → “Como se chama?”", body)
        self.assertIn("“3” → “5”", body)
        self.assertIn("(empty) → “Etapa fim”", body)
        self.assertIn("Step “Novidade” added", body)
        author = self.flow.message_ids.sorted("id")[-1].author_id
        self.assertEqual(author, self.administrator.partner_id)

    def test_options_the_order_and_what_is_gone_are_told(self):
        self.steps["menu"].option_ids[0].name = "Abrir chamado"
        self.steps["oi"].sequence = 15
        self.steps["pessoa"].unlink()
        self.steps["menu"].option_ids[1].unlink()
        body, _count = self._changes()
        self.assertIn("Step “Etapa menu”, option “Chamado”: Title: “Chamado” → “Abrir", body)
        self.assertIn("order of the steps", body)
        self.assertIn("Step “Etapa pessoa” removed", body)
        self.assertIn("option “Atendente” removed", body)

    def test_nothing_changed_nothing_told(self):
        self._end_of_request()
        before = len(self.flow.message_ids)
        self.steps["oi"].text = self.steps["oi"].text
        self.assertEqual(self._changes()[1], before)

    def test_a_message_stays_short(self):
        self.flow.write({"step_ids": [(0, 0, {"name": f"Nova {n}"}) for n in range(50)]})
        body, _count = self._changes()
        self.assertEqual(body.count("<li>"), 31)
        self.assertIn("20 more", body)

    def test_a_comment_is_told_and_never_published(self):
        self.steps["oi"].comment = "Pedido da ouvidoria"
        self.assertIn("Pedido da ouvidoria", self._changes()[0])
        self.flow.invalidate_recordset()
        self.assertEqual(self.flow.publication_state, "published")

    # ------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------

    def test_a_branch_is_copied_with_its_links(self):
        self.steps["foto"].comment = "Com foto é melhor"
        self.steps["descricao"].with_user(self.administrator).action_duplicate_branch()
        copies = {step.key: step for step in self.flow.step_ids} | {}
        keys = [key for key in copies if key not in self.steps]
        self.assertEqual(
            keys,
            ["descricao_2", "foto_2", "conferir_2", "abrir_2", "fim_2"],
            "the common end stays",
        )
        self.assertEqual(copies["descricao_2"].goto_id, copies["foto_2"])
        self.assertEqual(copies["descricao_2"].variable, "descricao")
        self.assertEqual(copies["foto_2"].name, "Etapa foto (copy)")
        self.assertEqual(copies["foto_2"].comment, "Com foto é melhor")
        self.assertEqual(self.steps["foto"].comment, "Com foto é melhor")
        self.assertIn("5 steps", self._changes()[0])
        findings = self._findings()
        self.assertIn("no way leads to it", findings["error", copies["descricao_2"].id])
        self.steps["menu"].option_ids.create(
            {"step_id": self.steps["menu"].id, "name": "Outro", "goto_id": copies["descricao_2"].id}
        )
        self.assertFalse([key for key in self._findings() if key[0] == "error"])

    def test_only_administrators_copy_branches(self):
        with self.assertRaises(AccessError):
            self.steps["descricao"].with_user(self.supervisor).action_duplicate_branch()

    def test_a_picker_makes_the_step_it_does_not_know(self):
        steps = self.env["chatbot.flow.step"].with_user(self.administrator)
        step_id, name = steps.with_context(default_flow_id=self.flow.id).name_create("Pergunta CPF")
        step = steps.browse(step_id)
        self.assertEqual(name, "Pergunta CPF")
        self.assertEqual((step.flow_id.id, step.key), (self.flow.id, "pergunta_cpf"))
        self.assertGreater(step.sequence, self.steps["pessoa"].sequence)
        with self.assertRaises(UserError):
            steps.name_create("Sem fluxo")
        other = steps.with_user(self.supervisor).with_context(default_flow_id=self.flow.id)
        with self.assertRaises(AccessError):
            other.name_create("Não pode")

    def test_steps_tell_where_they_stand(self):
        steps = {step.key: step for step in self.flow.step_ids}
        self.assertEqual([steps[key].depth for key in ("oi", "menu", "descricao")], [0, 3, 4])
        self.assertEqual(steps["pessoa"].reached_by, "Etapa menu · Atendente")
        self.assertFalse(steps["oi"].reached_by)
        for key in ("email", "foto", "abrir"):
            steps[key].on_error_id = steps[key].on_fail_id = steps["pessoa"]
        steps["pessoa"].invalidate_recordset()
        self.assertIn("more", steps["pessoa"].reached_by)

    def test_all_steps_open_as_a_list(self):
        action = self.flow.with_user(self.supervisor).action_view_steps()
        steps = self.env["chatbot.flow.step"].search(action["domain"])
        self.assertEqual(steps, self.flow.step_ids)
