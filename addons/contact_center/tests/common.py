# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.sql_db import Cursor
from odoo.tests import TransactionCase

from ..core.values import Incoming, Option, Outgoing

# A Friday at 10:00 in São Paulo (UTC-3): within service hours.
WORKING_TIME = datetime(2026, 11, 20, 13, 0, 0)

TECHNICIAN = "contact_center.group_technician"
SUPERVISOR = "contact_center.group_supervisor"
ADMINISTRATOR = "contact_center.group_administrator"
MANAGER = "contact_center.group_manager"


class ContactCenterCase(TransactionCase):
    """Two queues with their agents, one person of each role, one citizen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # System parameter of the clock: tests are within service hours unless they say otherwise.
        freezer = freeze_time(WORKING_TIME)
        freezer.start()
        cls.addClassCleanup(freezer.stop)
        # Odoo dates new rows by PostgreSQL's clock, the same all through a transaction. It stands
        # still with the other one, or a test would depend on the day on which it runs.
        cls.startClassPatcher(patch.object(Cursor, "now", lambda cursor: WORKING_TIME))
        # Only the queues made here: "the first queue" must be ours.
        cls.env["contact_center.queue"].search([]).sequence = 100
        cls.Conversation = cls.env["contact_center.conversation"]
        cls.agent, cls.colleague, cls.outsider, *others = cls._make_users(
            ("cc_agent", "Ana Agente", TECHNICIAN),
            ("cc_colleague", "Caio Colega", TECHNICIAN),
            ("cc_outsider", "Otávio Outro", TECHNICIAN),
            ("cc_supervisor", "Sílvia Supervisora", SUPERVISOR),
            ("cc_administrator", "Adão Admin", ADMINISTRATOR),
            ("cc_manager", "Márcia Gestora", MANAGER),
            ("cc_employee", "Eva Empregada", "base.group_user"),
        )
        cls.supervisor, cls.administrator, cls.manager, cls.employee = others
        cls.queue = cls.env["contact_center.queue"].create(
            {
                "name": "Fila de teste",
                "member_ids": [Command.set([cls.agent.id, cls.colleague.id])],
            }
        )
        cls.other_queue = cls.env["contact_center.queue"].create(
            {"name": "Outra fila", "member_ids": [Command.set(cls.outsider.ids)]}
        )
        cls.citizen = cls.env["res.partner"].create(
            {"name": "Maria da Silva", "phone": "+5531988887777"}
        )
        cls.disposition = cls.env["contact_center.disposition"].create(
            {"name": "Assunto de teste", "nature": "incident"}
        )

    @classmethod
    def _user(cls, login, name, group):
        """Make a user without a password: hashing one takes longer than most tests."""
        (user,) = cls._make_users((login, name, group))
        return user

    @classmethod
    def _make_users(cls, *people):
        """Users without a password, made at once: one by one they take three times as long.

        :param people: login, name and group of each
        :return: a list, so that nothing is read for all of them when it is for one
        """
        made = (
            cls.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                [
                    {
                        "login": login,
                        "name": name,
                        "email": f"{login}@example.com",
                        "group_ids": [Command.set(cls.env.ref(group).ids)],
                        "tz": "America/Sao_Paulo",
                        "lang": "en_US",
                    }
                    for login, name, group in people
                ]
            )
        )
        return [made.browse(user.id) for user in made]

    def _log_in(self, users):
        """Let these users be logged in, as their browsers tell the server."""
        for user in users:
            self.env["mail.presence"].create({"user_id": user.id, "status": "online"})
        users.invalidate_recordset(["im_status"])

    def _open(self, queue=None):
        """Open a conversation with the citizen, in the bot's hands.

        With another citizen where they have an open one.
        """
        return self.Conversation._open(self._free_citizen(), "internal", queue=queue or self.queue)

    def _free_citizen(self):
        """Return the citizen, or another one like them if they have an open conversation."""
        if self.Conversation._find_open(self.citizen, "internal"):
            return self.citizen.copy({"phone": False})
        return self.citizen

    def _waiting(self, queue=None):
        """Return a conversation that waits in the queue."""
        conversation = self._open(queue)
        with self._bot():
            conversation._receive(self._text("oi"))
        conversation._hand_over(reason="asked")
        return conversation

    def _in_service(self, agent=None, queue=None):
        """Return a conversation that `agent` serves."""
        conversation = self._waiting(queue)
        conversation.with_user(agent or self.agent).action_take()
        return conversation

    @contextmanager
    def _bot(self, heard=None):
        """Let a bot answer: what it hears is appended to `heard`."""

        def on_bot_incoming(conversation, incoming):
            if heard is not None:
                heard.append(incoming)

        with (
            patch.object(type(self.Conversation), "_has_bot", lambda conversation: True),
            patch.object(type(self.Conversation), "_on_bot_incoming", on_bot_incoming),
        ):
            yield

    @contextmanager
    def _delivered(self):
        """Collect messages to the citizen meanwhile: a list of (message, Outgoing)."""
        delivered = []

        def deliver(_conversation, message, outgoing):
            delivered.append((message, outgoing))

        with patch.object(type(self.Conversation), "_deliver", deliver):
            yield delivered

    def _answer(self, conversation, body="Oi", user=None, **values):
        """Post as the agent does from Discuss."""
        return conversation.discuss_channel_id.with_user(user or self.agent).message_post(
            body=body, message_type="comment", subtype_xmlid="mail.mt_comment", **values
        )

    def _text(self, text):
        return Incoming(kind="text", text=text)

    def _option(self, option_id, title=""):
        return Incoming(kind="option", text=title, option_id=option_id)

    def _outgoing(self, text="Olá!"):
        return Outgoing(text=text, options=(Option("a", "Sim"), Option("b", "Não")))

    def _kinds(self, conversation):
        """Kinds of the conversation's events, in order."""
        return conversation.event_ids.sorted("id").mapped("kind")

    def _said(self, conversation):
        """Plain texts of what was said on both sides, in order."""
        messages = self.env["mail.message"].search(
            [
                ("model", "=", "discuss.channel"),
                ("res_id", "=", conversation.discuss_channel_id.id),
                ("message_type", "=", "comment"),
            ],
            order="id",
        )
        return [str(message.preview or "") for message in messages]

    def _automatic_kinds(self, conversation):
        """Kinds of the automatic messages said, in order."""
        events = conversation.event_ids.sorted("id")
        return [event.data["message"] for event in events if event.kind == "automatic_message"]


