# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import WORKING_TIME, ContactCenterCase


@tagged("post_install", "-at_install")
class TestDiscussChannel(ContactCenterCase):
    def test_agent_cannot_leave_in_service(self):
        conversation = self._in_service()
        channel = conversation.discuss_channel_id.with_user(self.agent)
        with self.assertRaisesRegex(UserError, conversation.protocol):
            channel.action_unfollow()
        with self.assertRaises(UserError):
            channel.execute_command_leave()
        with self.assertRaises(UserError):
            channel.channel_member_ids.filtered("is_self").unlink()
        conversation.with_user(self.agent).action_close()
        channel.action_unfollow()

    def test_no_looking_for_help(self):
        channel = self._in_service().discuss_channel_id
        for user in (self.agent, self.env.ref("base.user_root")):
            with self.assertRaises(UserError):
                channel.with_user(user).livechat_status = "need_help"

    def test_nobody_joins_by_themselves(self):
        channel = self._waiting().discuss_channel_id
        for user in (self.agent, self.outsider, self.supervisor):
            with self.assertRaises(AccessError):
                channel.with_user(user).channel_join()
            with self.assertRaises(AccessError):
                channel.with_user(user).add_members(partner_ids=self.outsider.partner_id.ids)
            with self.assertRaises(AccessError):
                self.env["discuss.channel.member"].with_user(user).create(
                    {"channel_id": channel.id, "partner_id": user.partner_id.id}
                )

    def test_conversation_of_a_channel_is_fixed(self):
        conversation = self._in_service()
        free = (
            self.env["discuss.channel"]
            .with_user(self.agent)
            .create({"name": "Sala", "channel_type": "channel"})
        )
        for channel in (conversation.discuss_channel_id, free):
            with self.assertRaises(UserError):
                channel.with_user(self.agent).contact_center_conversation_id = self._open()
        with self.assertRaises(AccessError):
            free.create({"name": "x", "contact_center_conversation_id": conversation.id})

    def test_clean_ups_leave_conversations_alone(self):
        """Live chat ends bot sessions after a day, unpins silent ones, deletes empty ones."""
        waiting, serving, empty = self._waiting(), self._in_service(), self._open()
        serving.discuss_channel_id.channel_member_ids.last_seen_dt = WORKING_TIME
        self.env.flush_all()
        with freeze_time(WORKING_TIME + timedelta(days=3)):
            self.env["discuss.channel"]._gc_bot_only_ongoing_sessions()
            self.env["discuss.channel.member"]._gc_unpin_livechat_sessions()
            self.env["discuss.channel"]._gc_empty_livechat_sessions()
        self.env.invalidate_all()
        for conversation in (waiting, serving, empty):
            self.assertTrue(conversation.discuss_channel_id.exists())
            self.assertFalse(conversation.discuss_channel_id.livechat_end_dt)
        self.assertTrue(all(serving.discuss_channel_id.channel_member_ids.mapped("is_pinned")))

    def test_clean_ups_are_still_run(self):
        """An override that is not marked would silence Odoo's own clean-up."""
        for model, name in (
            ("discuss.channel", "_gc_bot_only_ongoing_sessions"),
            ("discuss.channel", "_gc_empty_livechat_sessions"),
            ("discuss.channel.member", "_gc_unpin_livechat_sessions"),
        ):
            self.assertTrue(getattr(getattr(type(self.env[model]), name), "_autovacuum", False))

    def test_other_channels_are_untouched(self):
        channel = (
            self.env["discuss.channel"]
            .with_user(self.agent)
            .create({"name": "Grupo", "channel_type": "group"})
        )
        message = channel.message_post(body="Oi", message_type="comment")
        channel._message_update_content(message, body="Olá")
        self.assertIn("Olá", str(message.body))
        channel.action_unfollow()
