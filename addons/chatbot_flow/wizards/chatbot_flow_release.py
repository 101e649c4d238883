from odoo import api, fields, models

from ..models.flow_differences import describe_html


class ChatbotFlowRelease(models.TransientModel):
    """What publishing a flow would change, before anybody is asked to approve it."""

    _name = "chatbot.flow.release"
    _description = "Publish a Flow"

    flow_id = fields.Many2one("chatbot.flow", required=True, readonly=True, ondelete="cascade")
    four_eyes = fields.Boolean(related="flow_id.four_eyes")
    differences = fields.Html(compute="_compute_review", sanitize=False)
    problems = fields.Html(compute="_compute_review", sanitize=False)
    note = fields.Text(string="What for", help="Who approves reads this.")

    @api.depends("flow_id")
    def _compute_review(self):
        for release in self:
            flow = release.flow_id
            definition = flow._definition()
            before = flow.published_version_id.definition or None
            release.differences = describe_html(self.env, before, definition)
            release.problems = flow._as_list(flow._release_problems(definition))

    def action_confirm(self):
        """Asks for approval, or publishes where nobody else has to approve."""
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
                "message": self.env._("Approval was asked for. Who may approve sees it now."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }


class ChatbotFlowApprovalReturn(models.TransientModel):
    """Why a flow is sent back to who wants it published."""

    _name = "chatbot.flow.approval.return"
    _description = "Send a Flow Back"

    approval_id = fields.Many2one("chatbot.flow.approval", required=True, ondelete="cascade")
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Sends the request back."""
        self.ensure_one()
        self.approval_id._return(self.reason)
        return {"type": "ir.actions.act_window_close"}
