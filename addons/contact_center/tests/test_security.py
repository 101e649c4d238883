# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .common import ContactCenterCase

MODELS = (
    "contact_center.conversation",
    "contact_center.event",
    "contact_center.queue",
    "contact_center.queue.exception",
    "contact_center.agent.state",
    "contact_center.automatic.message",
    "contact_center.disposition",
    "contact_center.tag",
    "contact_center.place",
    "contact_center.pause.reason",
)
CONFIGURATION = (
    "contact_center.queue",
    "contact_center.queue.exception",
    "contact_center.automatic.message",
    "contact_center.disposition",
    "contact_center.tag",
    "contact_center.place",
    "contact_center.pause.reason",
)
DIALOGS = (
    "contact_center.conversation.close",
    "contact_center.conversation.transfer",
    "contact_center.location.send",
)


@tagged("post_install", "-at_install")
class TestSecurity(ContactCenterCase):
    def _granted(self, user, model):
        """Operations that `user` may do on `model` at all, as a string of r, w, c, u."""
        operations = ("read", "write", "create", "unlink")
        records = self.env[model].with_user(user)
        return "".join(name[0] for name in operations if records.has_access(name))

    def test_access_by_role_and_model(self):
        for model in MODELS:
            for user in (self.agent, self.manager):
                self.assertEqual(self._granted(user, model), "r", f"{user.login}: {model}")
            # A supervisor may invent a tag while looking at a conversation
            expected = "rc" if model == "contact_center.tag" else "r"
            self.assertEqual(self._granted(self.supervisor, model), expected, model)
            expected = "rwcu" if model in CONFIGURATION else "r"
            self.assertEqual(self._granted(self.administrator, model), expected, model)
            self.assertEqual(self._granted(self.employee, model), "", model)
        for model in DIALOGS:
            self.assertEqual(self._granted(self.agent, model), "rwcu")
            self.assertEqual(self._granted(self.manager, model), "")

    def test_wizards_of_the_configuration_are_the_administrators(self):
        for model in (
            "contact_center.automatic.message.test",
            "contact_center.holiday.import",
            "contact_center.holiday.import.line",
        ):
            self.assertEqual(self._granted(self.administrator, model), "rwcu", model)
            for user in (self.agent, self.supervisor, self.manager, self.employee):
                self.assertEqual(self._granted(user, model), "", f"{user.login}: {model}")

    def test_roles_imply_each_other(self):
        self.assertTrue(self.agent.has_group("im_livechat.im_livechat_group_user"))
        self.assertTrue(self.supervisor.has_group("contact_center.group_technician"))
        self.assertTrue(self.administrator.has_group("contact_center.group_supervisor"))
        self.assertFalse(self.manager.has_group("contact_center.group_technician"))

    def _visible(self, user, conversation):
        """Which parts of `conversation` the user can reach, by every way of looking."""
        channel = conversation.discuss_channel_id
        env = self.env(user=user)
        Message, Channel = env["mail.message"], env["discuss.channel"]
        on_channel = [("model", "=", "discuss.channel"), ("res_id", "=", channel.id)]
        message = self.env["mail.message"].search(on_channel, limit=1)
        attachment = self.env["ir.attachment"].create(
            {"name": "x.txt", "raw": b"x", "res_model": "discuss.channel", "res_id": channel.id}
        )
        conversations = env["contact_center.conversation"]
        return {
            "conversation": bool(conversations.search([("id", "=", conversation.id)])),
            "conversation by id": conversations.browse(conversation.id).has_access("read"),
            "conversation by partner": bool(
                conversations.search([("partner_id.name", "=", self.citizen.name)])
                & conversation.with_env(env)
            ),
            "conversation group": bool(
                conversations._read_group([("id", "=", conversation.id)], ["state"], ["__count"])
            ),
            "event": bool(
                env["contact_center.event"].search([("conversation_id", "=", conversation.id)])
            ),
            "channel": bool(Channel.search([("id", "=", channel.id)])),
            "channel by id": Channel.browse(channel.id).has_access("read"),
            "member": bool(env["discuss.channel.member"].search([("channel_id", "=", channel.id)])),
            "message": bool(Message.search(on_channel)),
            "message by id": Message.browse(message.id).has_access("read"),
            "message group": bool(Message._read_group(on_channel, ["author_id"], ["__count"])),
            "attachment": env["ir.attachment"].browse(attachment.id).has_access("read"),
            "attachment search": bool(
                env["ir.attachment"].search(
                    [("res_model", "=", "discuss.channel"), ("res_id", "=", channel.id)]
                )
            ),
        }

    def _check_visible(self, user, conversation, expected, but=()):
        for part, visible in self._visible(user, conversation).items():
            self.assertEqual(visible, expected or part in but, f"{user.login}: {part}")

    def test_waiting_is_seen_by_its_queue(self):
        conversation = self._waiting()
        self._check_visible(self.agent, conversation, True)
        self._check_visible(self.colleague, conversation, True)
        self._check_visible(self.supervisor, conversation, True)
        self._check_visible(self.administrator, conversation, True)
        self._check_visible(self.outsider, conversation, False)
        self._check_visible(self.employee_with_live_chat(), conversation, False)

    def employee_with_live_chat(self):
        """Make a live chat user who has nothing to do with the contact center."""
        user = self._user("cc_livechat", "Lia Livechat", "im_livechat.im_livechat_group_user")
        user.group_ids += self.env.ref("contact_center.group_technician")
        return user

    def test_in_service_is_seen_by_its_agent(self):
        conversation = self._in_service()
        self._check_visible(self.agent, conversation, True)
        self._check_visible(self.supervisor, conversation, True)
        self._check_visible(self.colleague, conversation, False)
        self._check_visible(self.outsider, conversation, False)

    def test_closed_is_seen_by_its_agent(self):
        conversation = self._in_service()
        conversation.with_user(self.agent).action_close()
        conversation._close("resolved")
        self._check_visible(self.agent, conversation, True)
        self._check_visible(self.colleague, conversation, False)

    def test_with_the_bot_is_seen_by_supervisors_only(self):
        conversation = self._open()
        with self._bot():
            conversation._receive(self._text("oi"))
        env = self.env(user=self.agent)
        self.assertFalse(env["contact_center.conversation"].search([]) & conversation)
        self.assertFalse(conversation.discuss_channel_id.with_user(self.agent).has_access("read"))
        self.assertTrue(conversation.with_user(self.supervisor).has_access("read"))

    def test_live_chat_users_see_no_conversations(self):
        user = self._user("cc_chat", "Lia Chat", "im_livechat.im_livechat_group_user")
        channel = self._waiting().discuss_channel_id
        self.assertFalse(channel.with_user(user).has_access("read"))
        history = self.env["im_livechat.channel.member.history"].with_user(user)
        self.assertFalse(history.search([("channel_id", "=", channel.id)]))
        self.assertFalse(channel.with_user(self.employee).has_access("read"))

    def test_manager_reads_only(self):
        conversation = self._in_service()
        mine = conversation.with_user(self.manager)
        self.assertTrue(mine.has_access("read"))
        self.assertTrue(mine.transcript)
        self.assertTrue(conversation.discuss_channel_id.with_user(self.manager).has_access("read"))
        for action in ("action_take", "action_take_over", "action_transfer", "action_close"):
            with self.assertRaises(AccessError):
                getattr(mine, action)()
        with self.assertRaises(AccessError):
            mine.write({"outcome": "failed"})

    def test_nobody_writes_conversations(self):
        conversation = self._in_service()
        for user in (self.agent, self.supervisor, self.administrator):
            with self.assertRaises(AccessError):
                conversation.with_user(user).write({"satisfaction": "very_good"})

    def test_nobody_adds_to_the_archive_past_the_channel(self):
        channel = self._in_service().discuss_channel_id
        forged = {"model": "discuss.channel", "res_id": channel.id, "body": "x"}
        for user in (self.agent, self.supervisor, self.administrator):
            with self.assertRaises(UserError):
                self.env["mail.message"].with_user(user).with_context(
                    contact_center_passed="MESSAGE"
                ).create(forged)

    def test_dialogs_are_for_visible_conversations(self):
        conversation = self._in_service()
        disposition = self.env["contact_center.disposition"].create({"name": "x"})
        for model, values in (
            ("contact_center.conversation.close", {"disposition_id": disposition.id}),
            ("contact_center.conversation.transfer", {"queue_id": self.queue.id}),
            ("contact_center.location.send", {"name": "x"}),
        ):
            values = {**values, "conversation_id": conversation.id}
            self.assertTrue(self.env[model].with_user(self.agent).create(values))
            for user in (self.colleague, self.outsider):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).create(values)

    def test_agent_states_are_private(self):
        states = self.env["contact_center.agent.state"]
        states._switch(self.agent, "available")
        self.assertTrue(states.with_user(self.agent).search([]))
        self.assertFalse(states.with_user(self.colleague).search([]))
        self.assertTrue(states.with_user(self.supervisor).search([]))

    def test_queues_of_a_user(self):
        queues = self.env["contact_center.queue"]
        self.assertEqual(queues._of_user(self.agent), self.queue)
        self.assertEqual(queues._of_user(self.supervisor), queues.search([]))


