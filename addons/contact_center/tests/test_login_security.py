import base64
import time
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.http import root
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException, get_db_name
from odoo.tools import mute_logger

from odoo.addons.auth_totp.models.totp import hotp

from .common import ContactCenterCase

PASSWORD = "girassol-azul-2026"
WRONG = "girassol-azul-2025"


class LoginCase(ContactCenterCase, HttpCase):
    """The recommended rules switched on, one technician and one supervisor with passwords."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("contact_center.security_switched_on", False)
        cls.env["contact_center.security"]._switch_on()
        (cls.agent + cls.supervisor).password = PASSWORD

    def _log_in(self, login, password):
        """Post the login form; returns the response after all redirects."""
        self.authenticate(None, None)
        page = self.url_open("/web/login?db=" + get_db_name())
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        form = {"login": login, "password": password, "csrf_token": token}
        return self.url_open("/web/login", data=form)

    def _logged_in(self, response):
        return "/web/login" not in response.url and response.ok


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
        self.env["ir.module.module"]._load_module_terms(["contact_center"], ["pt_BR"])
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
        self.env["ir.config_parameter"].set_param("contact_center.password_rules", False)
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
        """The six digits that the app shows now."""
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
                self.assertEqual(self.supervisor._mfa_url(), "/contact_center/second-factor")
                self.assertTrue(self.supervisor._rpc_api_keys_only())
                page = self._log_in("cc_supervisor", PASSWORD)
                self.assertIn("/contact_center/second-factor", page.url)
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
        route = "/contact_center/second-factor"
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
        page = self.url_open("/contact_center/second-factor")
        self.assertIn("/web/login", page.url)
        self.assertNotIn("<code>", page.text)
        self.env["ir.mail_server"].create({"name": "x", "smtp_host": "localhost"})
        self.supervisor.totp_secret = base64.b32encode(b"contact-center-test!").decode()
        self.env.flush_all()
        self._log_in("cc_supervisor", PASSWORD)
        page = self.url_open("/contact_center/second-factor")
        self.assertIn("/web/login/totp", page.url, "who has an app does not set up another")

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


@tagged("post_install", "-at_install")
class TestSessions(LoginCase):
    def _idle(self, minutes):
        """The screen tells that nobody touched it for so long."""
        session = root.session_store.get(self.session.sid)
        self.env["ir.http"].with_user(self.agent)._set_session_inactivity(
            session, inactivity_period=minutes * 60_000
        )

    def _age(self, hours):
        """The person logged in so long ago."""
        session = root.session_store.get(self.session.sid)
        session["create_time"] = time.time() - hours * 3600
        root.session_store.save(session)

    def _work(self):
        """A call that any screen makes, also one that polls."""
        return self.make_jsonrpc_request("/web/session/modules")

    @mute_logger("odoo.http")
    def test_idle_screen_is_locked_until_the_password_is_given(self):
        self.authenticate("cc_agent", PASSWORD)
        self._work()
        self._idle(31)
        for _poll in range(3):
            with self.assertRaisesRegex(JsonRpcException, "CheckIdentity"):
                self._work()
        page = self.url_open("/report/html/web.preview_internalreport/1")
        self.assertIn("/auth-timeout/check-identity", page.url)
        self.assertIn("auth_timeout.check_identity_form", page.text)
        route = "/auth-timeout/session/check-identity"
        self.make_jsonrpc_request(route, {"type": "password", "password": PASSWORD})
        self._work()

    @mute_logger("odoo.http")
    def test_polling_does_not_keep_an_idle_session(self):
        self.authenticate("cc_agent", PASSWORD)
        for minutes in (10, 20, 29):
            self._idle(minutes)
            self._work()
        self._idle(30)
        with self.assertRaisesRegex(JsonRpcException, "CheckIdentity"):
            self._work()

    def test_somebody_at_work_is_not_thrown_out(self):
        self.authenticate("cc_agent", PASSWORD)
        self._age(hours=9)
        self._idle(1)
        self._work()

    @mute_logger("odoo.http")
    def test_nobody_stays_logged_in_for_ever(self):
        self.authenticate("cc_agent", PASSWORD)
        self._age(hours=13)
        with self.assertRaisesRegex(JsonRpcException, "SessionExpired"):
            self._work()


@tagged("post_install", "-at_install")
class TestIdleOnTheServer(LoginCase):
    """The idle time counts on the server: no browser needs to report it."""

    def setUp(self):
        super().setUp()
        self.conversation = self._in_service()
        self.authenticate("cc_agent", PASSWORD)

    def _unseen(self, minutes):
        """Nobody was seen in this session for so long, and no browser said so."""
        session = root.session_store.get(self.session.sid)
        at = time.time() - minutes * 60
        session["create_time"] = session["contact_center_last_seen"] = at
        root.session_store.save(session)

    def _messages(self):
        channel = self.conversation.discuss_channel_id
        return self.make_jsonrpc_request("/discuss/channel/messages", {"channel_id": channel.id})

    def _private(self):
        return self.make_jsonrpc_request("/web/session/modules")

    @mute_logger("odoo.http")
    def test_routes_of_users_and_public_ones_are_refused(self):
        self._messages()
        self._unseen(31)
        for call in (self._private, self._messages):
            with self.assertRaisesRegex(JsonRpcException, "CheckIdentity"):
                call()
        file = self.env["ir.attachment"].create(
            {
                "name": "rg.txt",
                "raw": b"documento",
                "res_model": "discuss.channel",
                "res_id": self.conversation.discuss_channel_id.id,
            }
        )
        for route in (f"/web/content/{file.id}", f"/web/image/{file.id}"):
            answer = self.url_open(route)
            self.assertIn("/auth-timeout/check-identity", answer.url)
            self.assertNotIn(b"documento", answer.content)

    def test_the_password_opens_it_again(self):
        self._unseen(31)
        with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
            self._messages()
        self.make_jsonrpc_request(
            "/auth-timeout/session/check-identity", {"type": "password", "password": PASSWORD}
        )
        self._messages()
        self._private()

    def test_work_keeps_it_open(self):
        for _time in range(3):
            self._unseen(29)
            self._messages()
        session = root.session_store.get(self.session.sid)
        self.assertGreater(session["contact_center_last_seen"], time.time() - 60)

    def test_somebody_reading_keeps_it_open(self):
        self._unseen(29)
        session = root.session_store.get(self.session.sid)
        self.env["ir.http"].with_user(self.agent)._set_session_inactivity(session, 60_000)
        session = root.session_store.get(self.session.sid)
        self.assertAlmostEqual(session["contact_center_last_seen"], time.time() - 60, delta=5)

    @mute_logger("odoo.http")
    def test_what_a_browser_fetches_by_itself_is_no_work(self):
        self._unseen(29)
        before = root.session_store.get(self.session.sid)["contact_center_last_seen"]
        self.url_open("/web/login_successful")
        self.make_jsonrpc_request("/bus/has_missed_notifications", {"last_notification_id": 0})
        seen = root.session_store.get(self.session.sid)["contact_center_last_seen"]
        self.assertGreaterEqual(seen, before)
        self._unseen(31)
        self.make_jsonrpc_request("/web/webclient/version_info", {})
        with self.assertRaisesRegex(JsonRpcException, "CheckIdentity"):
            self._private()

    def test_strangers_are_not_asked(self):
        self.authenticate(None, None)
        self.assertEqual(self.url_open("/web/login").status_code, 200)
