"""What browsers are told about our pages, and that no report shows citizens' words as markup."""

from markupsafe import Markup

from odoo.tests import HttpCase, get_db_name, tagged
from odoo.tools import mute_logger

from ..core import headers
from ..core.values import Incoming, Location
from .test_conversation_export import ExportCase

PASSWORD = "uma-senha-longa-2026"
ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "&lt;script&gt;alert(2)&lt;/script&gt;",
    '"><iframe src="file:///etc/passwd"></iframe>',
)


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
        action = self.env.ref("contact_center.conversation_report_text")
        for converter in ("html", "pdf", "text"):
            for name in (
                "contact_center.report_conversation_text",
                "contact_center.conversation_report_text",
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
            "contact_center.conversation_report_text", self.conversation.ids
        )[0].decode()
        for attack in ("<script", "<img", "<svg", "<iframe", "<b "):
            self.assertNotIn(attack, html)

    def test_the_printed_conversation_shows_words_only(self):
        for converter in ("html", "text"):
            answer = self._get(
                f"/report/{converter}/contact_center.report_conversation/{self.conversation.id}"
            )
            self.assertEqual(answer.headers[headers.CSP], headers.REPORT)
            for attack in ("<script>alert", "<img src=x", "<svg/", "<iframe", "<b onmouse"):
                self.assertNotIn(attack, answer.text)
            self.assertIn("&lt;script&gt;alert(1)", answer.text)

    def test_download_is_text(self):
        path = f"/report/text/contact_center.report_conversation_text/{self.conversation.id}"
        with mute_logger("odoo.http"):
            answer = self.url_open(
                "/report/download", data={"data": f'["{path}", "qweb-text"]', "csrf_token": "x"}
            )
        self.assertFalse(answer.headers["Content-Type"].startswith("text/html") and answer.ok)

    def test_a_report_that_does_not_exist(self):
        self.assertEqual(self._get("/report/html/contact_center.nada/1").status_code, 404)


@tagged("post_install", "-at_install")
class TestPages(ExportCase, HttpCase):
    def test_login_and_application_carry_a_policy(self):
        self.supervisor.password = PASSWORD
        self.authenticate(None, None)
        login = self.url_open("/web/login")
        self.authenticate(self.supervisor.login, PASSWORD)
        desk = self.url_open("/odoo")
        for page in (login, desk):
            self.assertEqual(page.headers[headers.CSP], headers.APPLICATION)
            self.assertEqual(page.headers["X-Content-Type-Options"], "nosniff")
            self.assertEqual(page.headers["X-Frame-Options"], "SAMEORIGIN")
        for directive in ("object-src 'none'", "base-uri 'self'", "frame-ancestors 'self'"):
            self.assertIn(directive, headers.APPLICATION)

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

    def test_files_that_are_pages_are_shown_as_if_from_nowhere(self):
        """Files of citizens are stored by the system: Odoo makes no plain text of them."""
        self.agent.password = PASSWORD
        conversation = self._in_service()
        self.authenticate(self.agent.login, PASSWORD)
        for mimetype in ("text/html", "image/svg+xml", "application/xhtml+xml", "text/xml"):
            page = self.env["ir.attachment"].create(
                {"name": "a", "raw": b"<html><script>alert(1)</script></html>"}
            )
            page.write({"mimetype": mimetype})
            message = conversation._receive(self._text(""))
            conversation._attach(message, page)
            answer = self.url_open(f"/web/content/{page.id}")
            self.assertEqual(answer.status_code, 200)
            shown = answer.headers["Content-Type"].split(";")[0]
            with self.subTest(mimetype=mimetype, shown=shown):
                harmless = shown in ("text/plain", "application/octet-stream")
                self.assertTrue(harmless or "sandbox" in answer.headers[headers.CSP])

    def test_other_files_are_left_alone(self):
        self.assertIsNone(headers.policy("application/pdf", "/web/content/1", "default-src 'none'"))
        self.assertIsNone(headers.policy("application/json", "/web/dataset/call_kw"))
        self.assertIsNone(headers.policy("text/javascript", "/web/assets/1/web.min.js"))


@tagged("post_install", "-at_install")
class TestNothingIsMarkup(ExportCase):
    """What a citizen sends is words wherever a screen shows it as HTML."""

    def _assert_words_only(self, html):
        for tag in ("<script", "<img", "<svg", "<iframe", "<b onmouse", "<form", "javascript:"):
            self.assertNotIn(tag, str(html).lower())

    def test_transcript_panel_and_collected_data(self):
        conversation = self._in_service()
        self.citizen.name = "<b onmouseover=alert(3)>Maria</b>"
        for attack in ATTACKS:
            message = conversation._receive(self._text(attack))
            file = self.env["ir.attachment"].create({"name": attack, "raw": b"x"})
            conversation._attach(message, file)
        place = Location(1.0, 2.0, name=ATTACKS[0], address=ATTACKS[1])
        conversation._receive(Incoming(kind="location", location=place))
        conversation.sudo().collected = [
            {"key": "x", "label": attack, "value": attack} for attack in ATTACKS
        ]
        self._assert_words_only(conversation.with_user(self.agent).transcript)
        self._assert_words_only(conversation.with_user(self.agent).collected_html)
        for message in conversation._spoken_messages():
            self._assert_words_only(message.body)
        self.assertIn("&lt;script&gt;", conversation.transcript)

    def test_whatever_an_agent_sends_is_cleaned(self):
        conversation = self._in_service()
        for attack in ATTACKS[:3]:
            message = self._answer(conversation, Markup(attack))
            self.assertNotIn("alert", str(message.sudo().body))
            # As it comes over RPC: a str, whatever is said of it
            message = self._answer(conversation, attack, body_is_html=True)
            self._assert_words_only(message.sudo().body)
        link = Markup('<a href="javascript:alert(1)" onclick="alert(2)">x</a>')
        message = self._answer(conversation, link)
        self.assertNotIn("alert", str(message.sudo().body))
