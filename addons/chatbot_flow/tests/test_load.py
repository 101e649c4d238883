# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..engine.flow import digest
from .common import FlowCase


@tagged("post_install", "-at_install")
class TestLoad(FlowCase):
    """A definition becomes a draft again: for files, for going back to a version."""

    def setUp(self):
        super().setUp()
        self.definition = self.flow._definition()

    def test_a_new_flow_is_the_same_flow(self):
        flow = self.env["chatbot.flow"].create({"name": "Vazio"})
        self.assertFalse(flow._load_definition(self.definition))
        self.assertEqual(flow._definition(), self.definition)
        self.assertEqual(digest(flow._definition()), self.flow.published_version_id.digest)

    def test_every_kind_of_step_and_every_field_survives(self):
        flow = self.env["chatbot.flow"].create({"name": "Tudo"})
        file = self.env["ir.attachment"].create({"name": "a.png", "raw": b"x"})
        end = self._step("fim", "end", flow=flow, outcome="resolved", text="Até.", sequence=99)
        person = self._step("gente", "hand_over", flow=flow, queue_id=self.queue.id, sequence=98)
        self._step("foto", "message", flow=flow, text="Veja.", attachment_ids=[(6, 0, file.ids)])
        question = {
            "answer_type": "media",
            "media_kind": "audio",
            "use_maximum": True,
            "maximum": 3,
            "retries": 5,
            "on_fail_id": person.id,
            "error_text": "Áudio, por favor.",
            "required": False,
            "echo": "confirm",
        }
        self._step("audio", "question", flow=flow, text="Áudio?", **question)
        condition = {
            "condition_variable": "audio",
            "condition_operator": "one_of",
            "condition_value": "a, b",
            "goto_id": end.id,
            "else_goto_id": person.id,
        }
        self._step("se", "condition", flow=flow, **condition)
        confirm = {"show": "audio", "on_change_id": person.id, "on_cancel_id": end.id}
        self._step("confere", "confirm", flow=flow, text="Certo?", **confirm)
        action = {"action_name": "save_contact", "action_params": "name: {audio}"}
        self._step("salva", "action", flow=flow, on_error_id=person.id, **action)
        definition = flow._definition()
        copy = self.env["chatbot.flow"].create({"name": "Cópia"})
        self.assertFalse(copy._load_definition(definition))
        self.assertEqual(copy._definition(), definition)

    def test_going_back_touches_only_what_changed(self):
        kept = {step.key: step.id for step in self.flow.step_ids}
        self.steps["nome"].text = "Outra pergunta?"
        self.steps["menu"].option_ids[0].name = "Outro título"
        self.steps["foto"].unlink()
        self._step("nova", "message", text="Nova.", goto_id=self.steps["oi"].id)
        self.steps["email"].goto_id = self.flow.step_ids.filtered(lambda step: step.key == "nova")
        untouched = self.steps["descricao"]
        untouched.flush_recordset()
        stamp = untouched.write_date
        self.assertFalse(self.flow._load_definition(self.definition))
        self.assertEqual(self.flow._definition(), self.definition)
        now = {step.key: step.id for step in self.flow.step_ids}
        self.assertEqual({**now, "foto": 0}, {**kept, "foto": 0})
        self.assertEqual(untouched.write_date, stamp)
        self.assertEqual(self.flow.publication_state, "published")

    def test_what_is_not_there_any_more_is_told(self):
        gone = self.env["contact_center.queue"].create({"name": "Extinta"})
        self.steps["pessoa"].queue_id = gone
        definition = self.flow._definition()
        self.steps["pessoa"].queue_id = False
        gone.unlink()
        definition["steps"][7]["action"] = "fly_to_the_moon"
        notices = self.flow._load_definition(definition)
        self.assertEqual(len(notices), 2, notices)
        self.assertIn("Etapa abrir", notices[0])
        self.assertIn("Etapa pessoa", notices[1])

    def test_steps_that_cannot_be_told_apart_are_refused(self):
        for steps in (
            [{"key": "a", "kind": "end"}, {"key": "a", "kind": "end"}],
            [{"kind": "end"}],
            [{"key": "a", "kind": "dance"}],
        ):
            with self.assertRaises(UserError):
                self.flow._load_definition({"name": "X", "steps": steps})
        self.assertEqual(self.flow._definition(), self.definition)

    def test_only_administrators_load(self):
        supervisor = new_test_user(
            self.env, "carregadora", groups="contact_center.group_supervisor"
        )
        with self.assertRaises(AccessError):
            self.flow.with_user(supervisor)._load_definition(self.definition)

    def test_a_thousand_menus_take_few_queries(self):
        menus = [
            {
                "key": f"m{number}",
                "kind": "menu",
                "text": "Qual?",
                "options": [{"id": "1", "title": "Um", "goto": f"m{number // 2}"}],
            }
            for number in range(1000)
        ]
        menus[0]["options"][0]["goto"] = "fim"
        menus.append({"key": "fim", "kind": "end"})
        flow = self.env["chatbot.flow"].create({"name": "Grande"})
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        flow._load_definition({"name": "Grande", "steps": menus})
        self.env.flush_all()
        self.assertLess(self.env.cr.sql_log_count - before, 100)
