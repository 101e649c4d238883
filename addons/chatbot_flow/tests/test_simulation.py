from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import FlowCase


@tagged("post_install", "-at_install")
class TestSimulation(FlowCase):
    """The simulator runs the draft on the same engine and does nothing outside."""

    def _simulate(self):
        action = self.flow.with_user(self.supervisor).action_simulate()
        self.assertEqual(action["res_model"], "chatbot.flow.simulation")
        return self.env[action["res_model"]].with_user(self.supervisor).browse(action["res_id"])

    def _reply(self, simulation, *answers):
        for answer in answers:
            simulation.write(answer if isinstance(answer, dict) else {"answer": answer})
            simulation.action_answer()

    def test_the_whole_way(self):
        simulation = self._simulate()
        self.assertIn("2026000123", simulation.transcript_html)
        self._reply(simulation, "Maria", "errado", "m@x.com", "1", "não liga")
        self._reply(simulation, {"answer_kind": "image"}, "sim")
        self.assertTrue(simulation.over)
        self.assertIn("[picture]", simulation.transcript_html)
        self.assertIn("Save name", simulation.transcript_html)
        self.assertIn("End of the flow", simulation.transcript_html)
        before = simulation.transcript
        simulation.action_answer()
        self.assertEqual(simulation.transcript, before)
        self.assertEqual(self.citizen.name, "Maria da Silva")
        simulation.action_restart()
        self.assertFalse(simulation.over)
        self.assertEqual(len(simulation.transcript), 1)

    def test_failing_actions(self):
        simulation = self._simulate()
        simulation.actions_fail = True
        self._reply(simulation, "Maria", "m@x.com", "1", "não liga", "pular", "sim")
        self.assertIn("failed", simulation.transcript_html)
        self.assertIn("Handed over", simulation.transcript_html)

    def test_the_draft_is_simulated(self):
        self.steps["oi"].text = "Ainda não publicado"
        self.assertIn("Ainda não publicado", self._simulate().transcript_html)

    def test_markup_is_shown_not_run(self):
        simulation = self._simulate()
        self._reply(simulation, "<script>alert(1)</script>")
        self.assertNotIn("<script>", simulation.transcript_html)

    def test_a_flow_with_problems_is_not_simulated(self):
        self.steps["menu"].option_ids.unlink()
        with self.assertRaisesRegex(UserError, "no options"):
            self.flow.action_simulate()
