# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tracks a flow's last editor, who may not approve it alone."""

from odoo import fields, models
from odoo.exceptions import AccessError

# Written by the system only: with them somebody could publish or approve alone.
PROTECTED = {
    "draft_token",
    "edited_at",
    "edited_by_id",
    "published_token",
    "published_version_id",
}
# Fields that may change without affecting citizens or approval.
NOT_EDITS = {
    *PROTECTED,
    "active",
    "billing_percent",
    "note",
    "service_seconds",
    "test_ids",
}


class ChatbotFlow(models.Model):
    """Records the flow's last editor, including for deletions."""

    _inherit = "chatbot.flow"

    edited_by_id = fields.Many2one(
        "res.users", string="Last changed by", readonly=True, copy=False, ondelete="restrict"
    )
    edited_at = fields.Datetime(string="Last changed at", readonly=True, copy=False)

    def _check_not_protected(self, vals):
        if PROTECTED & vals.keys() and not self.env.su:
            raise AccessError(self.env._("Which version is in service changes by publishing only."))

    def _note_edit(self):
        """Record the editor and the time, and mark the draft as changed."""
        now = fields.Datetime.now()
        flows = self.filtered(
            lambda flow: flow.edited_by_id.id != self.env.uid or flow.edited_at != now
        )
        if flows:
            # sudo: chatbot.flow - a user who may write a step may not write the flow's own fields
            flows.sudo().write({"edited_by_id": self.env.uid, "edited_at": now})
        self._touch_draft()


def is_edit(vals):
    """Return whether values written to a flow affect citizens or approval."""
    return any(
        name not in NOT_EDITS and not name.startswith(("message_", "activity_")) for name in vals
    )
