# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import inspect
import itertools
import json
import logging
import threading
from collections import Counter
from unittest.mock import patch

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .test_secrets import VALUES, SecretsCase

OURS = ("contact_center", "whatsapp_helpdesk", "glpi_connector", "chatbot_flow")
# Answers of a server that works: 503 is what the health page says when something does not
UNWELL = {"/contact_center/health": {503}}
# Odoo logs what is no XML; the proxy lets nobody come that far
LOGGED = "/xmlrpc/"
# Whatever a parameter may be: none of it is what a program of ours sends
HOSTILE = (
    *("", " ", "0", "-1", "9" * 30, "1e999", "NaN", "None", "null", "true", "[]", "{}", "[[1]]"),
    *(
        "é",
        "😀",
        "\u202e",
        "\x00",
        "%00",
        "%ff%fe",
        "../../etc/passwd",
        "<script>alert(1)</script>",
    ),
    *(
        "' OR 1=1 --",
        "{{7*7}}",
        "${7*7}",
        "a" * 5000,
        "\r\nX-Injected: 1",
        "res.users",
        "javascript:x",
    ),
)
HOSTILE_JSON = (None, True, -1, 2**70, 1.5, "", "\x00", "é" * 500, [], [None], {}, {"a": {"b": []}})
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND")
# Texts that no answer ever holds, for any role
TELLING = ("Traceback (most recent", "psycopg2", 'File "/', "site-packages", "odoo/addons/")
ROLES = (
    ("nobody", None),
    ("portal", "base.group_portal"),
    ("employee", "base.group_user"),
    ("technician", "contact_center.group_technician"),
    ("administrator", "contact_center.group_administrator"),
)


class Kept(mute_logger):
    """Keeps errors and worse out of the log, and remembers them."""

    def __init__(self, *loggers):
        super().__init__(*loggers)
        self.lines = []

    def __enter__(self):
        super().__enter__()
        return self

    def emit(self, record):
        if record.levelno >= logging.ERROR:
            self.lines.append(f"{record.name}: {record.getMessage()}\n{record.exc_text or ''}")


@tagged("post_install", "-at_install")
class TestEveryRoute(SecretsCase, HttpCase):
    """Every address of our addons answers anything in a civil way, and tells nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for login, group in ROLES[1:]:
            user = new_test_user(cls.env, f"cc_route_{login}", group)
            user.password = f"cc_route_{login}_1"
        cls.hostile = itertools.cycle(HOSTILE)
        cls.hostile_json = itertools.cycle(HOSTILE_JSON)

    def _routes(self):
        """Rules of Odoo's map whose method is ours, also where it extends Odoo's.

        Three of those that lead to one method: Odoo has twenty addresses for a picture.
        """
        found, counts = [], Counter()
        for rule in self.env["ir.http"].routing_map().iter_rules():
            function = getattr(rule.endpoint, "func", rule.endpoint)
            module = getattr(function, "__module__", "")
            if module.startswith("odoo.addons.") and module.split(".")[2].startswith(OURS):
                counts[function.__qualname__, module] += 1
                if counts[function.__qualname__, module] <= 3:
                    found.append(rule)
        return found

    def _address(self, rule):
        """Return the address with something in the place of each converter."""
        parts = []
        for dynamic, part in rule._trace:
            if not dynamic:
                parts.append(part.replace("|", "", 1) if part.startswith("|") else part)
                continue
            kind = type(rule._converters[part]).__name__
            number = next(self.numbers)
            parts.append(number if "Integer" in kind or "Model" in kind else f"x{number}")
        return "".join(parts)

    def _parameters(self, rule):
        """Names that the method takes, beside those in the address."""
        function = getattr(rule.endpoint, "func", rule.endpoint)
        names = [
            name
            for name, one in inspect.signature(inspect.unwrap(function)).parameters.items()
            if one.kind in (one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY) and name != "self"
        ]
        return [name for name in names if name not in rule.arguments]

    def _login(self, role):
        if role == "nobody":
            self.authenticate(None, None)
        else:
            self.authenticate(f"cc_route_{role}", f"cc_route_{role}_1")

    def _ask(self, kept, method, address, rule, **sent):
        """Make one request, and hold its answer to what every answer keeps to."""
        answer = self.url_open(address, method=method, allow_redirects=False, **sent)
        said = f"{method} {address[:200]} {str(sent)[:300]} -> {answer.status_code}"
        allowed = UNWELL.get(rule.rule, set())
        self.assertTrue(answer.status_code < 500 or answer.status_code in allowed, said)
        text = answer.text
        for telling in (*TELLING, *VALUES):
            self.assertNotIn(telling, text, said)
        self.assertNotIn("X-Injected", answer.headers, said)
        kind = answer.headers.get("Content-Type", "")
        if kind.startswith("application/json") and method != "HEAD":
            self._check_json(answer, said)
        if not rule.rule.startswith(LOGGED):
            self.assertEqual(kept.lines, [], said)
        kept.lines.clear()

    def _check_json(self, answer, said):
        """Check that an error is Odoo's or HTTP's own, not what Python happened to raise."""
        body = json.loads(answer.text)
        error = body.get("error") if isinstance(body, dict) else None
        if isinstance(error, dict) and isinstance(error.get("data"), dict):
            self.assertRegex(error["data"]["name"], r"^(odoo\.|werkzeug\.)", f"{said} {error}")

    def test_every_route_is_civil_to_everybody(self):
        # Odoo's map is made in the thread of a request
        with patch.object(threading.current_thread(), "dbname", self.env.cr.dbname, create=True):
            routes = self._routes()
        found = {rule.rule for rule in routes}
        self.assertIn("/whatsapp/webhook", found)
        self.assertIn("/glpi/webhook/<string:token>", found)
        self.assertGreater(len(routes), 15, found)
        # what there is, what there is not, what no number is
        self.numbers = itertools.cycle(("1", "0", "2147483648", "99999999999999999999"))
        for role, _group in ROLES:
            self._login(role)
            for rule in routes:
                with (
                    self.subTest(role=role, route=rule.rule),
                    Kept("odoo.http", "werkzeug", "odoo.sql_db", "odoo.addons") as kept,
                ):
                    self._try(kept, rule)
                    if role in ("nobody", "technician"):
                        self._try_bodies_and_methods(kept, rule)

    def _try(self, kept, rule):
        names = self._parameters(rule) or ["x"]
        for _round in range(2):
            self._ask(
                *(kept, "GET", self._address(rule), rule),
                params={name: next(self.hostile) for name in names},
            )
            self._ask(
                *(kept, "POST", self._address(rule), rule),
                data={name: next(self.hostile) for name in names},
            )
            self._ask(
                *(kept, "POST", self._address(rule), rule),
                json={
                    "jsonrpc": "2.0",
                    "id": 1,
                    "params": {name: next(self.hostile_json) for name in names},
                },
            )

    def _try_bodies_and_methods(self, kept, rule):
        for body in (b"", b"\xff\xfe", b"{", b"[" * 3000, b"null", b'"x"', b"<a/>"):
            self._ask(
                *(kept, "POST", self._address(rule), rule),
                data=body,
                headers={"Content-Type": "application/json"},
            )
        for method in METHODS:
            self._ask(kept, method, self._address(rule), rule)
