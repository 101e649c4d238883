# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .common import ContactCenterCase, NotesMixin

SECRET = "jabuticaba"
IMAGE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f"
    b"\x15\xc4\x89\x00\x00\x00\rIDATx\xdac\xfc\xcf\xf0\xbf\x1e\x00\x06\x83\x02\x7fO\x86\x9b\xb9"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)


@tagged("post_install", "-at_install")
class TestAccessRoutes(NotesMixin, ContactCenterCase, HttpCase):
    """The web client's routes tell nothing of another agent's conversation."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(cls.env, "cc_route_portal", "base.group_portal")
        # the citizen's own user, who is a member of the channel as its visitor
        cls.portal.partner_id = cls.citizen
        cls.strangers = (cls.colleague, cls.outsider, cls.employee, cls.portal)
        for user in (cls.agent, cls.supervisor, cls.manager, *cls.strangers):
            user.password = user.login

    def setUp(self):
        super().setUp()
        self.conversation = self._in_service()
        self.channel = self.conversation.discuss_channel_id
        self.photo = self._file(f"{SECRET}.png", IMAGE)
        self.file = self._file(f"{SECRET}.txt", SECRET.encode())
        self._answer(self.conversation, f"A senha é {SECRET}", attachment_ids=self.photo.ids)
        self.note = self._note(self.conversation, f"Nota {SECRET}", attachment_ids=self.file.ids)

    def _login(self, user):
        self.authenticate(user.login if user else None, user.login if user else None)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def _told(self, route, **parameters):
        """Return a route's answer as text; "" if it refuses."""
        try:
            return str(self.make_jsonrpc_request(route, parameters))
        except JsonRpcException:
            return ""

    def _call(self, model, method, *args, **kwargs):
        return self._told(
            f"/web/dataset/call_kw/{model}/{method}",
            model=model,
            method=method,
            args=list(args),
            kwargs=kwargs,
        )

    def _searches(self):
        """Return (way, answer) of each way of searching that the web client has."""
        channel_id, protocol = self.channel.id, self.conversation.protocol
        mine = [("protocol", "=", protocol)]
        yield "name_search", self._call("contact_center.conversation", "name_search", protocol)
        yield (
            "web_search_read",
            self._call("contact_center.conversation", "web_search_read", mine, {"protocol": {}}),
        )
        yield (
            "groups",
            self._call(
                "contact_center.conversation",
                "formatted_read_group",
                mine,
                ["protocol"],
                ["__count"],
            ),
        )
        on_channel = [("model", "=", "discuss.channel"), ("res_id", "=", channel_id)]
        yield "messages", self._call("mail.message", "search_read", on_channel, ["body"])
        yield (
            "files",
            self._call("ir.attachment", "search_read", [("name", "like", SECRET)], ["name"]),
        )
        for term in (SECRET, protocol, "Maria"):
            for route, parameters in (
                ("/discuss/channel/messages", {"channel_id": channel_id}),
                ("/mail/thread/messages", {"thread_model": "discuss.channel"}),
            ):
                yield (
                    f"{route} {term}",
                    self._told(
                        route,
                        **parameters,
                        **({"thread_id": channel_id} if "thread_model" in parameters else {}),
                        fetch_params={"search_term": term},
                    ),
                )
            yield f"/discuss/search {term}", self._told("/discuss/search", term=term)
        yield "attachments", self._told("/discuss/channel/attachments", channel_id=channel_id)
        yield "pinned", self._told("/discuss/channel/pinned_messages", channel_id=channel_id)
        yield (
            "data",
            self._told(
                "/mail/data", fetch_params=[["discuss.channel", [channel_id]], "channels_as_member"]
            ),
        )

    def test_strangers_find_nothing_by_any_search(self):
        for user in (*self.strangers, None):
            self._login(user)
            for way, answer in self._searches():
                with self.subTest(user=user and user.login, way=way):
                    self.assertNotIn(SECRET, answer)
                    self.assertNotIn(self.conversation.protocol, answer)

    def test_agent_and_supervisor_find_it(self):
        for user in (self.agent, self.supervisor):
            self._login(user)
            found = dict(self._searches())
            for way in ("name_search", "web_search_read", "messages", "files", "data"):
                with self.subTest(user=user.login, way=way):
                    self.assertTrue(
                        SECRET in found[way] or self.conversation.protocol in found[way]
                    )

    def _urls(self, attachment):
        """Every address at which Odoo serves a file, thumbnails and tokens that are none too."""
        record = f"ir.attachment/{attachment.id}"
        channel = f"/discuss/channel/{self.channel.id}"
        return [
            f"/web/content/{attachment.id}",
            f"/web/content/{attachment.id}?download=true",
            f"/web/content/{attachment.id}?access_token=",
            f"/web/content/{attachment.id}?access_token=00000000-0000-0000-0000-000000000000",
            f"/web/content/{record}/datas",
            f"/web/content/{record}/raw/{attachment.name}",
            f"/web/content?model=ir.attachment&id={attachment.id}&field=raw",
            f"/web/image/{attachment.id}",
            f"/web/image/{attachment.id}/64x64",
            f"/web/image/{attachment.id}?unique=1&access_token=x",
            f"/web/image/{record}/datas/64x64",
            f"/web/image/{record}/raw",
            f"{channel}/attachment/{attachment.id}",
            f"{channel}/image/{attachment.id}",
            f"{channel}/image/{attachment.id}/64x64",
            f"/mail/attachment/zip?file_ids={attachment.id}&zip_name=a.zip",
        ]

    def test_files_are_served_to_nobody_else(self):
        for user in (*self.strangers, None):
            self._login(user)
            for attachment in (self.photo, self.file):
                for url in self._urls(attachment):
                    with self.subTest(user=user and user.login, url=url), mute_logger("odoo.http"):
                        answer = self.url_open(url)
                        self.assertNotIn(attachment.raw, answer.content)
                        # an image that is not there is answered with a placeholder
                        served = answer.status_code == 200 and "login" not in answer.url
                        self.assertFalse(served and not url.startswith("/web/image"))

    def test_files_are_served_to_the_agent(self):
        self._login(self.agent)
        for attachment in (self.photo, self.file):
            answer = self.url_open(f"/web/content/{attachment.id}")
            self.assertEqual((answer.status_code, answer.content), (200, attachment.raw))

    def test_portal_reads_no_note_of_their_own_conversation(self):
        self._login(self.portal)
        for message in (self.note, self.note.parent_id):
            answer = self._call("mail.message", "read", message.ids, ["body"])
            self.assertNotIn(SECRET, answer)
