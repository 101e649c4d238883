# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Only what the desk needs of Discuss and live chat is open in a conversation."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .gate_common import WORDS, GateCase

# Public methods of Discuss and live chat with what they take, closed for everybody
CLOSED_METHODS = (
    ("add_members", [], {"partner_ids": [1]}),
    ("invite_by_email", [["x@example.com"]], {}),
    ("channel_rename", ["Outro nome"], {}),
    ("channel_set_custom_name", ["Outro nome"], {}),
    ("channel_change_description", ["Outra"], {}),
    ("channel_join", [], {}),
    ("livechat_join_channel_needing_help", [], {}),
    ("execute_command_history", [], {}),
    ("message_notify", [], {"body": "x", "partner_ids": [1]}),
    ("message_subscribe", [[1]], {}),
    ("message_unsubscribe", [[1]], {}),
    ("message_update", [{}], {}),
    ("message_post_with_source", ["mail.message_origin_link"], {}),
    ("message_mail_with_source", ["mail.message_origin_link"], {}),
    ("rating_apply", [5], {"token": "x"}),
    ("rating_send_request", [False], {}),
    ("notify_cancel_by_type", ["email"], {}),
)


@tagged("post_install", "-at_install")
class TestMethods(GateCase):
    def test_what_is_not_listed_is_closed_for_everybody(self):
        before = self._picture()
        for user in (self.agent, self.colleague, self.supervisor, self.administrator):
            channel = self.channel.with_user(user)
            for name, arguments, options in CLOSED_METHODS:
                with self.subTest(user=user.login, method=name):
                    self.assertTrue(hasattr(channel, name), "Odoo has no such method any more")
                    with self.assertRaisesRegex(AccessError, WORDS):
                        getattr(channel, name)(*arguments, **options)
            with self.assertRaises(UserError):
                channel.set_message_pin(self.message.id, True)
        self.assertEqual(self._picture(), before)

    def test_a_method_that_a_later_addon_brings_is_closed(self):
        model_class = type(self.env["discuss.channel"])
        model_class.something_new = lambda channel: "done"
        self.addCleanup(delattr, model_class, "something_new")
        self.env["discuss.channel"]._register_hook()
        with self.assertRaises(AccessError):
            self.channel.with_user(self.agent).something_new()
        other = (
            self.env["discuss.channel"]
            .with_user(self.agent)
            .create({"name": "Equipe", "channel_type": "group"})
        )
        self.assertEqual(other.something_new(), "done")

    def test_the_words_are_portuguese(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.env["ir.module.module"]._load_module_terms(["contact_center"], ["pt_BR"])
        channel = self.channel.with_user(self.agent).with_context(lang="pt_BR")
        with self.assertRaisesRegex(AccessError, "tela de atendimento"):
            channel.channel_rename("x")

    def test_nobody_writes_on_the_channel(self):
        before = self._picture()
        for user in (self.agent, self.supervisor, self.administrator):
            channel = self.channel.with_user(user)
            for values in (
                {"livechat_end_dt": "2026-11-20 13:00:00"},
                {"livechat_status": "waiting"},
                {"livechat_operator_id": self.colleague.partner_id.id},
                {"channel_type": "channel"},
                {"name": "x"},
                {"active": False},
                {"livechat_note": "<p>x</p>"},
                {"channel_member_ids": [(5, 0, 0)]},
                {"message_ids": [(5, 0, 0)]},
                {"group_public_id": False},
            ):
                with self.subTest(user=user.login, values=values), self.assertRaises(UserError):
                    channel.write(values)
            with self.assertRaises(UserError):
                channel.unlink()
            for values in (
                {"parent_channel_id": channel.id},
                {"from_message_id": self.message.id, "parent_channel_id": channel.id},
            ):
                with self.assertRaises(UserError):
                    self.env["discuss.channel"].with_user(user).create({"name": "x", **values})
        self.assertEqual(self._picture(), before)

    def test_members_note_how_far_they_read_and_nothing_else(self):
        members = self.channel.channel_member_ids
        own = members.filtered(lambda member: member.partner_id == self.agent.partner_id)
        own.with_user(self.agent).write({"seen_message_id": self.message.id})
        before = self._picture()
        for user in (self.agent, self.supervisor, self.administrator):
            for member in members.with_user(user):
                for values in (
                    {"unpin_dt": "2026-11-20 13:00:00"},
                    {"mute_until_dt": "9999-12-31 23:59:59"},
                    {"custom_notifications": "no_notif"},
                    {"livechat_member_type": "visitor"},
                    {"custom_channel_name": "x"},
                    {"partner_id": self.colleague.partner_id.id},
                ):
                    with self.assertRaises(UserError):
                        member.write(values)
                with self.assertRaises(UserError):
                    member.unlink()
            with self.assertRaises(UserError):
                self.channel.with_user(user).channel_pin(pinned=False)
        self.assertEqual(self._picture(), before)

    def test_a_closed_conversation_leaves_the_screen(self):
        self.conversation.with_user(self.agent).action_close()
        channel = self.channel.with_user(self.agent)
        channel.channel_pin(pinned=False)
        count = len(self._picture()["messages"])
        channel.action_unfollow()
        self.assertEqual(len(self._picture()["messages"]), count, "nobody says that they left")

    def test_files_that_were_said_stay(self):
        file = self._file("laudo.pdf", b"laudo")
        self._answer(self.conversation, "Segue", attachment_ids=file.ids)
        for user in (self.agent, self.supervisor, self.administrator):
            theirs = file.with_user(user)
            for values in (
                {"raw": b"outro"},
                {"name": "outro.pdf"},
                {"res_model": False, "res_id": False},
                {"mimetype": "text/html"},
            ):
                with self.assertRaises(AccessError):
                    theirs.write(values)
            with self.assertRaises(AccessError):
                theirs.unlink()
        with self.assertRaises(AccessError):
            file.sudo()._delete_and_notify()
        self.assertEqual((file.raw, file.name), (b"laudo", "laudo.pdf"))
        attachments = self.env["ir.attachment"].with_user(self.agent)
        place = {"res_model": "discuss.channel", "res_id": self.channel.id}
        with self.assertRaises(AccessError):
            attachments.create({"name": "nunca enviado.txt", "raw": b"x", **place})
        with self.assertRaises(AccessError):
            self._file("nunca enviado.txt").write(place)
        draft = self._file("rascunho.txt")
        draft.unlink()
        self.assertFalse(draft.exists())

    def test_nobody_but_the_citizen_rates(self):
        ratings = self.env["rating.rating"].with_user(self.agent)
        model_id = self.env["ir.model"]._get_id("discuss.channel")
        with self.assertRaises(AccessError):
            ratings.create({"res_model_id": model_id, "res_id": self.channel.id, "rating": 5})
        other = self.env["discuss.channel"].create({"name": "x", "channel_type": "group"})
        rating = ratings.create({"res_model_id": model_id, "res_id": other.id, "rating": 5})
        with self.assertRaises(AccessError):
            rating.write({"res_id": self.channel.id})

    def test_channels_of_queues_take_no_visitors(self):
        livechat = self.queue.livechat_channel_id
        self.env["res.users"].search([]).livechat_channel_ids  # noqa: B018 - filled like a server's
        self.assertFalse(livechat.available_operator_ids)
        with self.assertRaises(AccessError):
            livechat.sudo()._get_operator_info(lang=None, country_id=None)
        for user in (self.outsider, self.supervisor, self.administrator):
            for name in ("action_join", "action_quit"):
                with self.assertRaises(AccessError):
                    getattr(livechat.with_user(user), name)()
            with self.assertRaises(AccessError):
                livechat.with_user(user).write({"name": "x"})
        self.assertEqual(livechat.user_ids, self.queue.member_ids)
