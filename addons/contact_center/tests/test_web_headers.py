# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Headers of citizens' files, and their words, which are never shown as markup."""

from markupsafe import Markup

from odoo.tests import HttpCase, tagged

from ..core import headers
from ..core.values import Incoming, Location
from .common import ContactCenterCase

PASSWORD = "uma-senha-longa-2026"
ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "&lt;script&gt;alert(2)&lt;/script&gt;",
    '"><iframe src="file:///etc/passwd"></iframe>',
)


@tagged("post_install", "-at_install")
class TestPages(ContactCenterCase, HttpCase):
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
        self.assertIsNone(headers.policy("text/html", "/odoo"))


@tagged("post_install", "-at_install")
class TestNothingIsMarkup(ContactCenterCase):
    """A citizen's message is plain words wherever a screen shows it as HTML."""

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
