# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import Command
from odoo.tests import tagged

from odoo.addons.contact_center.core.values import Incoming, Media

from .common import PNG, GlpiCase


@tagged("post_install", "-at_install")
class TestFlowAction(GlpiCase):
    """A flow registers a ticket with the citizen's answers, without waiting for GLPI."""

    def _flow(self):
        flow = self.env["chatbot.flow"].create({"name": "Abertura"})
        steps = [self._menu(), *self._questions(), *self._last_steps()]
        self.env["chatbot.flow.step"].create(
            [{"flow_id": flow.id, "sequence": n, **values} for n, values in enumerate(steps, 1)]
        )
        flow.action_publish()
        return flow

    def _menu(self):
        chosen = {"glpi_category_id": self.category.id, "glpi_location_id": self.location.id}
        return {
            "name": "Tipo",
            "kind": "menu",
            "text": "Qual o assunto?",
            "option_ids": [
                Command.create({"name": "Impressora", **chosen}),
                Command.create({"name": "Rede"}),
            ],
        }

    def _questions(self):
        return [
            {"name": "Descricao", "kind": "question", "text": "O que houve?"},
            {
                "name": "Foto",
                "kind": "question",
                "text": "Tem foto?",
                "answer_type": "media",
                "required": False,
                "use_maximum": True,
                "maximum": 1,
            },
        ]

    def _last_steps(self):
        return [
            {
                "name": "Abre",
                "kind": "action",
                "action_name": "glpi_open_ticket",
                "action_params": "title: {tipo}",
            },
            {"name": "Fim", "kind": "end", "text": "Protocolo {protocolo}."},
        ]

    def _start(self, flow):
        self._end_open()
        conversation = self.Conversation._open(
            self.citizen, "internal", queue=self.queue, flow_id=flow.id
        )
        conversation._start()
        conversation._receive(self._text("oi"))
        return conversation

    def test_answers_become_a_ticket(self):
        conversation = self._start(self._flow())
        for answer in ("1", "Não imprime"):
            conversation._receive(self._text(answer))
        photo = self.env["ir.attachment"].create(
            {"name": "foto.png", "mimetype": "image/png", "raw": PNG}
        )
        conversation._receive(
            Incoming(kind="media", media=Media("image", photo.id, "foto.png", "image/png")),
            attachments=photo,
        )
        ticket = conversation.ticket_ids
        self.assertEqual(len(ticket), 1)
        self.assertEqual((ticket.title, ticket.description), ("Impressora", "Não imprime"))
        self.assertEqual(ticket.category_id, self.category)
        self.assertEqual(ticket.location_id, self.location)
        self.assertEqual(ticket.requester_phone, "+5531988887777")
        self.assertFalse(self.glpi.log)
        self.assertEqual(conversation.state, "closed")
        ticket._push()
        self.assertEqual(len(self.glpi.links), 1)
        self.assertEqual(self.glpi.tickets[ticket.glpi_id]["itilcategories_id"], 1)

    def test_glpi_down_does_not_hold_the_conversation(self):
        self.glpi.down = True
        conversation = self._start(self._flow())
        for answer in ("2", "Caiu a rede", "pular"):
            conversation._receive(self._text(answer))
        self.assertEqual(conversation.outcome, "self_service")
        ticket = conversation.ticket_ids
        self._push_fails(ticket)
        self.glpi.down = False
        ticket._push()
        self.assertFalse(ticket.category_id)
        self.assertEqual(ticket.state, "open")

    def test_without_any_glpi_people_take_over(self):
        flow = self._flow()
        self.env["glpi.server"].search([]).active = False
        self.env["chatbot.flow.option"].search([("flow_id", "=", flow.id)]).write(
            {"glpi_category_id": False, "glpi_location_id": False}
        )
        flow.action_publish()
        conversation = self._start(flow)
        for answer in ("2", "Caiu a rede", "pular"):
            conversation._receive(self._text(answer))
        self.assertEqual(conversation.state, "queued")
        session = self.env["chatbot.flow.session"].search(
            [("conversation_id", "=", conversation.id)]
        )
        self.assertIn("GLPI", session.error)

    def test_no_ticket_beyond_the_cap_of_the_channel_and_people_are_called(self):
        self.patch(
            type(self.env["contact_center.conversation"]),
            "_over_cap",
            lambda conversation, kind, at=None: kind == "tickets",
        )
        conversation = self._start(self._flow())
        for answer in ("2", "Caiu a rede", "pular"):
            conversation._receive(self._text(answer))
        self.assertFalse(conversation.ticket_ids)
        self.assertEqual(conversation.state, "queued")

    def test_number_is_a_placeholder_of_flows(self):
        conversation = self._open()
        self.assertEqual(conversation._flow_values(["ticket"]), {"ticket": ""})
        ticket = self._ticket(conversation)
        ticket._push()
        self.assertEqual(conversation._flow_values(["ticket"]), {"ticket": str(ticket.glpi_id)})

    def test_simulator_opens_nothing(self):
        flow = self._flow()
        before = self.env["glpi.ticket"].search_count([])
        simulations = self.env["chatbot.flow.simulation"]
        run = simulations.open_run(flow.id)
        simulation = simulations.browse(run["id"])
        while not run["over"] and len(run["turns"]) < 12:
            run = simulation.send({"kind": "text", "text": "1"})
        self.assertEqual(self.env["glpi.ticket"].search_count([]), before)
