# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import dataclasses
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestMessageHooks(ContactCenterCase):
    """Hooks of addons on the way of a message, each in its one place."""

    def test_what_may_not_be_served_is_kept_and_not_heard(self):
        conversation, heard = self._open(), []
        seen = []

        def refuse(_conversation, incoming, message):
            seen.append((incoming.text, message.model))
            return False

        with self._bot(heard), patch.object(type(conversation), "_may_be_served", refuse):
            message = conversation._receive(self._text("oi"))
        self.assertEqual((heard, seen), ([], [("oi", "discuss.channel")]))
        self.assertIn("oi", self._said(conversation))
        with self._bot(heard):
            conversation._serve_without_people(self._text("oi"), message)
        self.assertEqual(len(heard), 1)

    def test_with_people_nobody_is_asked(self):
        conversation = self._in_service()
        with patch.object(type(conversation), "_may_be_served") as asked:
            conversation._receive(self._text("oi"))
        asked.assert_not_called()

    def test_what_goes_along_is_kept_and_delivered(self):
        conversation, told = self._open(), []

        def more(_conversation, outgoing):
            return dataclasses.replace(outgoing, text=f"{outgoing.text} Aviso.")

        def was_said(_conversation, message, outgoing):
            told.append((message, outgoing.text))

        with (
            self._delivered() as delivered,
            patch.object(type(conversation), "_with_what_goes_along", more),
            patch.object(type(conversation), "_was_said", was_said),
        ):
            message = conversation._say(self._outgoing("Olá!"))
        self.assertEqual(delivered[0][1].text, "Olá! Aviso.")
        self.assertEqual(told, [(message, "Olá! Aviso.")])
        self.assertIn("Olá! Aviso.", self._said(conversation)[-1])

    def test_a_reaction_may_be_taken_before_the_bot_hears_it(self):
        conversation = self._open()
        question = conversation._say(self._outgoing())
        with patch.object(type(conversation), "_on_bot_reaction", return_value=True) as bot:
            self.assertTrue(conversation._receive_reaction(question, "👍"))
            bot.assert_called_once()
            with patch.object(type(conversation), "_hear_reaction", return_value=False):
                self.assertFalse(conversation._receive_reaction(question, "👍"))
            bot.assert_called_once()

    def test_who_may_not_serve_takes_nothing(self):
        waiting = self._waiting()
        refuse = patch.object(
            type(waiting), "_check_agent_may_serve", side_effect=AccessError("not yet")
        )
        with refuse, self.assertRaises(AccessError):
            waiting.with_user(self.agent).action_take()
        self.assertEqual(waiting.state, "queued")
