# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""No report shows citizens' words as markup."""

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.contact_center.core import headers
from odoo.addons.contact_center.tests.test_web_headers import ATTACKS, PASSWORD

from .common import ExportCase


@tagged("post_install", "-at_install")
class TestReportRoutes(ExportCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.conversation = self._in_service()
        for attack in ATTACKS:
            self.conversation._receive(self._text(attack))
        self.citizen.name = "<b onmouseover=alert(3)>Maria</b>"
        self.agent.password = PASSWORD
        self.authenticate(self.agent.login, PASSWORD)

    def _get(self, path):
        with mute_logger("odoo.http"):
            return self.url_open(path)

    def test_a_text_report_is_text_by_every_address(self):
        number = self.conversation.id
        action = self.env.ref("contact_center_archive.conversation_report_text")
        for converter in ("html", "pdf", "text"):
            for name in (
                "contact_center_archive.report_conversation_text",
                "contact_center_archive.conversation_report_text",
            ):
                with self.subTest(converter=converter, name=name):
                    answer = self._get(f"/report/{converter}/{name}/{number}")
                    self.assertEqual(answer.status_code, 200)
                    self.assertEqual(answer.headers["Content-Type"], "text/plain; charset=utf-8")
                    self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
                    self.assertEqual(answer.headers[headers.CSP], headers.REPORT)
                    for attack in ATTACKS:
                        self.assertIn(attack, answer.text, "a text file has what was written")
        for converter in ("html", "text"):
            answer = self._get(f"/report/{converter}/{action.id}/{number}")
            self.assertNotEqual(answer.status_code, 200)

    def test_the_template_escapes_wherever_it_is_rendered(self):
        reports = self.env["ir.actions.report"].with_user(self.agent)
        html = reports._render_qweb_html(
            "contact_center_archive.conversation_report_text", self.conversation.ids
        )[0].decode()
        for attack in ("<script", "<img", "<svg", "<iframe", "<b "):
            self.assertNotIn(attack, html)

    def test_the_printed_conversation_shows_words_only(self):
        for converter in ("html", "text"):
            answer = self._get(
                f"/report/{converter}/contact_center_archive.report_conversation/{self.conversation.id}"
            )
            self.assertEqual(answer.headers[headers.CSP], headers.REPORT)
            for attack in ("<script>alert", "<img src=x", "<svg/", "<iframe", "<b onmouse"):
                self.assertNotIn(attack, answer.text)
            self.assertIn("&lt;script&gt;alert(1)", answer.text)

    def test_a_page_of_a_report_asks_for_no_script(self):
        """The policy would stop it, and every reader's browser would complain."""
        path = f"/report/html/contact_center_archive.report_conversation/{self.conversation.id}"
        page = self._get(path).text
        self.assertIn("web.report_assets_common", page, "its style comes all the same")
        self.assertNotIn("<script", page)

    def test_download_is_text(self):
        path = (
            f"/report/text/contact_center_archive.report_conversation_text/{self.conversation.id}"
        )
        with mute_logger("odoo.http"):
            answer = self.url_open(
                "/report/download", data={"data": f'["{path}", "qweb-text"]', "csrf_token": "x"}
            )
        self.assertFalse(answer.headers["Content-Type"].startswith("text/html") and answer.ok)

    def test_a_report_that_does_not_exist(self):
        self.assertEqual(self._get("/report/html/contact_center_archive.nada/1").status_code, 404)
