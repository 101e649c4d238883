# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import contextmanager
from unittest.mock import patch

from odoo.addons.contact_center.core.values import Incoming, Media
from odoo.addons.contact_center.tests.common import ContactCenterCase

from ..models.chatbot_flow_session_burst import LISTEN_LIMIT


def answer_at_once(case):
    """Let no flow of this test case wait for a quiet moment.

    Each message is a turn of its own.

    :param case: a class of tests, in its `setUpClass`
    """
    case.env["ir.config_parameter"].set_param(LISTEN_LIMIT, "0")


class FlowCase(ContactCenterCase):
    """A published flow of every kind of step, and a citizen who goes through it.

    greeting -> nome -> email (echo) -> menu: [Chamado -> descricao -> foto -> conferir -> abrir
    -> fim] or [Atendente -> pessoa]
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        answer_at_once(cls)
        cls.flow = cls.env["chatbot.flow"].create({"name": "Fluxo de teste"})
        cls.steps = {}
        cls._step("oi", "message", text="{saudacao}! Protocolo {protocolo}.")
        cls._step("nome", "question", text="Qual é o seu nome?", label="Nome")
        cls._step("email", "question", text="E-mail?", label="E-mail", answer_type="email")
        cls._step("menu", "menu", text="O que deseja?", label="Assunto")
        cls._step("descricao", "question", text="Descreva.", label="Descrição")
        cls._step("foto", "question", text="Foto?", answer_type="media", required=False)
        cls._step("conferir", "confirm", text="Confira:")
        cls._step("abrir", "action", action_name="save_contact", action_params="name: {nome}")
        cls._step("fim", "end", text="Até logo, {nome}.")
        cls._step(
            "pessoa", "hand_over", text="Chamando.", queue_id=cls.other_queue.id, reason="pedido"
        )
        for title, target in (("Chamado", "descricao"), ("Atendente", "pessoa")):
            cls.env["chatbot.flow.option"].create(
                {
                    "step_id": cls.steps["menu"].id,
                    "name": title,
                    "goto_id": cls.steps[target].id,
                    "set_values": f"alvo: {target}",
                }
            )
        cls.flow.action_publish()
        cls.Session = cls.env["chatbot.flow.session"]

    @classmethod
    def _step(cls, key, kind, flow=None, **vals):
        """Return a step at the end of the flow."""
        flow = flow or cls.flow
        step = cls.env["chatbot.flow.step"].create(
            {
                "flow_id": flow.id,
                "sequence": 10 * (len(flow.step_ids) + 1),
                "key": key,
                "name": f"Etapa {key}",
                "kind": kind,
                **vals,
            }
        )
        if flow == cls.flow:
            cls.steps[key] = step
        return step

    def _talk(self, *texts, flow=None):
        """Return a conversation in which the citizen wrote these texts.

        The first one only starts it.
        """
        conversation = self.Conversation._open(
            self._free_citizen(), "internal", queue=self.queue, flow_id=(flow or self.flow).id
        )
        self._type(conversation, *texts)
        return conversation

    def _type(self, conversation, *texts):
        for text in texts:
            conversation._receive(Incoming(kind="text", text=text))

    def _choose(self, conversation, option_id, title=""):
        conversation._receive(Incoming(kind="option", text=title, option_id=option_id))

    def _picture(self, conversation, caption=""):
        """Send a picture as the citizen; return the mail.message."""
        incoming = Incoming(kind="media", text=caption, media=Media(kind="image", ref="m1"))
        return conversation._receive(incoming)

    def _session(self, conversation):
        return self.Session.search([("conversation_id", "=", conversation.id)])

    @contextmanager
    def _heard(self, conversation):
        """Collect what the bot says (Outgoing values) instead of storing it."""
        said = []

        def say(_self, outgoing, author=None):
            said.append(outgoing)
            return _self.env["mail.message"]

        with patch.object(type(conversation), "_say", say):
            yield said

    def _last_said(self, conversation):
        """Text of the last message in the conversation's channel."""
        message = self.env["mail.message"].search(
            [
                ("model", "=", "discuss.channel"),
                ("res_id", "=", conversation.discuss_channel_id.id),
            ],
            order="id desc",
            limit=1,
        )
        return message.body
