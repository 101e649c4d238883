# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ContactCenterCase
from .notes_property import SECRET, NotesProperty


@tagged("post_install", "-at_install")
class TestNotesNeverLeave(NotesProperty, ContactCenterCase):
    """The ways out of the lower addon: delivery, transcripts, e-mail, push, bus, the portal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The worst citizen: an e-mail address and a portal user, a member of the channel.
        cls.citizen.email = "maria@example.com"
        cls.portal = cls._user("cc_portal", "Maria", "base.group_portal")
        cls.portal.partner_id = cls.citizen

    def _conversation(self):
        self.left = []
        self.sent = []
        return self._in_service()

    def setUp(self):
        super().setUp()
        self.left, self.sent = [], []

        def deliver(_conversation, message, outgoing):
            files = self.env["ir.attachment"].browse(
                [media.attachment_id for media in outgoing.media if media.attachment_id]
            )
            self.left.append(("delivery", f"{message.body} {outgoing} {files.mapped('raw')}"))

        def push(_channel, message, recipients, **_more):
            pushed = self.citizen.id in [recipient["id"] for recipient in recipients]
            self.left.append(("push", str(message.body) if pushed else ""))

        conversation, channel = type(self.Conversation), type(self.env["discuss.channel"])
        self.guarded = conversation._deliver
        for target, name, replacement in (
            (conversation, "_deliver", deliver),
            (channel, "_notify_thread_by_web_push", push),
        ):
            patcher = patch.object(target, name, replacement)
            patcher.start()
            self.addCleanup(patcher.stop)

    def _attempt(self, step, conversation, *how):
        with self._bus() as sent:
            result = super()._attempt(step, conversation, *how)
        self.sent += sent
        return result

    def _gone(self, conversation):
        yield from super()._gone(conversation)
        yield from self.left
        theirs = {str(self.citizen), str(self.portal)}
        for target, kind, payload in self.sent:
            if str(target) in theirs:
                yield f"bus {kind}", json.dumps(payload, default=str)
        # To these channels the citizen's own screen would be subscribed, see Odoo's ir.websocket.
        heard = self.env["discuss.channel"].with_user(self.portal)
        heard = heard.search([("id", "=", conversation.discuss_channel_id.id)])
        yield "bus of the portal", SECRET if heard else ""
        yield "portal", self._read_by_portal(conversation)

    def _read_by_portal(self, conversation):
        """Return the conversation's texts that the citizen's own user can read."""
        env = self.env(user=self.portal)
        found = env["mail.message"].search([("res_id", "=", conversation.discuss_channel_id.id)])
        reachable = [*self.notes.with_env(env), *self.notes.attachment_ids.with_env(env)]
        readable = any(record.has_access("read") for record in reachable)
        return f"{[message.body for message in found]} {SECRET if readable else ''}"

    def test_the_last_guard(self):
        """A note delivered past all other guards is stopped."""
        conversation = self._in_service()
        note = self._note(conversation, SECRET, attachment_ids=self._file("a.txt").ids)
        answer = self._answer(conversation, "Bom dia")
        for message, outgoing in (
            (note, conversation._outgoing_from_message(note)),
            (answer, conversation._outgoing_from_message(note)),
        ):
            with self.assertRaises(ValueError):
                self.guarded(conversation, message, outgoing)

    def test_an_invited_citizen_is_told_nothing(self):
        """Not even a citizen who works for the city and is a user of the platform."""
        self.portal.group_ids = [Command.set(self.env.ref("base.group_user").ids)]
        conversation = self._in_service()
        with self._bus() as sent:
            note = self._note(conversation, SECRET, partner_ids=self.citizen.ids)
        self.assertFalse(note.notification_ids)
        self.assertFalse(
            [one for one in sent if str(one[0]) in {str(self.citizen), str(self.portal)}]
        )
        with self.assertRaises(AccessError):
            note.with_user(self.portal).read(["body"])
