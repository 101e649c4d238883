# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..models.flow_differences import describe_html


class ChatbotFlowRelease(models.TransientModel):
    """Shows what publishing a flow would change, before approval is requested."""

    _name = "chatbot.flow.release"
    _description = "Publish a Flow"

    flow_id = fields.Many2one("chatbot.flow", required=True, readonly=True, ondelete="cascade")
    four_eyes = fields.Boolean(related="flow_id.four_eyes")
    differences = fields.Html(compute="_compute_review", sanitize=False)
    problems = fields.Html(compute="_compute_review", sanitize=False)
    note = fields.Text(string="What for", help="Shown to the approver.")

    @api.depends("flow_id")
    def _compute_review(self):
        for release in self:
            flow = release.flow_id
            definition = flow._definition()
            before = flow.published_version_id.definition or None
            release.differences = describe_html(self.env, before, definition)
            release.problems = flow._as_list(flow._release_problems(definition))

    def action_confirm(self):
        """Request approval, or publish if nobody else has to approve."""
        self.ensure_one()
        flow = self.flow_id
        if not flow._four_eyes():
            flow.action_publish()
            return {"type": "ir.actions.act_window_close"}
        flow._ask_approval(self.note or "")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Approval was requested. People who may approve can see the request now."
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }


class ChatbotFlowApprovalReturn(models.TransientModel):
    """The reason for sending a flow back to the requester."""

    _name = "chatbot.flow.approval.return"
    _description = "Send a Flow Back"

    approval_id = fields.Many2one("chatbot.flow.approval", required=True, ondelete="cascade")
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Send the request back."""
        self.ensure_one()
        self.approval_id._return(self.reason)
        return {"type": "ir.actions.act_window_close"}
