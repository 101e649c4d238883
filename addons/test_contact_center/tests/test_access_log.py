# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.glpi_connector.tests.common import PNG, GlpiCase
from odoo.addons.whatsapp_helpdesk.tests.common import WhatsappCase


@tagged("post_install", "-at_install")
class TestGlpiAccessLog(GlpiCase):
    """Tickets and what hangs on them leave their lines."""

    def setUp(self):
        super().setUp()
        self.conversation = self._in_service()
        message = self._message_with(self.conversation, ("foto.png", "image/png", PNG))
        self.ticket = self._ticket(self.conversation, media_refs=[f"message:{message.id}"])
        self.ticket._push()

    def test_what_is_read_of_a_ticket_is_in_the_access_log(self):
        self.env["glpi.followup"].create(
            {
                "ticket_id": self.ticket.id,
                "kind": "followup",
                "glpi_id": 1,
                "content": "A senhora mora na rua 3",
            }
        )
        self.ticket._send_to_glpi("followup", "Obrigada", author="Ana", private=False)
        log = self.env["contact_center.access.log"]
        for model, field in (
            ("glpi.ticket", "description"),
            ("glpi.ticket", "requester_phone"),
            ("glpi.followup", "content"),
            ("glpi.outbox", "content"),
            ("glpi.document", "name"),
        ):
            with self.subTest(model=model, field=field):
                self.env.cr.execute("DELETE FROM contact_center_access_log")
                rows = self.env[model].with_user(self.supervisor).search([])
                rows.filtered(
                    lambda row: (
                        (row if row._name == "glpi.ticket" else row.ticket_id) == self.ticket
                    )
                ).read([field])
                line = log.search([("user_id", "=", self.supervisor.id)])
                self.assertEqual(line.conversation_id, self.conversation)
                self.assertEqual(line.partner_id, self.citizen)


@tagged("post_install", "-at_install")
class TestWhatsappAccessLog(WhatsappCase):
    """Payloads, messages and numbers leave their lines."""

    def _lines(self, call):
        log = self.env["contact_center.access.log"]
        mine = [("user_id", "=", self.administrator.id)]
        before = log.search(mine, order="id desc", limit=1).id
        call()
        return log.search([*mine, ("id", ">", before or 0)])

    def test_payloads_messages_and_numbers(self):
        self.say("Meu CPF é 123")
        for model, field in (
            ("whatsapp.event", "payload"),
            ("whatsapp.event", "payload_text"),
            ("whatsapp.message", "body"),
            ("whatsapp.identity", "phone"),
            ("whatsapp.identity.address", "value"),
        ):
            with self.subTest(model=model, field=field):
                records = self.env[model].with_user(self.administrator)
                rows = records.search([])
                self.assertTrue(rows)
                self.env.cr.execute("DELETE FROM contact_center_access_log")
                lines = self._lines(lambda found=records, name=field: found.search_read([], [name]))
                self.assertTrue(lines)
                self.env.cr.execute("DELETE FROM contact_center_access_log")
                lines = self._lines(lambda found=rows[:1], name=field: found.web_read({name: {}}))
                self.assertTrue(lines)
        quiet = self.env["whatsapp.event"].with_user(self.administrator)
        self.assertFalse(self._lines(lambda: quiet.search_read([], ["state", "kind"])))

    def test_suggestions_of_identities(self):
        self.say("oi")
        identities = self.env["whatsapp.identity"].with_user(self.administrator)
        self.assertEqual(
            self._lines(lambda: identities.name_search("Maria")).mapped("kind"), ["searched"]
        )
