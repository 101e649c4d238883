# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Headers of the application's pages and cookies."""

from odoo.tests import get_db_name, tagged
from odoo.tools import mute_logger

from ..core import headers
from .common import PASSWORD, LoginCase


@tagged("post_install", "-at_install")
class TestPages(LoginCase):
    def test_login_and_application_carry_a_policy(self):
        self.authenticate(None, None)
        login = self.url_open("/web/login")
        self.authenticate(self.agent.login, PASSWORD)
        desk = self.url_open("/odoo")
        for page in (login, desk):
            self.assertEqual(page.headers[headers.CSP], headers.APPLICATION)
            self.assertEqual(page.headers["X-Content-Type-Options"], "nosniff")
            self.assertEqual(page.headers["X-Frame-Options"], "SAMEORIGIN")
        for directive in ("object-src 'none'", "base-uri 'self'", "frame-ancestors 'self'"):
            self.assertIn(directive, headers.APPLICATION)

    @mute_logger("odoo.http")
    def test_pages_of_errors_carry_it_too(self):
        self.authenticate(None, None)
        page = self.url_open("/web/nothing-of-that-name?db=" + get_db_name())
        self.assertEqual(page.status_code, 404)
        self.assertEqual(page.headers["X-Content-Type-Options"], "nosniff")

    def test_cookies_are_kept_from_other_pages(self):
        self.authenticate(None, None)
        self.opener.cookies.clear()
        login = self.url_open("/web/login?db=" + get_db_name(), allow_redirects=False)
        while login.is_redirect:
            login = self.url_open(login.headers["Location"], allow_redirects=False)
        cookies = [line for line in login.raw.headers.getlist("Set-Cookie") if "session_id" in line]
        self.assertTrue(cookies)
        for line in cookies:
            self.assertIn("HttpOnly", line)
            self.assertIn("SameSite=Lax", line)
