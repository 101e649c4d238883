# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every way in, with wrong passwords again and again, is counted in one place."""

from unittest.mock import patch

from odoo.exceptions import AccessDenied
from odoo.tests import get_db_name, tagged
from odoo.tools import mute_logger

from ..models.login_failure import LoginFailure
from .common import PASSWORD, WRONG
from .ways_common import RPC_LOGGERS, TOO_MANY, WaysCase


@tagged("post_install", "-at_install")
class TestWaysIn(WaysCase):
    # ------------------------------------------------------------
    # RPC
    # ------------------------------------------------------------

    @mute_logger(*RPC_LOGGERS)
    def test_jsonrpc_login_is_refused_after_five_wrong_passwords(self):
        self.authenticate(None, None)
        for _try in range(5):
            self.assertFalse(self._rpc_login(WRONG))
        self.assertEqual(self._counted(), 5)
        self.assertFalse(self._rpc_login(PASSWORD), "the right password is not looked at now")
        self.assertRegex(self._rpc_call(PASSWORD)["error"]["data"]["message"], TOO_MANY)

    @mute_logger(*RPC_LOGGERS)
    def test_jsonrpc_call_is_refused_after_five_wrong_passwords(self):
        self.authenticate(None, None)
        self.assertIn("result", self._rpc_call(PASSWORD), "Odoo keeps in mind that it was right")
        for _try in range(5):
            self.assertIn("error", self._rpc_call(WRONG))
        self.assertRegex(self._rpc_call(PASSWORD)["error"]["data"]["message"], TOO_MANY)

    @mute_logger(*RPC_LOGGERS)
    def test_all_ways_share_one_count(self):
        self.authenticate(None, None)
        credentials = (get_db_name(), "cc_agent", WRONG, {})
        for address in ("/xmlrpc/2/common", "/xmlrpc/common"):
            self.assertIs(self._xmlrpc(address, "authenticate", *credentials), False)
        self.assertFalse(self._rpc_login(WRONG))
        self.assertTrue(self._session("cc_agent", WRONG))
        self.assertFalse(self._logged_in(self._log_in("cc_agent", WRONG)))
        self.assertEqual(self._counted(), 5)
        right = (get_db_name(), "cc_agent", PASSWORD, {})
        self.assertIs(self._xmlrpc("/xmlrpc/2/common", "authenticate", *right), False)
        self.assertFalse(self._rpc_login(PASSWORD))
        self.assertRegex(self._session("cc_agent", PASSWORD), TOO_MANY)
        self.assertFalse(self._logged_in(self._log_in("cc_agent", PASSWORD)))

    @mute_logger(*RPC_LOGGERS)
    def test_a_list_of_logins_is_no_login(self):
        """Odoo would look a list up as several logins; each list would be a new counter."""
        self.authenticate(None, None)
        for login in (["cc_agent", "x"], [], None, 7, {"a": 1}, "cc_agent\0", "\0"):
            with self.subTest(login=login):
                answer = self._json(
                    "/web/session/authenticate",
                    {"db": get_db_name(), "login": login, "password": PASSWORD},
                )
                self.assertEqual(answer["error"]["data"]["name"], "odoo.exceptions.AccessDenied")
        for password in (None, [PASSWORD], 7, ""):
            self.assertTrue(self._session("cc_agent", password))

    @mute_logger(*RPC_LOGGERS)
    def test_logins_that_nobody_has_are_counted_too(self):
        self.authenticate(None, None)
        for login in ("ninguem", "x" * 10_000):
            for _try in range(5):
                self.assertNotRegex(self._session(login, WRONG), TOO_MANY)
            self.assertRegex(self._session(login, WRONG), TOO_MANY)
        self.assertEqual(self._counted("x" * 200), 5)

    @mute_logger(*RPC_LOGGERS)
    def test_api_keys_that_do_not_exist(self):
        self.authenticate(None, None)
        bad = {"Authorization": "Bearer 0123456789abcdef0123456789abcdef01234567"}
        url = "/json/2/res.users/context_get"
        answers = [
            self.url_open(url, json={"context": {}}, headers=bad).status_code for _try in range(51)
        ]
        self.assertEqual(set(answers[:50]), {401})
        self.assertEqual(answers[50], 403, "refused without looking")

    @mute_logger(*RPC_LOGGERS)
    def test_a_wrong_password_over_rpc_does_not_count_as_a_wrong_key(self):
        """Odoo looks each password of RPC up among the keys: that is no second attempt."""
        self.authenticate(None, None)
        credentials = (get_db_name(), "cc_agent", WRONG)
        call = (get_db_name(), self.agent.id, WRONG, "res.users", "context_get", [])
        ways = {
            "jsonrpc login": lambda: self._rpc_login(WRONG),
            "jsonrpc call": lambda: self._rpc_call(WRONG),
            "xmlrpc authenticate": lambda: self._xmlrpc(
                "/xmlrpc/2/common", "authenticate", *credentials, {}
            ),
            "xmlrpc call": lambda: self._xmlrpc("/xmlrpc/2/object", "execute_kw", *call),
        }
        for number, (way, attempt) in enumerate(ways.items(), 1):
            with self.subTest(way=way):
                attempt()
                self.assertEqual(self._counted(), number)
                self.assertFalse(self._counted("*", "key"))
        bad = {"Authorization": "Bearer 0123456789abcdef0123456789abcdef01234567"}
        self.url_open("/json/2/res.users/context_get", json={"context": {}}, headers=bad)
        self.assertEqual(self._counted("*", "key"), 1)
        self.assertEqual(self._counted(), len(ways), "nor is a wrong key a wrong password")

    # ------------------------------------------------------------
    # Somebody at a screen that is not theirs
    # ------------------------------------------------------------

    @mute_logger(*RPC_LOGGERS)
    def test_changing_ones_password_is_refused_after_five_wrong_ones(self):
        self.authenticate("cc_agent", PASSWORD)
        new = "girassol-verde-2027"
        for _try in range(5):
            refused = self._call_refusal("res.users", "change_password", [WRONG, new])
            self.assertNotRegex(refused, TOO_MANY)
        self.assertEqual(self._counted(), 5)
        refused = self._call_refusal("res.users", "change_password", [PASSWORD, new])
        self.assertRegex(refused, TOO_MANY)

    @mute_logger(*RPC_LOGGERS)
    def test_a_locked_screen_is_refused_after_five_wrong_ones(self):
        self.authenticate("cc_agent", PASSWORD)
        route = "/auth-timeout/session/check-identity"
        for _try in range(5):
            wrong = self._json(route, {"type": "password", "password": WRONG})
            self.assertIn("error", wrong)
        right = self._refusal(route, {"type": "password", "password": PASSWORD})
        self.assertRegex(right, TOO_MANY)

    @mute_logger(*RPC_LOGGERS)
    def test_the_dialog_for_what_is_delicate(self):
        self.authenticate("cc_agent", PASSWORD)
        check = self._call("res.users", "api_key_wizard", [[self.agent.id]])["result"]
        arguments = (check["res_model"], "run_check", [[check["res_id"]]])
        for _try in range(5):
            refused = self._call_refusal(*arguments, context={"password": WRONG})
            self.assertRegex(refused, "Incorrect Password|Senha incorreta")
        refused = self._call_refusal(*arguments, context={"password": PASSWORD})
        self.assertRegex(refused, TOO_MANY)

    @mute_logger(*RPC_LOGGERS)
    def test_codes_of_the_second_factor(self):
        """Knowing the password lets nobody guess more codes by logging in again and again."""
        self.agent.sudo().totp_secret = "MFRGGZDFMZTWQ2LK"
        self.env.flush_all()
        for _try in range(6):
            page = self._log_in("cc_agent", PASSWORD)
            token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
            form = {"totp_token": "000000", "csrf_token": token}
            answer = self.url_open("/web/login/totp", data=form)
        self.assertRegex(answer.text, "Too many wrong codes|Muitos códigos errados")
        self.assertEqual(self._counted(kind="code"), 5)
        # The second step is no first one
        page = self.url_open("/web/login?db=" + get_db_name())
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        form = {"login": "cc_agent", "password": "x", "type": "totp", "csrf_token": token}
        self.assertFalse(self._logged_in(self.url_open("/web/login", data=form)))

    # ------------------------------------------------------------
    # New passwords
    # ------------------------------------------------------------

    def _ask_new_password(self, login):
        self.authenticate(None, None)
        page = self.url_open("/web/reset_password?db=" + get_db_name())
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        return self.url_open("/web/reset_password", data={"login": login, "csrf_token": token}).text

    def test_asking_for_a_new_password_is_limited_and_tells_no_logins(self):
        sent = []
        users = type(self.env["res.users"])
        with patch.object(users, "action_reset_password", lambda user: sent.append(user.login)):
            for _try in range(5):
                known = self._ask_new_password("cc_agent")
            sixth = self._ask_new_password("cc_agent")
            unknown = self._ask_new_password("ninguem")
        self.assertEqual(sent, ["cc_agent"] * 5)
        self.assertRegex(sixth, "Too many tries|Muitas tentativas")
        for page in (known, unknown):
            self.assertNotIn("alert-danger", page)
            self.assertIn("alert-success", page)

    @mute_logger(*RPC_LOGGERS)
    def test_a_new_password_is_a_new_start(self):
        self.authenticate(None, None)
        for _try in range(5):
            self._rpc_login(WRONG)
        self.agent.password = "girassol-verde-2027"
        self.env.flush_all()
        self.assertTrue(self._rpc_login("girassol-verde-2027"))

    # ------------------------------------------------------------
    # Many logins, many addresses
    # ------------------------------------------------------------

    def _tries(self, count, login, address):
        """Return how many of `count` wrong attempts are checked."""
        failures = self.env["contact_center.login.failure"]
        looked = 0
        with patch.object(LoginFailure, "_source", lambda _failures: address):
            for number in range(count):
                try:
                    with failures._guard("password", login(number)):
                        looked += 1
                        raise AccessDenied()
                except AccessDenied:
                    continue
        return looked

    def test_one_address_tries_one_password_with_all_logins(self):
        self.assertEqual(self._tries(80, "joana{}".format, "203.0.113.7"), 50)
        self.assertEqual(self._tries(80, "joana{}".format, "203.0.113.8"), 50)

    def test_many_addresses_try_one_login(self):
        looked = sum(
            self._tries(5, lambda _number: "cc_agent", f"203.0.113.{host}") for host in range(20)
        )
        self.assertEqual(looked, 50)

    def test_addresses_of_one_ipv6_subscriber_are_one(self):
        looked = sum(
            self._tries(1, lambda _number: "cc_agent", f"2001:db8:1:2::{host:x}")
            for host in range(1, 20)
        )
        self.assertEqual(looked, 5)

    def test_ones_own_account_does_not_empty_the_address(self):
        failures = self.env["contact_center.login.failure"]
        self._tries(49, "joana{}".format, "203.0.113.9")
        with (
            patch.object(LoginFailure, "_source", lambda _failures: "203.0.113.9"),
            failures._guard("password", "cc_agent"),
        ):
            pass
        self.assertEqual(self._tries(5, "pedro{}".format, "203.0.113.9"), 1)
