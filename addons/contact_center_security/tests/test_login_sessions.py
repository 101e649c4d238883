# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import time

from odoo.http import root
from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .common import PASSWORD, LoginCase


@tagged("post_install", "-at_install")
class TestSessions(LoginCase):
    def _idle(self, minutes):
        """Tell, as the screen, that nobody touched it for so long."""
        session = root.session_store.get(self.session.sid)
        self.env["ir.http"].with_user(self.agent)._set_session_inactivity(
            session, inactivity_period=minutes * 60_000
        )

    def _age(self, hours):
        """Make the person have logged in so long ago."""
        session = root.session_store.get(self.session.sid)
        session["create_time"] = time.time() - hours * 3600
        root.session_store.save(session)

    def _work(self):
        """Make a call as any screen does, also one that polls."""
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
        self.channel = self.env["discuss.channel"]._create_group(self.agent.partner_id.ids)
        self.authenticate("cc_agent", PASSWORD)

    def _unseen(self, minutes):
        """Nobody was seen in this session for so long, and no browser said so."""
        session = root.session_store.get(self.session.sid)
        at = time.time() - minutes * 60
        session["create_time"] = session["contact_center_last_seen"] = at
        root.session_store.save(session)

    def _messages(self):
        return self.make_jsonrpc_request(
            "/discuss/channel/messages", {"channel_id": self.channel.id}
        )

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
                "res_id": self.channel.id,
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
