# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import io
import json
import logging
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.contact_center.core.structured_log import JsonFormatter

from .common import WhatsappCase

NAME, NUMBER, WORDS = "Iracema Quixote", "553199990000", "jabuticaba madura"
ANSWER, AGENT_WORDS = "carambola azul", "pitanga verde"
PERSON = {"wa_id": NUMBER, "user_id": "BR.7007", "name": NAME}


@tagged("post_install", "-at_install")
class TestLog(WhatsappCase):
    """A message's way through the platform leaves ids in the log, and nobody's data."""

    def setUp(self):
        super().setUp()
        self.stream = io.StringIO()
        handler = logging.StreamHandler(self.stream)
        handler.setFormatter(JsonFormatter())
        root, ours = logging.getLogger(), logging.getLogger("odoo.addons")
        for logger in (root, ours):
            self.addCleanup(logger.setLevel, logger.level)
        ours.setLevel(logging.DEBUG)
        root.addHandler(handler)
        self.addCleanup(root.removeHandler, handler)

    def _lines(self):
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]

    def _assert_nobody_named(self):
        written = self.stream.getvalue()
        telephone = NUMBER[2:]
        for word in (NAME, "Iracema", telephone, WORDS, "jabuticaba", ANSWER, AGENT_WORDS):
            self.assertNotIn(word, written)

    def test_the_whole_way(self):
        """A message comes in, bot and agent answer it, and answers are refused or delivered."""
        with self.bot(ANSWER):
            message = self.say(WORDS, PERSON)
        conversation = message.conversation_id
        with self.jobs():
            conversation._hand_over(reason="asked")
            conversation.with_user(self.agent).action_take()
        self.agent_says(conversation, AGENT_WORDS)
        self.meta.fail(131026, message=f"{NUMBER}: {AGENT_WORDS}")
        self.agent_says(conversation, AGENT_WORDS)
        sent = self.Message.search(
            [("conversation_id", "=", conversation.id), ("wamid", "!=", False)]
        )
        self.deliver(*[self.status(one, "delivered") for one in sent if one.direction == "out"])
        self._assert_nobody_named()
        refused = [line for line in self._lines() if "was refused: error 131026" in line["message"]]
        self.assertTrue(refused, "the log tells nothing of what was refused")

    def test_what_fails_is_found_by_its_ids(self):
        """The log says which message and conversation it was, not what was in it."""

        def broken(_conversation, incoming):
            raise ValueError(f"cannot understand {incoming.text}")

        model = self.registry["contact_center.conversation"]
        with (
            patch.object(
                model, "_on_received", lambda _self, incoming, _m: broken(_self, incoming)
            ),
            self.assertLogs("odoo.addons.whatsapp_helpdesk.models.whatsapp_inbox", "ERROR"),
        ):
            # assertLogs takes the handlers away: the line is written as it goes to the log
            logger = logging.getLogger("odoo.addons.whatsapp_helpdesk.models.whatsapp_inbox")
            handler = logging.StreamHandler(self.stream)
            handler.setFormatter(JsonFormatter())
            logger.addHandler(handler)
            self.say(WORDS, PERSON)
        (line,) = [line for line in self._lines() if line["level"] == "ERROR"]
        self.assertEqual(line["wamid"], "wamid.in1")
        self.assertTrue(line["conversation"])
        self.assertEqual(line["error"]["class"], "builtins.ValueError")
        self._assert_nobody_named()
