# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.tests import get_db_name, tagged
from odoo.tools import mute_logger

from .common import PASSWORD, WRONG
from .ways_common import RPC_LOGGERS, WaysCase


@tagged("post_install", "-at_install")
class TestNothingForStrangers(WaysCase):
    """Neither tracebacks nor the developer mode."""

    @mute_logger(*RPC_LOGGERS)
    def test_jsonrpc_errors_without_traceback(self):
        self.authenticate(None, None)
        for params in (
            {"service": "common", "method": "nada", "args": []},
            {"service": "object", "method": "execute_kw", "args": [1]},
            {"service": "object", "method": "execute_kw", "args": [get_db_name(), [], {}, 1, 2]},
            {},
        ):
            with self.subTest(params=params):
                error = self._json("/jsonrpc", params)["error"]
                self.assertEqual(error["data"]["debug"], "")
                self.assertNotIn("Traceback", str(error))
                self.assertNotIn(".py", str(error))
                self.assertNotIn("argument", str(error["data"]["message"]))

    @mute_logger(*RPC_LOGGERS)
    def test_xmlrpc_faults_without_traceback(self):
        self.authenticate(None, None)
        for address in ("/xmlrpc/object", "/xmlrpc/2/object"):
            fault = self._xmlrpc(address, "execute_kw", 1)
            told = f"{fault.faultCode} {fault.faultString}"
            self.assertIn("Odoo Server Error", told)
            self.assertNotIn("Traceback", told)
            self.assertNotIn(".py", told)

    @mute_logger(*RPC_LOGGERS)
    def test_people_who_work_here_still_get_it(self):
        self.authenticate("cc_agent", PASSWORD)
        error = self._call("res.users", "context_get", [1, 2, 3, 4])["error"]
        self.assertIn("Traceback", error["data"]["debug"])

    @mute_logger(*RPC_LOGGERS)
    def test_routes_of_the_web_client_without_traceback(self):
        self.authenticate(None, None)
        error = self._json("/web/session/authenticate", {"nada": 1})["error"]
        self.assertEqual((error["data"]["debug"], error["message"]), ("", "Odoo Server Error"))
        self.assertEqual(error["data"]["message"], "Odoo Server Error")

    def test_no_developer_mode_without_a_login(self):
        self.authenticate(None, None)
        plain = self.url_open("/web/login?db=" + get_db_name()).text
        page = self.url_open("/web/login?debug=assets&db=" + get_db_name()).text
        scripts = [text.count("/web/assets/debug/") for text in (plain, page)]
        self.assertEqual(scripts[0], scripts[1])
        self.assertIn('debug: ""', page)

    @mute_logger(*RPC_LOGGERS)
    def test_a_broken_page_tells_nothing(self):
        self.authenticate(None, None)
        home = type(self.env["res.users"])
        with patch.object(home, "_should_captcha_login", side_effect=ZeroDivisionError("segredo")):
            page = self._log_in("cc_agent", WRONG)
        self.assertEqual(page.status_code, 500)
        for word in ("Traceback", "ZeroDivision", "segredo", ".py"):
            self.assertNotIn(word, page.text)
