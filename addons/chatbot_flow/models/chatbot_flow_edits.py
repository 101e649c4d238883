"""Who changed a flow last: whoever did may not approve it alone."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

# Written by the program only: with them somebody could publish or approve alone.
PROTECTED = {
    "draft_token",
    "edited_at",
    "edited_by_id",
    "published_token",
    "published_version_id",
}
# What may change in a flow without anything being another for citizens or for who approves.
NOT_EDITS = {
    *PROTECTED,
    "active",
    "billing_percent",
    "note",
    "service_seconds",
    "test_ids",
}


class ChatbotFlow(models.Model):
    """The flow knows whose hand was on it last, deletions included."""

    _inherit = "chatbot.flow"

    edited_by_id = fields.Many2one(
        "res.users", string="Last changed by", readonly=True, copy=False, ondelete="restrict"
    )
    edited_at = fields.Datetime(string="Last changed at", readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        """Whoever makes a flow is the first who changed it."""
        for vals in vals_list:
            self._check_not_protected(vals)
        flows = super().create(vals_list)
        flows._note_edit()
        return flows

    def write(self, vals):
        """Notes who changed what is published."""
        self._check_not_protected(vals)
        result = super().write(vals)
        if any(
            name not in NOT_EDITS and not name.startswith(("message_", "activity_"))
            for name in vals
        ):
            self._note_edit()
        return result

    def _check_not_protected(self, vals):
        if PROTECTED & vals.keys() and not self.env.su:
            raise AccessError(self.env._("Which version is in service changes by publishing only."))

    def _note_edit(self):
        """Writes down who is at it, and when."""
        now = fields.Datetime.now()
        flows = self.filtered(
            lambda flow: flow.edited_by_id.id != self.env.uid or flow.edited_at != now
        )
        if flows:
            # sudo: chatbot.flow - whoever may write a step need not write the flow's own fields
            flows.sudo().write({"edited_by_id": self.env.uid, "edited_at": now})
