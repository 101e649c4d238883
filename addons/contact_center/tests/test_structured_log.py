# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import io
import json
import logging
import os
import tempfile
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from .. import structured_log
from ..core.structured_log import JsonFormatter, hide_personal, log_scope, note_in_log


@tagged("post_install", "-at_install")
class TestStructuredLog(BaseCase):
    """The log as JSON: what a line has, and what it never has."""

    def setUp(self):
        super().setUp()
        self.stream = io.StringIO()
        self.handler = logging.StreamHandler(self.stream)
        self.handler.setFormatter(JsonFormatter())
        self.logger = logging.getLogger("contact_center.of_this_test")
        self.logger.setLevel(logging.INFO)
        self.logger.propagate = False
        self.logger.addHandler(self.handler)
        self.addCleanup(self.logger.removeHandler, self.handler)

    def _lines(self):
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]

    def test_a_line_tells_time_level_and_place(self):
        self.logger.warning("Queue %s is empty", 3)
        (line,) = self._lines()
        self.assertEqual(line["message"], "Queue 3 is empty")
        self.assertEqual((line["level"], line["logger"]), ("WARNING", self.logger.name))
        self.assertRegex(line["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$")
        self.assertEqual(line["pid"], os.getpid())

    def test_ids_of_the_scope_and_of_the_line(self):
        with log_scope(job="a-job", wamid="wamid.1", citizen="Maria"):
            note_in_log(conversation=7)
            self.logger.info("within")
            with log_scope(wamid="wamid.2"):
                self.logger.info("deeper")
        note_in_log(conversation=8)
        self.logger.info("after", extra={"conversation": 9, "text": "Maria"})
        within, deeper, after = self._lines()
        self.assertEqual(
            (within["job"], within["wamid"], within["conversation"]), ("a-job", "wamid.1", 7)
        )
        self.assertEqual((deeper["job"], deeper["wamid"]), ("a-job", "wamid.2"))
        self.assertNotIn("job", after)
        self.assertEqual(after["conversation"], 9)
        self.assertNotIn("Maria", self.stream.getvalue())

    def test_of_an_exception_its_class_and_place_only(self):
        try:
            raise ValueError("the citizen typed jabuticaba")
        except ValueError:
            self.logger.exception("Event %s failed", 12)
        (line,) = self._lines()
        self.assertEqual(line["error"]["class"], "builtins.ValueError")
        self.assertIn("test_structured_log.py", line["error"]["at"][-1])
        self.assertNotIn("jabuticaba", self.stream.getvalue())

    def test_telephones_documents_and_addresses_are_hidden(self):
        hidden = ("+5531988887777", "31988887777", "maria.silva@example.org", "529.982.247-25")
        for word in hidden:
            self.assertEqual(hide_personal(f"from {word}, again"), "from ***, again")
        kept = (
            "2026-11-30 11:40:00,123 took 0.123 s",
            "job 1f0e6f9c-1b2c-4d5e-8f90-123456789012",
            "conversation 123456",
        )
        for text in kept:
            self.assertEqual(hide_personal(text), text)

    def test_only_where_it_is_wanted(self):
        with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
            file.write("[options]\nworkers = 2\n[contact_center]\nlog_format = json\n")
            file.flush()
            for variable, path, expected in (
                ("", "", False),
                ("json", "", True),
                ("", file.name, True),
                ("text", file.name, False),
            ):
                with (
                    patch.dict(os.environ, {structured_log.VARIABLE: variable}),
                    patch.object(structured_log, "config", {"config": path}),
                ):
                    self.assertEqual(structured_log.wanted(), expected, (variable, path))
