# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.tests import tagged

from .common import ExportCase


@tagged("post_install", "-at_install")
class TestAgentLabels(ExportCase):
    """Papers and text files for those who see agents by number."""

    def test_no_name_of_an_agent(self):
        conversation = self._conversation()
        viewer = self.manager
        sees = patch.object(
            type(self.env["res.users"]),
            "_contact_center_sees_numbers",
            lambda users: users.env.user == viewer,
        )
        for report in ("conversation_report", "conversation_report_text"):
            report = f"contact_center_archive.{report}"
            with sees:
                shown = self._render(report, conversation, self.manager)
                usual = self._render(report, conversation, self.supervisor)
            self.assertIn(f"Agent {self.agent.id}", shown)
            self.assertIn("Maria da Silva", shown)
            # Once, in what the citizen was told: "Você está falando com ..."
            self.assertEqual(shown.count("Ana Agente"), 1)
            self.assertGreater(usual.count("Ana Agente"), 2)
