# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..core import gates
from .gate_common import WORDS, GateCase


@tagged("post_install", "-at_install")
class TestRoutes(GateCase, HttpCase):
    """The same over the web, for each role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(cls.env, "cc_gate_portal", "base.group_portal")
        cls.portal.partner_id = cls.citizen
        cls.tag = cls.env["im_livechat.conversation.tag"].create({"name": "Qualquer"})
        cls.roles = (cls.agent, cls.colleague, cls.supervisor, cls.administrator, cls.portal, None)
        for user in cls.roles[:-1]:
            user.password = user.login

    def _login(self, user):
        self.authenticate(user.login if user else None, user.login if user else None)

    def _json(self, route, params):
        body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            return self.url_open(route, json=body).json()

    def _closed(self):
        """Return (route, parameters) of the routes closed for conversations."""
        channel, message = self.channel.id, self.message.id
        here = {"channel_id": channel}
        yield "/im_livechat/visitor_leave_session", here
        yield "/im_livechat/feedback", {**here, "rate": 1, "reason": "forjado"}
        yield "/im_livechat/history", {**here, "pid": self.agent.partner_id.id}
        yield "/im_livechat/email_livechat_transcript", {**here, "email": "x@example.com"}
        yield "/im_livechat/session/update_note", {**here, "note": "x"}
        yield "/im_livechat/session/update_status", {**here, "livechat_status": "waiting"}
        yield "/im_livechat/conversation/update_tags", {**here, "tag_ids": self.tag.ids}
        yield "/im_livechat/conversation/write_expertises", {**here, "orm_commands": []}
        yield (
            "/im_livechat/conversation/create_and_link_expertise",
            {**here, "expertise_name": "x"},
        )
        yield "/chatbot/restart", {**here, "chatbot_script_id": 1}
        yield "/chatbot/step/trigger", here
        yield "/chatbot/answer/save", {**here, "message_id": message, "selected_answer_id": 1}
        yield "/discuss/channel/join", here
        yield "/discuss/channel/ping", here
        yield "/discuss/channel/update_avatar", {**here, "data": "eA=="}
        yield "/discuss/channel/sub_channel/create", {"parent_channel_id": channel, "name": "x"}
        yield (
            "/discuss/channel/sub_channel/create",
            {"parent_channel_id": str(channel), "from_message_id": message},
        )
        yield "/discuss/channel/sub_channel/fetch", {"parent_channel_id": channel}
        yield "/discuss/channel/sub_channel/delete", {"sub_channel_id": channel}
        yield "/discuss/settings/mute", {**here, "minutes": -1}
        yield (
            "/discuss/settings/custom_notifications",
            {**here, "custom_notifications": "no_notif"},
        )
        yield "/mail/rtc/channel/join_call", here
        yield "/mail/rtc/channel/leave_call", here
        yield "/mail/rtc/channel/cancel_call_invitation", here
        yield "/mail/message/translate", {"message_id": message}
        yield (
            "/mail/thread/subscribe",
            {"res_model": "discuss.channel", "res_id": channel, "partner_ids": [1]},
        )
        yield (
            "/mail/thread/unsubscribe",
            {"res_model": "discuss.channel", "res_id": channel, "partner_ids": [1]},
        )
        yield (
            "/mail/thread/recipients",
            {"thread_model": "discuss.channel", "thread_id": channel, "message_id": message},
        )

    def test_closed_routes_are_closed_for_every_role(self):
        before = self._picture()
        for user in self.roles:
            self._login(user)
            for route, params in self._closed():
                with self.subTest(user=user and user.login, route=route):
                    self.assertIn("error", self._json(route, params))
            self.assertEqual(self._picture(), before)

    def test_closed_routes_say_so_to_those_who_serve(self):
        self._login(self.agent)
        for route, params in self._closed():
            if gates.is_web_chat(route):
                continue
            with self.subTest(route=route):
                error = self._json(route, params)["error"]
                self.assertRegex(error["data"]["message"], WORDS)

    def test_pages_of_live_chat_are_closed(self):
        livechat = self.queue.livechat_channel_id
        before = self.env["discuss.channel"].search_count([])
        for user in self.roles:
            self._login(user)
            for path in (
                f"/im_livechat/support/{livechat.id}",
                f"/im_livechat/loader/{livechat.id}",
                f"/im_livechat/download_transcript/{self.channel.id}",
            ):
                with mute_logger("odoo.http"):
                    self.assertEqual(self.url_open(path).status_code, 404, path)
            answer = self._json("/im_livechat/get_session", {"channel_id": livechat.id})
            self.assertIn("error", answer)
        self.assertEqual(self.env["discuss.channel"].search_count([]), before)

    def test_a_queue_takes_no_visitors_even_where_web_chat_is_on(self):
        self.env["ir.config_parameter"].set_param("contact_center.web_chat", "1")
        livechat = self.queue.livechat_channel_id
        before = self.env["discuss.channel"].search_count([])
        self._login(None)
        for persisted in (True, False):
            params = {"channel_id": livechat.id, "persisted": persisted}
            self.assertIn("error", self._json("/im_livechat/get_session", params))
        self.assertEqual(self.env["discuss.channel"].search_count([]), before)
        with mute_logger("odoo.http"):
            self.assertIn(
                "error",
                self._json("/im_livechat/feedback", {"channel_id": self.channel.id, "rate": 1}),
            )

    def test_the_desk_goes_on_working(self):
        self._login(self.agent)
        channel, message = self.channel.id, self.message.id
        post = {"body": "Pronto", "message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        for route, params in (
            ("/discuss/channel/messages", {"channel_id": channel}),
            ("/discuss/channel/members", {"channel_id": channel, "known_member_ids": []}),
            ("/discuss/channel/attachments", {"channel_id": channel}),
            ("/discuss/channel/mark_as_read", {"channel_id": channel, "last_message_id": message}),
            (
                "/discuss/channel/set_new_message_separator",
                {"channel_id": channel, "message_id": message},
            ),
            ("/discuss/channel/notify_typing", {"channel_id": channel, "is_typing": True}),
            ("/mail/data", {"fetch_params": [["discuss.channel", [channel]]]}),
            ("/mail/link_preview", {"message_id": message}),
            (
                "/mail/message/post",
                {"thread_model": "discuss.channel", "thread_id": channel, "post_data": post},
            ),
        ):
            with self.subTest(route=route):
                self.assertNotIn("error", self._json(route, params))
        self.assertIn("Pronto", str(self.conversation.transcript))

    def test_forged_posts_over_the_route(self):
        self._login(self.agent)
        for kind in ("notification", "email", "auto_comment", "comment"):
            post = {
                "body": f"Forjado {kind}",
                "message_type": kind,
                "subtype_xmlid": "mail.mt_comment",
                "author_id": self.citizen.id,
                "email_from": "maria@example.com",
                "date": "2020-01-01 00:00:00",
                "rating_value": 5,
            }
            answer = self._json(
                "/mail/message/post",
                {
                    "thread_model": "discuss.channel",
                    "thread_id": self.channel.id,
                    "post_data": post,
                    "context": {
                        "default_author_id": self.citizen.id,
                        "contact_center_passed": "SYSTEM",
                    },
                },
            )
            message = self.env["mail.message"].browse(answer["result"]["message_id"])
            self.assertEqual(message.author_id, self.agent.partner_id)
            self.assertEqual(message.message_type, "comment")
            self.assertGreater(message.date.year, 2020)
        before = self._picture()
        for user in (self.supervisor, self.colleague, self.portal, None):
            self._login(user)
            for kind in ("notification", "comment"):
                post = {
                    "body": "x",
                    "message_type": kind,
                    "subtype_xmlid": "mail.mt_comment",
                }
                answer = self._json(
                    "/mail/message/post",
                    {
                        "thread_model": "discuss.channel",
                        "thread_id": self.channel.id,
                        "post_data": post,
                    },
                )
                self.assertIn("error", answer)
            for route, params in (
                (
                    "/mail/message/update_content",
                    {"message_id": self.message.id, "update_data": {"body": "x"}},
                ),
                (
                    "/mail/message/reaction",
                    {"message_id": self.message.id, "content": "👍", "action": "add"},
                ),
            ):
                self.assertIn("error", self._json(route, params))
        self.assertEqual(self._picture(), before)


@tagged("post_install", "-at_install")
class TestNoSecondAddress(HttpCase):
    """Routes that the proxy closes by path have no other path."""

    @mute_logger("odoo.addons.http_routing.models.ir_http")
    def test_a_language_before_the_path_opens_no_route_of_programs(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.authenticate(None, None)
        asked = {"jsonrpc": "2.0", "method": "call", "params": {"service": "common"}}
        for language in ("en", "en_US", "pt", "pt_BR"):
            for path in ("/jsonrpc", "/xmlrpc/2/common", "/web/session/authenticate"):
                with self.subTest(path=f"/{language}{path}"):
                    answer = self.url_open(f"/{language}{path}", json=asked)
                    self.assertEqual(answer.status_code, 404)

    def test_pages_still_have_one_for_each_language(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.authenticate(None, None)
        for path in ("/web/login", "/pt_BR/web/login"):
            self.assertEqual(self.url_open(path).status_code, 200)
