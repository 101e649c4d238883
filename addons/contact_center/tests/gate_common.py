# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from .common import ContactCenterCase, NotesMixin

# Part of what somebody reads who tries what is closed
WORDS = "service desk|tela de atendimento"


class GateCase(NotesMixin, ContactCenterCase):
    """A conversation in service, and what must stay as it is."""

    def setUp(self):
        super().setUp()
        self.conversation = self._in_service()
        self.conversation._receive(self._text("Bom dia"))
        self.message = self._answer(self.conversation, "Pois não?").sudo()
        self.channel = self.conversation.discuss_channel_id

    def _picture(self):
        """All that an attacker may want to change, as comparable values."""
        self.env.invalidate_all()
        channel, conversation = self.channel, self.conversation
        messages = self.env["mail.message"].search(
            [("model", "=", "discuss.channel"), ("res_id", "=", channel.id)], order="id"
        )
        return {
            "state": (conversation.state, conversation.agent_id.id, conversation.queue_id.id),
            "members": sorted(
                (member.partner_id.id, member.guest_id.id, member.livechat_member_type)
                for member in channel.channel_member_ids
            ),
            "agent's": [
                (bool(member.unpin_dt), member.custom_channel_name)
                for member in channel.channel_member_ids
                if member.partner_id == self.agent.partner_id
            ],
            "channel": (
                *(channel.name, channel.description, channel.active, channel.channel_type),
                *(channel.livechat_status, channel.livechat_end_dt, channel.livechat_note),
                *(channel.livechat_operator_id.id, channel.sub_channel_ids.ids),
                *(channel.livechat_conversation_tag_ids.ids, channel.rating_ids.ids),
            ),
            "messages": [
                (
                    *(one.author_id.id, one.author_guest_id.id, one.email_from, str(one.body)),
                    *(one.message_type, one.subtype_id.id, one.date, bool(one.pinned_at)),
                    *(one.attachment_ids.ids, one.reaction_ids.ids),
                )
                for one in messages
            ],
            "transcript": str(conversation.transcript),
        }
