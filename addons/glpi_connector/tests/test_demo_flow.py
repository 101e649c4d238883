# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged
from odoo.tools.convert import convert_file

from odoo.addons.contact_center.core.values import Incoming, Media

from .common import PNG, GlpiCase

DEMO = (
    ("contact_center", "demo/users.xml"),
    ("contact_center", "demo/queues.xml"),
    ("glpi_connector", "demo/glpi_server.xml"),
    ("glpi_connector", "demo/flow_it_support.xml"),
)


@tagged("post_install", "-at_install")
class TestDemoFlow(GlpiCase):
    """The demonstration's flow, from the first "oi" to the ticket and the queue."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env.ref("glpi_connector.flow_demo_it_support", raise_if_not_found=False):
            for addon, path in DEMO:
                convert_file(cls.env, addon, path, {}, mode="init", noupdate=True)
        cls.flow = cls.env.ref("glpi_connector.flow_demo_it_support")
        demo = cls.env.ref("glpi_connector.glpi_server_demo")
        demo.write({"active": True, "url": cls.server.url, "user_token": "x"})
        cls.env.ref("contact_center.queue_demo_support").active = True

    def _answer(self, conversation, *answers):
        with self._delivered() as delivered:
            for answer in answers:
                if isinstance(answer, str):
                    answer = self._text(answer)
                conversation._receive(answer, attachments=self._files(answer))
        return [outgoing for _message, outgoing in delivered]

    def _files(self, incoming):
        media = incoming.media
        return self.env["ir.attachment"].browse(media.attachment_id) if media else None

    def _begin(self):
        self._end_open()
        conversation = self.Conversation._open(
            self.citizen, "internal", queue=self.queue, flow_id=self.flow.id
        )
        conversation._start()
        return conversation

    def test_whole_story(self):
        self.assertEqual(self.flow.publication_state, "published")
        conversation = self._begin()
        said = self._answer(conversation, "oi")
        self.assertIn(conversation.protocol, said[0].text)
        said = self._answer(conversation, "Maria da Silva", "maria.silva@exemplo")
        self.assertIn("exemplo", said[-1].text, "a wrong e-mail is asked again, with an example")
        said = self._answer(conversation, "maria.silva@example.test")
        self.assertIn("maria.silva@example.test", said[0].text)
        self.assertEqual(len(said[-1].options), 7)
        said = self._answer(conversation, "impressora")
        self.assertEqual(len(said[-1].options), 5)
        photo = self.env["ir.attachment"].create(
            {"name": "foto.png", "mimetype": "image/png", "raw": PNG}
        )
        media = Incoming(kind="media", media=Media("image", photo.id, "foto.png", "image/png"))
        said = self._answer(conversation, "2", "A impressora não liga.", media, "pronto")
        for words in ("Maria da Silva", "Secretaria de Saúde", "não liga", "1 arquivo"):
            self.assertIn(words, said[-1].text)
        said = self._answer(conversation, "Confirmar")
        self.assertIn(conversation.protocol, said[0].text)
        ticket = conversation.ticket_ids
        self.assertEqual(ticket.title, "Computador e impressora - Secretaria de Saúde")
        self.assertEqual((ticket.category_id.glpi_id, ticket.location_id.glpi_id), (1, 2))
        self.assertEqual(self.citizen.email, "maria.silva@example.test")
        with self._delivered() as delivered:
            ticket._push()
        self.assertIn(f"Chamado nº {ticket.glpi_id} aberto", delivered[0][1].text)
        self.assertEqual(len(self.glpi.links), 1)
        self._answer(conversation, "Falar com um atendente")
        self.assertEqual(conversation.state, "queued")
        self.assertEqual(conversation.queue_id, self.env.ref("contact_center.queue_demo_support"))

    def test_without_a_photo_and_without_an_agent(self):
        conversation = self._begin()
        answers = ("oi", "João Souza", "joao@example.test", "6", "5", "Outro assunto", "pular")
        self._answer(conversation, *answers, "Confirmar", "Encerrar")
        self.assertEqual((conversation.state, conversation.outcome), ("closed", "self_service"))
        self.assertFalse(conversation.ticket_ids.document_ids)

    def test_my_tickets(self):
        first = self._begin()
        answers = ("oi", "Maria da Silva", "maria@example.test", "Meus chamados")
        self.assertIn("não tem chamados em aberto", self._answer(first, *answers)[-1].text)
        ticket = self._ticket(first)
        ticket._push()
        said = self._answer(self._begin(), *answers)[-1].text
        self.assertIn(f"Chamado nº {ticket.glpi_id}", said)
        self.assertIn("Posso ajudar", said)

    def test_texts_fit_whatsapp(self):
        for step in self.flow.step_ids:
            for option in step.option_ids:
                self.assertLessEqual(len(option.name), 24, option.name)
                self.assertLessEqual(len(option.description or ""), 72, option.description)
            self.assertLessEqual(len(step.list_button or ""), 20)
