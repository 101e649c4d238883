# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import GlpiCase


@tagged("post_install", "-at_install")
class TestFlowChoice(GlpiCase):
    """Questions of a flow that are answered with a record of GLPI's catalogue."""

    def _page(self, source, offset=0, limit=8, **more):
        page = self.env["chatbot.flow.session"]._choice_page(source, {}, offset, limit, **more)
        return [row["title"] for row in page["choices"]], page["more"]

    def test_the_first_server_pages_and_searches(self):
        self.env["glpi.category"].create(
            {
                "server_id": self.server.id,
                "glpi_id": 9,
                "name": "Impressão",
                "complete_name": "Serviços > Gráfica > Impressão",
                "active": False,
            }
        )
        names = ["Computador e impressora", "Internet & rede"]
        self.assertEqual(self._page("glpi_category"), (names, False))
        self.assertEqual(self._page("glpi_category", limit=1), (names[:1], True))
        self.assertEqual(self._page("glpi_category", offset=1), (names[1:], False))
        self.assertEqual(self._page("glpi_category", search="rede"), (names[1:], False))
        self.assertEqual(self._page("glpi_location", search="saude")[0], ["Secretaria de Saúde"])
        self.assertEqual(self._page("glpi_location", record="0"), ([], False))

    def test_the_chosen_record_is_what_tickets_read(self):
        found = self.env["chatbot.flow.session"]._choice_page(
            "glpi_location", {}, 0, 8, record=str(self.location.id)
        )
        self.assertEqual(found["choices"][0]["values"], {"glpi_location_id": self.location.id})

    def test_the_step_knows_what_a_record_brings(self):
        flow = self.env["chatbot.flow"].create({"name": "Locais"})
        step = self.env["chatbot.flow.step"].create(
            {
                "flow_id": flow.id,
                "name": "Local",
                "kind": "question",
                "text": "Onde?",
                "answer_type": "choice",
                "choice_source": "glpi_location",
            }
        )
        data = step._definition()
        self.assertEqual((data["source"], data["results"]), ("glpi_location", ["glpi_location_id"]))

    def test_the_list_is_that_of_the_glpi_where_the_ticket_goes(self):
        second = self.server.copy({"name": "GLPI da Saúde", "url": "https://saude.example.test"})
        self.env["glpi.category"].create(
            {"server_id": second.id, "glpi_id": 1, "name": "Ambulância", "complete_name": "x"}
        )
        flow = self.env["chatbot.flow"].create({"name": "Categorias"})
        self.env["chatbot.flow.step"].create(
            {
                "flow_id": flow.id,
                "name": "Categoria",
                "kind": "question",
                "text": "Qual?",
                "answer_type": "choice",
                "choice_source": "glpi_category",
            }
        )
        self.env["chatbot.flow.step"].create({"flow_id": flow.id, "name": "Fim", "kind": "end"})
        flow.action_publish()
        self.assertIn("Internet & rede", self._offered(flow))
        flow.glpi_server_id = second
        offered = self._offered(flow)
        self.assertIn("Ambulância", offered)
        self.assertNotIn("Internet & rede", offered)
        second.active = False
        self.assertIn("Internet & rede", self._offered(flow))

    def _offered(self, flow):
        """Return the messages at the beginning of this flow."""
        self._end_open()
        conversation = self.Conversation._open(
            self.citizen, "internal", queue=self.queue, flow_id=flow.id
        )
        conversation._start()
        conversation._receive(self._text("oi"))
        return "\n".join(self._said(conversation))
