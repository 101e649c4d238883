# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
import time
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tests.common import JsonRpcException, get_db_name
from odoo.tools import mute_logger

from odoo.addons.auth_totp.models.totp import hotp

from ..models.res_users_second_factor import ENROL_URL
from .common import PASSWORD, WRONG, LoginCase


@tagged("post_install", "-at_install")
class TestPasswords(LoginCase):
    def _refusal(self, password):
        portuguese = self.agent.with_context(lang="pt_BR")
        with self.assertRaises(UserError) as refused:
            portuguese.password = password
        return str(refused.exception)

    def test_short_password_is_refused(self):
        self.assertIn("12", self._refusal("Curta-123"))

    def test_weak_passwords_are_refused_in_words(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.env["ir.module.module"]._load_module_terms(["contact_center_security"], ["pt_BR"])
        self.assertIn("letras", self._refusal("123456789012"))
        self.assertIn("adivinhadas", self._refusal("prefeitura2026"))
        self.assertIn("nome", self._refusal("cc_agent-2026-2027"))
        self.assertIn("repete", self._refusal("aaaa1111aaaa1111"))

    def test_good_passwords_are_taken(self):
        for password in (PASSWORD, "joana-demo-2026", "três tigres tristes 3"):
            self.agent.password = password
            self.assertTrue(self._logged_in(self._log_in("cc_agent", password)), password)

    def test_nobody_makes_an_account_by_themselves(self):
        self.authenticate(None, None)
        page = self.url_open("/web/login?db=" + get_db_name())
        self.assertNotIn("/web/signup", page.text)
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open("/web/signup").status_code, 404)

    def test_switched_on_once(self):
        self.env["ir.config_parameter"].set_param("auth_password_policy.minlength", "16")
        self.env["contact_center.security"]._switch_on()
        self.assertEqual(
            self.env["ir.config_parameter"].get_param("auth_password_policy.minlength"), "16"
        )
        self.assertEqual(self.env["contact_center.security"]._missing(), [])

    def test_nothing_is_refused_where_it_is_switched_off(self):
        self.env["ir.config_parameter"].set_param("contact_center_security.password_rules", False)
        self.agent.password = "123456789012"


@tagged("post_install", "-at_install")
class TestLoginThrottling(LoginCase):
    @mute_logger("odoo.addons.base.models.res_users")
    def test_sixth_wrong_password_is_refused_and_unlocks(self):
        for _try in range(5):
            self.assertFalse(self._logged_in(self._log_in("cc_agent", WRONG)))
        # Even the right password is not looked at now.
        refused = self._log_in("cc_agent", PASSWORD)
        self.assertFalse(self._logged_in(refused))
        self.assertRegex(refused.text, "Too many wrong passwords|Muitas senhas erradas")
        # Others at the same address go on working.
        self.assertTrue(self._logged_in(self._log_in("cc_supervisor", PASSWORD)))
        failure = self.env["contact_center.login.failure"].search(
            [("login", "=", "cc_agent"), ("source", "!=", "*")]
        )
        self.assertEqual(failure.count, 5)
        failure.last_at = fields.Datetime.now() - timedelta(minutes=6)
        self.env.flush_all()
        self.assertTrue(self._logged_in(self._log_in("cc_agent", PASSWORD)))
        self.assertFalse(failure.exists())

    @mute_logger("odoo.addons.base.models.res_users")
    def test_right_password_forgets_the_wrong_ones(self):
        for _round in range(2):
            for _try in range(4):
                self._log_in("cc_agent", WRONG)
            self.assertTrue(self._logged_in(self._log_in("cc_agent", PASSWORD)))

    def test_failures_are_for_the_system_administrator(self):
        failures = self.env["contact_center.login.failure"]
        for user in (self.agent, self.supervisor, self.administrator, self.manager):
            self.assertFalse(failures.with_user(user).has_access("read"), user.login)

    def test_old_failures_are_forgotten(self):
        failures = self.env["contact_center.login.failure"]
        old = fields.Datetime.now() - timedelta(days=2)
        failures.create({"login": "x", "source": "10.0.0.1", "count": 1, "last_at": old})
        failures._gc_login_failures()
        self.assertFalse(failures.search([("login", "=", "x")]))


