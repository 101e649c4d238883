# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestFlowLimits(TransactionCase):
    """The flow's editor warns of content that WhatsApp shows differently."""

    def test_findings_lead_to_their_step_and_prevent_nothing(self):
        flow = self.env["chatbot.flow"].create({"name": "Assuntos"})
        titles = ["Iluminação pública de praças", *(f"Assunto {number}" for number in range(11))]
        options = [{"id": str(n), "title": title} for n, title in enumerate(titles)]
        flow._load_definition(
            {
                "name": "Assuntos",
                "steps": [
                    {"key": "m", "kind": "menu", "title": "M", "text": "?", "options": options},
                    {"key": "fim", "kind": "end", "title": "Fim"},
                ],
            }
        )
        (step, _end) = flow.step_ids
        rows = {row["code"]: row for row in flow.checks["rows"]}
        self.assertEqual(rows["many_options"]["step_id"], step.id)
        self.assertIn("12", rows["many_options"]["text"])
        self.assertIn("praças", rows["row_title"]["text"])
        self.assertFalse(flow._release_problems(flow._definition()))
        rows = {row["code"]: row for row in flow.with_context(lang="pt_BR")._found_problems()}
        self.assertIn("páginas", rows["many_options"]["text"])