@tagged("post_install", "-at_install")
class TestSecurityRoutes(ContactCenterCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.agent, cls.colleague, cls.outsider, cls.employee, cls.supervisor):
            user.password = user.login

    def _messages(self, login, channel):
        self.authenticate(login, login)
        return self.make_jsonrpc_request("/discuss/channel/messages", {"channel_id": channel.id})

    def test_discuss_routes(self):
        conversation = self._in_service()
        channel = conversation.discuss_channel_id
        self.assertTrue(self._messages("cc_agent", channel)["messages"])
        for login in ("cc_colleague", "cc_outsider", "cc_employee"):
            with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
                self._messages(login, channel)

    def test_invitation_link(self):
        channel = self._waiting().discuss_channel_id
        members = channel.channel_member_ids
        for login in ("cc_agent", "cc_outsider", None):
            self.authenticate(login, login)
            response = self.url_open(f"/chat/{channel.id}/{channel.uuid}")
            self.assertEqual(response.status_code, 404)
        self.assertEqual(channel.channel_member_ids, members)

    def test_posting_by_route(self):
        conversation = self._in_service()
        post = {
            "thread_model": "discuss.channel",
            "thread_id": conversation.discuss_channel_id.id,
            "post_data": {
                "body": "Oi",
                "message_type": "comment",
                "subtype_xmlid": "mail.mt_comment",
            },
            "context": {"contact_center_passed": "SYSTEM"},
        }
        self.authenticate("cc_supervisor", "cc_supervisor")
        with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
            self.make_jsonrpc_request("/mail/message/post", post)
        self.authenticate("cc_agent", "cc_agent")
        self.assertTrue(self.make_jsonrpc_request("/mail/message/post", post)["message_id"])
        self.assertEqual(self._said(conversation)[-1], "Oi")
