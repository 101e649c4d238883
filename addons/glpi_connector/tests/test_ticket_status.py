# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.core.values import Incoming

from .common import GlpiCase


@tagged("post_install", "-at_install")
class TestTicketStatus(GlpiCase):
    """The flow says how the citizen's own tickets are doing, and nobody else's."""

    def setUp(self):
        super().setUp()
        self.conversation = self._open()
        self.ticket = self._ticket(self.conversation)
        self.ticket._push()
        flow = self.env["chatbot.flow"].create({"name": "Meus chamados"})
        self.session = self.env["chatbot.flow.session"].create(
            {"conversation_id": self._open().id, "flow_id": flow.id}
        )

    def _status(self, number):
        return self.session._action_glpi_ticket_status({"number": number})

    def test_list_of_open_tickets_with_the_last_public_answer(self):
        closed = self._ticket(self.conversation, title="Fechado")
        closed._push()
        closed.glpi_status = "6"
        for number, (private, words) in enumerate(((False, "Vamos amanhã"), (True, "senha"))):
            self.env["glpi.followup"].create(
                {
                    "ticket_id": self.ticket.id,
                    "kind": "followup",
                    "glpi_id": number + 1,
                    "content": words,
                    "private": private,
                }
            )
        result = self.session._action_glpi_open_tickets({})
        self.assertTrue(result["ok"])
        text = result["values"]["chamados"]
        self.assertEqual(result["values"]["chamados_abertos"], "1")
        for words in (f"nº {self.ticket.glpi_id}", "Impressora parada", "Vamos amanhã"):
            self.assertIn(words, text)
        self.assertIn("Aberto em 20/11/2026", text)
        self.assertNotIn("senha", text)

    def test_it_is_said_in_the_citizens_language(self):
        self.env["res.lang"]._activate_lang("en_US")
        self.conversation.partner_id.lang = "en_US"
        text = self.session._action_glpi_open_tickets({})["values"]["chamados"]
        self.assertIn(f"*Ticket No. {self.ticket.glpi_id}* (protocol", text)
        self.assertIn("Opened on 11/20/2026", text)
        titles = [option.title for option in self.ticket._solution_options(self.conversation)]
        self.assertEqual(titles, ["Yes", "No"])
        self.conversation.partner_id.lang = "pt_BR"
        titles = [option.title for option in self.ticket._solution_options(self.conversation)]
        self.assertEqual(titles, ["Sim", "Não"])

    def test_by_number_or_protocol(self):
        for number in (str(self.ticket.glpi_id), f"nº {self.ticket.glpi_id}", self.ticket.protocol):
            values = self._status(number)["values"]
            self.assertEqual(values["chamado_numero"], str(self.ticket.glpi_id))
        waiting = self._ticket()
        values = self._status(waiting.protocol)["values"]
        self.assertIn("a caminho", values["chamado_situacao"])

    def test_nothing_of_others(self):
        other = self.env["res.partner"].create({"name": "José"})
        self.session.conversation_id.sudo().partner_id = other
        self.assertFalse(self._status(str(self.ticket.glpi_id))["ok"])
        self.assertFalse(self._status(self.ticket.protocol)["ok"])
        self.assertFalse(self._status("")["ok"])
        self.assertFalse(self.session._action_glpi_open_tickets({})["ok"])

    def test_a_flow_looks_the_tickets_up(self):
        flow = self.session.flow_id
        steps = {}
        for number, (key, kind, vals) in enumerate(
            (
                ("se", "condition", {"condition_variable": "chamados_abertos"}),
                ("busca", "lookup", {"lookup_source": "glpi_open_tickets"}),
                ("diz", "message", {"text": "{chamados}"}),
                ("fim", "end", {}),
                ("nada", "message", {"text": "Nenhum chamado."}),
                ("fim2", "end", {}),
            )
        ):
            steps[key] = self.env["chatbot.flow.step"].create(
                {
                    "flow_id": flow.id,
                    "sequence": number,
                    "name": key,
                    "key": key,
                    "kind": kind,
                    **vals,
                }
            )
        steps["se"].write(
            {
                "condition_operator": "greater",
                "condition_value": "5",
                "goto_id": steps["nada"].id,
                "else_goto_id": steps["busca"].id,
            }
        )
        steps["busca"].on_empty_id = steps["nada"]
        flow.action_publish()
        conversation = self.session.conversation_id
        self.session.unlink()
        self.assertEqual(conversation._flow_values({"chamados_abertos"}), {"chamados_abertos": 1})
        conversation.sudo().flow_id = flow
        hello = Incoming(kind="text", text="oi")
        self.env["chatbot.flow.session"]._on_incoming(conversation, hello)
        said = conversation.discuss_channel_id.message_ids.sorted("id")[-1:]
        self.assertIn("Impressora parada", said.body)
        self.ticket.glpi_status = "6"
        other = self._open()
        other.sudo().flow_id = flow
        self.env["chatbot.flow.session"]._on_incoming(other, hello)
        said = other.discuss_channel_id.message_ids.sorted("id")[-1:]
        self.assertIn("Nenhum chamado.", said.body)
