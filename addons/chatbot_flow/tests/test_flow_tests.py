# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_simulation import SimulationCase

WAY = ("Maria", "m@x.com", "1", "não liga", "pular", "sim")


@tagged("post_install", "-at_install")
class TestFlowTests(SimulationCase):
    """A conversation that was kept must always go the same way."""

    def _keep(self, strictness="texts", way=WAY):
        simulation, _shown = self._open(self.administrator)
        self._write(simulation, *way)
        test_id = simulation.save_test("Abre um chamado", strictness)
        return self.env["chatbot.flow.test"].browse(test_id)

    def test_a_kept_run_passes(self):
        test = self._keep()
        self.assertEqual(test.result, "passed")
        self.assertEqual(test.accepted_by_id, self.administrator)
        self.assertIn("4. não liga", test.story)

    def test_a_test_may_hold_a_burst(self):
        simulation, _shown = self._open(self.administrator)
        parts = [{"kind": "text", "text": text} for text in ("oi", "tudo bem?", "Maria")]
        simulation.send({"kind": "burst", "entries": parts})
        test_id = simulation.save_test("Cumprimenta", "texts")
        test = self.env["chatbot.flow.test"].browse(test_id)
        self.assertEqual(test.result, "passed")
        self.assertEqual(test.story, "1. oi / tudo bem? / Maria")
        self.steps["email"].text = "Qual é o e-mail?"
        test.action_run()
        self.assertIn("after answer 1 (“oi / tudo bem? / Maria”)", test.result_text)

    def test_another_text_is_named_at_its_place(self):
        test = self._keep()
        self.steps["email"].text = "Qual é o e-mail?"
        test.with_user(self.supervisor).action_run()
        self.assertEqual(test.result, "failed")
        for words in (
            "after answer 1 (“Maria”)",
            "expected: “E-mail?”",
            "got: “Qual é o e-mail?”",
        ):
            self.assertIn(words, test.result_text)
        with self.assertRaises(AccessError):
            test.with_user(self.supervisor).action_accept()
        test.with_user(self.administrator).action_accept()
        self.assertEqual(test.result, "passed")
        self.assertIn("Another result is expected", self.flow.sudo().message_ids[0].body)

    def test_only_the_way_lets_texts_be_polished(self):
        test = self._keep("steps")
        self.steps["email"].text = "Qual é o e-mail?"
        test.action_run()
        self.assertEqual(test.result, "passed")
        self.steps["abrir"].goto_id = self.steps["pessoa"]
        self.steps["descricao"].on_fail_id = self.steps["fim"]
        test.action_run()
        self.assertIn("“Etapa pessoa”", test.result_text)

    def test_what_fails_is_not_published(self):
        self._keep()
        self.steps["email"].text = "Qual é o e-mail?"
        with self.assertRaisesRegex(UserError, "Flow test “Abre um chamado”"):
            self.flow.action_publish()
        with self.assertRaisesRegex(UserError, "Flow test “Abre um chamado”"):
            self.flow.with_user(self.administrator)._ask_approval()
        self.flow.test_ids.action_accept()
        approval = self.flow.with_user(self.administrator)._ask_approval()
        self.assertEqual(approval.test_names, "Abre um chamado")

    def test_tests_run_again_when_it_is_approved(self):
        self.steps["email"].text = "Qual é o e-mail?"
        approval = self.flow.with_user(self.administrator)._ask_approval()
        test = self._keep()
        test.expected = [{**test.expected[0], "said": []}, *test.expected[1:]]
        second = self._user("cc_second", "Bia Segunda", "contact_center.group_administrator")
        with self.assertRaisesRegex(UserError, "at the start"):
            approval.with_user(second).action_approve()
        self.assertEqual(self.flow.published_version_id.number, 1)

    def test_a_flow_with_problems_fails_its_tests(self):
        test = self._keep()
        self.steps["menu"].option_ids.unlink()
        self.flow.action_run_tests()
        self.assertIn("repaired first", test.result_text)
        self.assertEqual(self.flow.failed_test_count, 1)

    def test_a_test_taken_away_is_told(self):
        self._keep().with_user(self.administrator).unlink()
        self.assertIn("The test was deleted.", self.flow.sudo().message_ids[0].body)

    def test_silence_media_and_the_situation_are_kept(self):
        simulation, shown = self._open(self.administrator)
        self._write(simulation, "Maria", "m@x.com", "1", "não liga")
        simulation.send({"kind": "image", "text": "a tela"})
        failing = {"save_contact": {"result": "error"}}
        simulation.configure({**shown["settings"], "actions": failing})
        self._write(simulation, "sim")
        test = self.env["chatbot.flow.test"].browse(simulation.save_test("Falha", "texts"))
        self.assertEqual(test.result, "passed")
        self.assertIn("5. [a picture] a tela", test.story)
        self.assertIn("[the situation is different]", test.story)