@tagged("post_install", "-at_install")
class TestSecondFactor(LoginCase):
    def test_login_with_a_code_of_the_app(self):
        secret = base64.b32encode(b"contact-center-test!").decode()
        self.supervisor.sudo().totp_secret = secret
        self.env.flush_all()
        page = self._log_in("cc_supervisor", PASSWORD)
        self.assertTrue(page.url.endswith("/web/login/totp"))
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        wrong = self.url_open("/web/login/totp", data={"totp_token": "000000", "csrf_token": token})
        self.assertIn("/web/login/totp", wrong.url)
        code = self._code(secret)
        right = self.url_open("/web/login/totp", data={"totp_token": code, "csrf_token": token})
        self.assertNotIn("/web/login", right.url)

    def _code(self, secret):
        """Return the six digits that the app shows now."""
        return f"{hotp(base64.b32decode(secret), int(time.time() / 30)):06}"

    def _without_a_code_by_mail(self):
        """Each reason for which a code by e-mail cannot arrive."""
        self.env["ir.mail_server"].search([]).unlink()
        yield "there is no mail server"
        self.env["ir.mail_server"].create({"name": "x", "smtp_host": "localhost"})
        yield "the address is a placeholder"
        self.supervisor.email = False
        yield "there is no address"

    def test_password_alone_lets_no_leader_in(self):
        for reason in self._without_a_code_by_mail():
            with self.subTest(reason=reason):
                self.assertEqual(self.supervisor._mfa_url(), ENROL_URL)
                self.assertTrue(self.supervisor._rpc_api_keys_only())
                page = self._log_in("cc_supervisor", PASSWORD)
                self.assertIn(ENROL_URL, page.url)
                self.assertRegex(page.text, "authenticator app|aplicativo autenticador")
                with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
                    self.make_jsonrpc_request("/web/session/modules")
                self.assertFalse(self.url_open("/odoo").url.endswith("/odoo"))

    def test_others_are_let_in_without(self):
        self.assertIsNone(self.agent._mfa_url())
        self.assertFalse(self.agent._rpc_api_keys_only())
        self.env["ir.config_parameter"].set_param("auth_totp.policy", False)
        self.assertIsNone(self.supervisor._mfa_url(), "nobody asks for a second factor")

    def test_leader_sets_up_the_app_and_is_let_in(self):
        page = self._log_in("cc_supervisor", PASSWORD)
        secret = page.text.split("<code>")[1].split("</code>")[0].replace(" ", "")
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        route = ENROL_URL
        for wrong in ("000000", "abc", "", "١٢٣٤٥٦"):
            refused = self.url_open(route, data={"code": wrong, "csrf_token": token})
            self.assertIn(route, refused.url)
        self.assertFalse(self.supervisor.totp_enabled)
        code = self._code(secret)
        right = self.url_open(route, data={"code": f"{code[:3]} {code[3:]}", "csrf_token": token})
        self.assertTrue(self._logged_in(right))
        self.assertNotIn(route, right.url)
        self.env.invalidate_all()
        self.assertTrue(self.supervisor.totp_enabled)
        self.make_jsonrpc_request("/web/session/modules")
        self.assertTrue(self._log_in("cc_supervisor", PASSWORD).url.endswith("/web/login/totp"))

    def test_page_is_nothing_without_the_password(self):
        self.authenticate(None, None)
        page = self.url_open(ENROL_URL)
        self.assertIn("/web/login", page.url)
        self.assertNotIn("<code>", page.text)
        self.env["ir.mail_server"].create({"name": "x", "smtp_host": "localhost"})
        self.supervisor.totp_secret = base64.b32encode(b"contact-center-test!").decode()
        self.env.flush_all()
        self._log_in("cc_supervisor", PASSWORD)
        page = self.url_open(ENROL_URL)
        self.assertIn("/web/login/totp", page.url, "who has an app does not set up another")

    def test_where_to_go_afterwards_begins_no_header(self):
        self.authenticate("cc_supervisor", PASSWORD)
        answer = self.url_open(
            ENROL_URL, params={"redirect": "/odoo\r\nX-Injected: 1"}, allow_redirects=False
        )
        self.assertEqual(answer.status_code, 303)
        self.assertNotIn("X-Injected", answer.headers)

    def test_leaders_get_a_code_by_mail_where_it_can_arrive(self):
        self.env["ir.mail_server"].create({"name": "x", "smtp_host": "localhost"})
        leaders = self.supervisor + self.administrator
        leaders.email = "ti@pmjm.mg.gov.br"
        for user in leaders:
            self.assertEqual(user._mfa_type(), "totp_mail")
            self.assertEqual(user._mfa_url(), "/web/login/totp")
            self.assertTrue(user._rpc_api_keys_only())
        self.agent.email = "ti@pmjm.mg.gov.br"
        self.assertIsNone(self.agent._mfa_type())
