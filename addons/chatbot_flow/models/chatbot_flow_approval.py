# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..engine.flow import digest
from .flow_differences import describe_html

APPROVERS = "chatbot_flow.group_flow_approver"
# Maximum number of people notified; others find the request in the menu.
MAX_CALLED = 20


class ChatbotFlowApproval(models.Model):
    """A flow awaiting a second person's approval, frozen as it was when requested.

    Exactly what is approved gets published: the definition is stored here, and any edit or
    publication in the meantime makes the request outdated.
    """

    _name = "chatbot.flow.approval"
    _description = "Approval of a Flow"
    _inherit = ["contact_center.machine.row", "mail.thread", "mail.activity.mixin"]
    _mail_post_access = "read"
    _order = "id desc"

    flow_id = fields.Many2one(
        "chatbot.flow", required=True, readonly=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(
        [
            ("requested", "Waiting for approval"),
            ("approved", "Approved and published"),
            ("returned", "Sent back"),
            ("withdrawn", "Withdrawn"),
            ("outdated", "Outdated"),
        ],
        required=True,
        readonly=True,
        default="requested",
    )
    definition = fields.Json(required=True, readonly=True)
    digest = fields.Char(required=True, readonly=True, help="SHA-256 of the definition.")
    base_version_id = fields.Many2one(
        "chatbot.flow.version",
        string="In place of",
        readonly=True,
        help="The version in service when approval was asked for.",
    )
    requested_by_id = fields.Many2one("res.users", string="Asked by", required=True, readonly=True)
    requested_at = fields.Datetime(
        string="Asked at", required=True, readonly=True, default=fields.Datetime.now
    )
    edited_by_id = fields.Many2one("res.users", string="Last changed by", readonly=True)
    note = fields.Text(string="What for", readonly=True)
    test_names = fields.Text(
        string="Flow tests passed",
        readonly=True,
        help="They ran when approval was asked for, and run again when the flow is published.",
    )
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    decided_at = fields.Datetime(readonly=True)
    reason = fields.Text(readonly=True)
    version_id = fields.Many2one("chatbot.flow.version", string="Published as", readonly=True)
    differences = fields.Html(compute="_compute_differences", sanitize=False)
    may_decide = fields.Boolean(compute="_compute_may")
    may_withdraw = fields.Boolean(compute="_compute_may")
    changed_since = fields.Boolean(compute="_compute_changed_since")

    @api.depends("flow_id.name", "requested_by_id.name")
    def _compute_display_name(self):
        for approval in self:
            approval.display_name = self.env._(
                "%(flow)s, asked by %(user)s",
                flow=approval.flow_id.name,
                user=approval.requested_by_id.name,
            )

    @api.depends("definition", "base_version_id")
    def _compute_differences(self):
        for approval in self:
            before = approval.base_version_id.definition or None
            approval.differences = describe_html(self.env, before, approval.definition)

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_may(self):
        for approval in self:
            waits = approval.state == "requested"
            approval.may_decide = waits and not approval._obstacle()
            approval.may_withdraw = waits and approval.requested_by_id == self.env.user

    @api.depends("state")
    def _compute_changed_since(self):
        for approval in self:
            waits = approval.state == "requested"
            approval.changed_since = waits and approval._is_outdated()

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_approve(self):
        """Publish the requested definition, if the flow has not changed since."""
        self.ensure_one()
        self._check_may_decide()
        if self._is_outdated():
            self._close("outdated", self.env._("The flow was changed after approval was asked."))
            return self._tell(self.env._("The flow was changed meanwhile: ask for approval again."))
        # sudo: chatbot.flow - the right to approve is enough, and was checked above
        flow = self.sudo().flow_id
        version = (
            flow.with_user(self.env.user)
            .sudo()
            ._publish(self.definition, origin="approved", approval=self)
        )
        self._close("approved", "", version_id=version.id)
        return True

    def action_return(self):
        """Ask for the reason to send the request back."""
        self.ensure_one()
        self._check_may_decide()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send back"),
            "res_model": "chatbot.flow.approval.return",
            "view_mode": "form",
            "target": "new",
            "context": {"default_approval_id": self.id},
        }

    def action_withdraw(self):
        """Withdraw the request; only the requester may."""
        self.ensure_one()
        self._check_waits()
        if self.requested_by_id != self.env.user:
            raise AccessError(
                self.env._("Only the person who requested approval may withdraw the request.")
            )
        self._close("withdrawn", "")
        return True

    def _return(self, reason):
        """Send the request back with a reason for the requester."""
        self.ensure_one()
        self._check_may_decide()
        self._close("returned", reason)

    # ------------------------------------------------------------
    # Rights, and whether it still holds
    # ------------------------------------------------------------

    def _obstacle(self):
        """Return in words why the current user may not decide, or ""."""
        self.ensure_one()
        user = self.env.user
        if not user.has_group(APPROVERS):
            return self.env._("Only people with the right to approve flows may decide.")
        if not self.env["chatbot.flow"]._four_eyes():
            return ""
        if user == self.requested_by_id:
            return self.env._("You asked for this approval: another person has to decide.")
        if user == self.edited_by_id:
            return self.env._("You changed this flow last: another person has to decide.")
        return ""

    def _check_waits(self):
        # if two people click at once, the second sees what the first one did sudo:
        # chatbot.flow.approval - locked only, any reader may be first
        self.sudo().lock_for_update()
        if self.state != "requested":
            raise UserError(self.env._("This request was decided already."))

    def _check_may_decide(self):
        self.check_access("read")
        self._check_waits()
        obstacle = self._obstacle()
        if obstacle:
            raise AccessError(obstacle)

    def _is_outdated(self):
        """Return whether the flow, or its published version, has changed since."""
        # sudo: chatbot.flow - read as it is, whatever the approver may see of it
        flow = self.sudo().flow_id
        return (
            flow.published_version_id != self.base_version_id
            or digest(flow._definition()) != self.digest
        )

    # ------------------------------------------------------------
    # Records and notifications
    # ------------------------------------------------------------

    def _close(self, state, reason, **vals):
        """End the request, notify the requester and close the activities."""
        # sudo: chatbot.flow.approval - requests are not writable by hand; rights were checked above
        request = self.sudo()
        for approval in request:
            approval.write(
                {
                    "state": state,
                    "reason": reason,
                    "decided_by_id": self.env.uid,
                    "decided_at": fields.Datetime.now(),
                    **vals,
                }
            )
            approval.activity_unlink(["mail.mail_activity_data_todo"])
            words = dict(self._fields["state"]._description_selection(self.env))[state]
            body = f"{words}: {reason}" if reason else words
            author = self.env.user.partner_id.id
            approval._message_log(body=body, author_id=author)
            if state in ("returned", "outdated", "withdrawn"):
                approval.flow_id._message_log(
                    body=self.env._("Request for approval: %s", body), author_id=author
                )
            if state == "returned":
                approval._call(approval.requested_by_id, self.env._("Sent back"), reason)

    def _call_approvers(self):
        """Create activities for the approvers."""
        self.ensure_one()
        group = self.env.ref(APPROVERS)
        # sudo: res.users - the approvers, whatever the requester may see of users
        users = group.sudo().all_user_ids.filtered(
            lambda user: not user.share and user not in (self.requested_by_id | self.edited_by_id)
        )
        self._call(users[:MAX_CALLED], self.env._("Approve the flow %s", self.flow_id.name))
        self.flow_id._message_log(
            body=self.env._("Approval was asked for. %s", self.note or ""),
            author_id=self.requested_by_id.partner_id.id,
        )

    def _call(self, users, summary, note=""):
        # activities are enough: no e-mail is sent
        request = self.with_context(mail_activity_quick_update=True)
        for user in users:
            request.activity_schedule(
                "mail.mail_activity_data_todo", summary=summary, note=note, user_id=user.id
            )

    def _tell(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
