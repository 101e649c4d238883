# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Starts a conversation with remembered data, and records it."""

from datetime import timedelta

from odoo import fields, models

from odoo.addons.contact_center.core.lifecycle import CLOSED

from .. import engine
from ..engine import memory
from ..engine import state as states


class ChatbotFlowSession(models.Model):
    """A flow's first event: the citizen's words, known data, what was interrupted."""

    _inherit = "chatbot.flow.session"

    def _start_event(self, first):
        """Return the engine's Start for the first message (an engine's Answer) of a conversation.

        Costs one query for an interrupted conversation, and two more if the citizen gave data
        before; only at the beginning.
        """
        conversation = self.conversation_id
        partner = conversation.partner_id
        known = partner._chatbot_known()
        return engine.Start(
            seed=conversation.id,
            text=first.text,
            option_id=first.option_id,
            kind=first.kind,
            media_ref=first.media_ref,
            media_kind=first.media_kind,
            files=first.files,
            known=known,
            suggested="" if known.get("name") else conversation._suggested_name(),
            left=self._left_state(),
        )

    def _left_state(self):
        """Return the engine's state of a conversation that was interrupted, else None.

        The citizen's latest one with this flow over the same number, if it ended because the
        citizen did not answer.
        """
        conversation = self.conversation_id
        hours = self.version_id and self.version_id._compiled().settings.resume_hours
        if not hours or conversation.partner_id._is_erased():
            return None
        domain = [
            ("flow_id", "=", self.flow_id.id),
            ("id", "<", self.id),
            ("conversation_id.partner_id", "=", conversation.partner_id.id),
            ("conversation_id.channel_kind", "=", conversation.channel_kind),
            ("conversation_id.number_key", "=", conversation.number_key),
        ]
        names = ["engine_state", "status", "conversation_id"]
        before = self.search_fetch(domain, names, order="id desc", limit=1)
        state = before.engine_state
        if not state or not before._was_left(hours):
            return None
        return {**state, "before": before.conversation_id.protocol}

    def _was_left(self, hours):
        """Return whether the citizen stopped answering, within this many hours."""
        conversation = self.conversation_id
        since = fields.Datetime.now() - timedelta(hours=hours)
        if conversation.state != CLOSED or not conversation.closed_at:
            return False
        if conversation.outcome != "abandoned" or conversation.closed_at < since:
            return False
        left = ((self.engine_state or {}).get("memory") or {}).get("left")
        # ended by the flow's own silence, or by the queue's while the flow waited
        return left == memory.SILENCE or self.status == states.INPUT

    def _note_memory(self, note):
        """Record that another person is writing, or that a conversation was resumed.

        :param note: `engine.Note`
        """
        conversation = self.conversation_id
        detail = {name: value for name, value in note.detail.items() if value}
        conversation._log("note", note=note.code, **detail)
        if note.code == "other_person":
            conversation._collect(
                "other_person",
                self.env._("Who writes"),
                self.env._("Another person than %s", conversation.partner_id.name),
            )


class Conversation(models.Model):
    """The citizen's name as known to the channel."""

    _inherit = "contact_center.conversation"

    def _suggested_name(self):
        """Return a possible name of the citizen, used only as a suggestion (hook).

        The channel's profile name, if the citizen gave none.
        """
        return self.partner_id.name or ""
