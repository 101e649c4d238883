# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.core.values import Incoming, Location

from .test_flow_action import TestFlowAction as FlowAction
from .test_talk import TalkCase

LATITUDE, LONGITUDE = -19.8123, -43.1777
POINT = "-19.8123, -43.1777"
MAP = "https://www.openstreetmap.org/?mlat=-19.8123&mlon=-43.1777"


def pin(name="", address=""):
    """Return a point that the citizen sends."""
    return Incoming(kind="location", location=Location(LATITUDE, LONGITUDE, name, address))


@tagged("post_install", "-at_install")
class TestPlacesOfFollowups(TalkCase):
    """A place reaches GLPI with its coordinates and a link to the map, named or not."""

    def _stored(self):
        """Return the last followup in GLPI, as its technicians read it."""
        self.server._pump()
        return self.glpi.followups[-1]["content"].replace("&amp;", "&")

    def test_pin_without_a_name_in_a_talk(self):
        new = self._talking()
        self._hear(new, pin())
        content = self._stored()
        self.assertIn(POINT, content)
        self.assertIn(MAP, content)

    def test_named_place_keeps_name_and_address(self):
        new = self._talking()
        self._hear(new, pin("Escola Municipal", "Rua A, 10"))
        content = self._stored()
        for words in ("Escola Municipal", "Rua A, 10", POINT, MAP):
            self.assertIn(words, content)

    def test_place_as_the_reason_of_a_refusal(self):
        self._solve()
        self._news()
        new = self._open()
        self._hear(new, self._option(f"glpi:no:{self.ticket.id}"))
        self._hear(new, pin())
        self.assertIn(MAP, self._stored())

    def test_place_while_an_agent_serves(self):
        self.server.service_messages = "public"
        conversation = self._in_service()
        ticket = self._ticket(conversation)
        ticket._push()
        with self._delivered():
            conversation._receive(pin())
        self.assertIn(MAP, self._stored())

    def test_place_in_a_transcript_and_in_a_ticket_of_an_agent(self):
        conversation = self._in_service()
        with self._delivered():
            conversation._receive(pin())
        message = conversation._spoken_messages()[-1:]
        dialog = (
            self.env["glpi.ticket.open"]
            .with_user(self.agent)
            .create(
                {
                    "conversation_id": conversation.id,
                    "title": "Poste",
                    "description": "Poste apagado",
                    "chosen_ids": message.ids,
                }
            )
        )
        dialog.action_open()
        ticket = conversation.ticket_ids
        self.assertIn(MAP, ticket.description)
        ticket._push()
        ticket.with_user(self.agent).action_send_conversation()
        ticket._push()
        self.assertIn(MAP, self._stored())


@tagged("post_install", "-at_install")
class TestPlacesOfTickets(FlowAction):
    """A place that a flow asked for is in the ticket."""

    allow_inherited_tests_method = False

    def _questions(self):
        return [
            {"name": "Descricao", "kind": "question", "text": "O que houve?"},
            {"name": "Onde", "kind": "question", "text": "Onde?", "answer_type": "location"},
        ]

    def test_pin_stands_in_the_description(self):
        for address in ("", "Rua A, 10"):
            conversation = self._start(self._flow())
            for answer in ("1", "Poste apagado"):
                conversation._receive(self._text(answer))
            conversation._receive(pin(address=address))
            ticket = conversation.ticket_ids
            self.assertEqual(ticket.title, "Impressora")
            ticket._push()
            content = self.glpi.tickets[ticket.glpi_id]["content"].replace("&amp;", "&")
            for words in ("Poste apagado", address, POINT, MAP):
                self.assertIn(words, content)
