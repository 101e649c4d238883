# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.contact_center.core.values import Incoming

from .common import FlowCase


@tagged("post_install", "-at_install")
class TestSession(FlowCase):
    """A citizen goes through a flow."""

    def test_the_whole_way(self):
        conversation = self._talk("oi")
        self.assertIn(conversation.protocol, self._last_said(conversation))
        self.assertIn("Bom dia", self._last_said(conversation))
        self._type(conversation, "Maria Souza", "MARIA@exemplo.com.br")
        self.assertIn("Chamado", self._last_said(conversation))
        self._choose(conversation, "menu:chamado", "Chamado")
        self._type(conversation, "A impressora não liga")
        message = self._picture(conversation)
        session = self._session(conversation)
        self.assertEqual(session._values()["foto"], [f"message:{message.id}"])
        self.assertEqual(session._values()["alvo"], "descricao")
        self.assertEqual((session.status, session.step_key), ("input", "conferir"))
        self._choose(conversation, "conferir:yes", "Confirmar")
        self.assertEqual((conversation.state, conversation.outcome), ("closed", "self_service"))
        self.assertEqual(session.status, "ended")
        self.assertEqual(
            {entry["label"]: entry["value"] for entry in conversation.collected},
            {
                "Nome": "Maria Souza",
                "E-mail": "maria@exemplo.com.br",
                "Assunto": "Chamado",
                "Descrição": "A impressora não liga",
            },
        )
        kinds = conversation.event_ids.mapped("kind")
        self.assertIn("flow_started", kinds)
        self.assertIn("flow_ended", kinds)
        self.assertIn("Até logo, Maria Souza.", self._last_said(conversation))

    def test_the_action_keeps_the_contact(self):
        conversation = self._talk("oi", "Maria Souza", "m@x.com", "1", "Não liga", "pular")
        self._type(conversation, "confirmar")
        self.assertEqual((self.citizen.name, self.citizen.email), ("Maria Souza", "m@x.com"))

    def test_hand_over_goes_to_the_steps_queue(self):
        conversation = self._talk("oi", "Maria", "m@x.com", "atendente")
        self.assertEqual((conversation.state, conversation.queue_id), ("queued", self.other_queue))
        self.assertEqual(self._session(conversation).status, "handed_over")
        queued = conversation.event_ids.filtered(lambda event: event.kind == "queued")
        self.assertEqual(queued.data["reason"], "pedido")

    def test_an_archived_queue_gives_way_to_the_usual_one(self):
        with self.assertRaisesRegex(UserError, "the flow Fluxo de teste"):
            self.other_queue.active = False
        # One that was archived before this was refused
        with patch.object(type(self.other_queue), "_used_by", lambda _queue: []):
            self.other_queue.active = False
        conversation = self._talk("oi", "Maria", "m@x.com", "atendente")
        self.assertEqual((conversation.state, conversation.queue_id), ("queued", self.queue))

    def test_options_reach_the_channel_with_their_ids(self):
        conversation = self._talk("oi", "Maria")
        with self._heard(conversation) as said:
            self._type(conversation, "m@x.com")
        self.assertEqual(
            [option.id for option in said[0].options], ["menu:chamado", "menu:atendente"]
        )
        self.assertEqual(said[0].list_button, "Ver opções")

    def test_greeting_and_question_are_one_message(self):
        conversation = self._talk()
        with self._heard(conversation) as said:
            self._type(conversation, "oi")
        self.assertEqual(len(said), 1)
        self.assertIn("Qual é o seu nome?", said[0].text)

    def test_greeting_follows_the_clock_in_brazil(self):
        for hour, greeting in (
            (2, "Boa noite"),
            (11, "Bom dia"),
            (16, "Boa tarde"),
            (23, "Boa noite"),
        ):
            with freeze_time(f"2026-11-20 {hour:02}:30:00"):
                values = self._talk()._flow_values({"saudacao", "hoje"})
            self.assertEqual(values["saudacao"], greeting)
        self.assertEqual(values["hoje"], "20/11/2026")

    def test_greeting_and_day_follow_the_queues_clock(self):
        for zone, at, greeting, day in (
            ("America/Manaus", "2026-11-20 15:30:00", "Bom dia", "20/11/2026"),
            ("America/Manaus", "2026-11-20 21:30:00", "Boa tarde", "20/11/2026"),
            ("America/Rio_Branco", "2026-11-20 16:30:00", "Bom dia", "20/11/2026"),
            ("America/Rio_Branco", "2026-11-21 04:30:00", "Boa noite", "20/11/2026"),
            ("America/Noronha", "2026-11-20 07:30:00", "Bom dia", "20/11/2026"),
            ("Europe/Lisbon", "2026-07-01 04:30:00", "Bom dia", "01/07/2026"),
        ):
            self.queue.calendar_id = self.queue.calendar_id.copy({"tz": zone})
            with freeze_time(at):
                values = self._talk()._flow_values({"saudacao", "hoje"})
            self.assertEqual((values["saudacao"], values["hoje"]), (greeting, day), (zone, at))

    def test_values_of_the_moment(self):
        self.citizen.email = "maria@x.com"
        values = self._talk()._flow_values(
            {"protocolo", "nome", "primeiro_nome", "email", "telefone", "fila", "fluxo", "outro"}
        )
        self.assertEqual(values["primeiro_nome"], "Maria")
        self.assertEqual(values["telefone"], "+5531988887777")
        self.assertEqual(values["fila"], "Fila de teste")
        self.assertNotIn("outro", values)

    def test_files_of_a_step_are_sent_as_the_conversations_own(self):
        attachment = self.env["ir.attachment"].create(
            {"name": "mapa.png", "raw": b"x", "mimetype": "image/png"}
        )
        self.steps["oi"].attachment_ids = attachment
        self.flow.action_publish()
        conversation = self._talk()
        with self._heard(conversation) as said:
            self._type(conversation, "oi")
        (media,) = said[0].media
        copy = self.env["ir.attachment"].browse(media.attachment_id)
        self.assertNotEqual(copy, attachment)
        self.assertEqual(copy.raw, b"x")
        self.assertEqual(copy.res_id, conversation.discuss_channel_id.id)
        attachment.unlink()
        with self._heard(conversation) as said:
            self._type(self._talk(), "oi")
        self.assertTrue(said)

    def test_what_is_published_sends_the_files_of_steps_that_were_deleted(self):
        step = self.steps["oi"]
        step.attachment_ids = self.env["ir.attachment"].create(
            {
                "name": "mapa.png",
                "raw": b"x",
                "mimetype": "image/png",
                "res_model": step._name,
                "res_id": step.id,
            }
        )
        self.flow.action_publish()
        step.unlink()
        conversation = self._talk()
        with self._heard(conversation) as said:
            self._type(conversation, "oi")
        self.assertEqual([media.filename for media in said[0].media], ["mapa.png"])

    def test_a_conversation_without_a_flow_has_no_bot(self):
        self.assertFalse(self._open()._has_bot())
        self.assertTrue(self._talk()._has_bot())

    def test_reactions_and_strange_messages_break_nothing(self):
        conversation = self._talk("oi", "Maria")
        session = self._session(conversation)
        before = session.engine_state
        with self._heard(conversation) as said:
            self._send_kind(conversation, "reaction", "👍")
        self.assertEqual((said, session.engine_state), ([], before))
        with self._heard(conversation) as said:
            # the first is answered kindly and does not count
            for kind in ("unsupported", "contacts", "location", "unsupported"):
                self._send_kind(conversation, kind, "")
        self.assertEqual(session.status, "handed_over")
        self.assertEqual(conversation.state, "queued")

    def _send_kind(self, conversation, kind, text):
        conversation._receive(Incoming(kind=kind, text=text))

    def test_an_answer_is_cheap(self):
        """One read and one write of the session, the way it went; nothing of the flow."""
        conversation = self._talk("oi", "Maria").sudo()
        self.env.flush_all()
        with self._heard(conversation) as said, patch.object(type(conversation), "_collect"):
            self._session(conversation).invalidate_recordset()
            incoming = self._text("maria@x.com")
            # SELECT session, SAVEPOINT, INSERT the way gone, UPDATE session, RELEASE
            with self.assertQueryCount(5):
                conversation._on_bot_incoming(incoming)
                self.env.flush_all()
        self.assertEqual(said[0].text, "O que deseja?")

    def test_people_give_the_conversation_back_to_a_step(self):
        conversation = self._talk("oi", "Maria", "m@x.com", "atendente")
        conversation._hand_over(queue=self.queue)
        as_agent = conversation.with_user(self.agent)
        as_agent.action_take()
        with self.assertRaises(UserError):
            conversation.with_user(self.colleague)._return_to_flow("menu")
        self.assertFalse(as_agent._return_to_flow("nada"))
        action = as_agent.action_return_to_flow()
        dialogs = self.env[action["res_model"]].with_user(self.agent)
        wizard = dialogs.with_context(**action["context"]).create({})
        keys = [option["id"] for option in wizard.step_options]
        self.assertEqual((wizard.target, keys[:3]), ("flow", ["nome", "email", "menu"]))
        for wrong in (False, "nada"):
            wizard.step_key = wrong
            with self.assertRaises(UserError):
                wizard.action_transfer()
        wizard.step_key = "menu"
        wizard.action_transfer()
        self.assertEqual((conversation.state, conversation.agent_id.id), ("bot", False))
        self.assertIn("returned_to_bot", conversation.event_ids.mapped("kind"))
        self._type(conversation, "1")
        self.assertEqual(self._session(conversation).step_key, "descricao")

    def test_the_queue_learns_that_a_flow_has_it_again(self):
        conversation = self._talk("oi", "Maria", "m@x.com", "atendente")
        sent = []
        bus_send = type(self.queue)._bus_send

        def record(queue, kind, payload, **options):
            sent.append((queue, payload))
            return bus_send(queue, kind, payload, **options)

        queue = conversation.queue_id
        with patch.object(type(self.queue), "_bus_send", record):
            conversation.with_user(self.supervisor)._return_to_flow("menu")
        [(receiver, payload)] = [entry for entry in sent if entry[0]]
        self.assertEqual((receiver, payload["state"]), (queue, "bot"))
        self.assertNotIn("partner", payload)
