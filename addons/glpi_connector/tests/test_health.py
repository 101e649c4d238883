# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import GlpiCase


@tagged("post_install", "-at_install")
class TestHealth(GlpiCase):
    def _line(self, key):
        """Return the line of a check, run anew."""
        health = self.env["contact_center.health"].with_user(self.administrator)
        health._forget()
        sections = health.get_report()["sections"]
        checks = [check for section in sections for check in section["checks"]]
        return next(check for check in checks if check["key"] == key)

    def test_glpi_that_answers_is_silent_or_is_down(self):
        now = fields.Datetime.now()
        for values, level in (
            ({"state": "ok", "last_ok_at": now}, "ok"),
            ({"state": "ok", "last_ok_at": now - timedelta(hours=2)}, "warning"),
            ({"state": "down", "last_error": "Sem resposta"}, "error"),
        ):
            self.server.sudo().write(values)
            line = self._line("glpi_server")
            self.assertEqual(line["level"], level)
        self.assertIn("Sem resposta", line["words"])

    def test_refused_tickets_are_sent_again(self):
        ticket = self._ticket()
        ticket.sudo().write({"state": "failed", "error": "Categoria desconhecida"})
        line = self._line("glpi_ticket")
        self.assertEqual((line["level"], line["failed"]), ("warning", "glpi_ticket"))
        health = self.env["contact_center.health"].with_user(self.administrator)
        found = health.get_failed("glpi_ticket")
        self.assertIn("Categoria desconhecida", [item["error"] for item in found])
        health.process_again("glpi_ticket", ticket.id)
        self.assertNotEqual(ticket.state, "failed")