class NotesMixin:
    """Internal notes, and what the screens are told, for tests of `ContactCenterCase`."""

    def _note(self, conversation, body="Nota", user=None, **values):
        """Write an internal note as a person does from Discuss."""
        channel = conversation.discuss_channel_id.with_user(user or self.agent)
        message = channel.message_post(
            body=body, message_type="comment", subtype_xmlid="mail.mt_note", **values
        )
        return message.sudo()

    def _file(self, name, content=b"segredo", user=None):
        """Return a file that a person has just uploaded."""
        return (
            self.env["ir.attachment"]
            .with_user(user or self.agent)
            .create(
                {"name": name, "raw": content, "res_model": "mail.compose.message", "res_id": 0}
            )
        )

    @contextmanager
    def _bus(self):
        """Collect notifications on the bus meanwhile: a list of (target record, type, payload)."""
        sent = []
        bus = type(self.env["bus.bus"])
        send_one = bus._sendone

        def remember(bus_model, target, notification_type, message):
            sent.append((target, notification_type, message))
            return send_one(bus_model, target, notification_type, message)

        with patch.object(bus, "_sendone", remember):
            yield sent

    def _attention(self, sent):
        """Of what the bus sent: (partner, payload) of each call for attention."""
        return [
            (target, payload)
            for target, kind, payload in sent
            if kind == "contact_center/attention"
        ]
