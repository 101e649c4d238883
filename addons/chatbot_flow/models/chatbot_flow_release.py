# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From draft to service: a second person approves, and citizens get exactly that."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import engine
from ..engine.flow import digest

# System parameter; anything but "off" asks for a second person. See docs/decisions/four-eyes.md.
FOUR_EYES_PARAMETER = "chatbot_flow.four_eyes"


class ChatbotFlow(models.Model):
    """Asking for approval, publishing, going back."""

    _name = "chatbot.flow"
    _inherit = ["chatbot.flow", "mail.thread", "mail.activity.mixin"]

    approval_ids = fields.One2many("chatbot.flow.approval", "flow_id", readonly=True)
    pending_approval_id = fields.Many2one(
        "chatbot.flow.approval",
        compute="_compute_pending_approval_id",
        string="Waiting for approval",
    )
    four_eyes = fields.Boolean(
        compute="_compute_four_eyes", string="A second person approves publications"
    )

    @api.depends("approval_ids.state")
    def _compute_pending_approval_id(self):
        pending = self.env["chatbot.flow.approval"].search(
            [("flow_id", "in", self.ids), ("state", "=", "requested")]
        )
        by_flow = {approval.flow_id.id: approval for approval in pending}
        for flow in self:
            flow.pending_approval_id = by_flow.get(flow.id)

    def _compute_four_eyes(self):
        self.four_eyes = self._four_eyes()

    @api.model
    def _four_eyes(self):
        """Return whether a second person has to approve publications."""
        # sudo: ir.config_parameter - a user who publishes may not read system parameters
        parameters = self.env["ir.config_parameter"].sudo()
        return parameters.get_param(FOUR_EYES_PARAMETER) != "off"

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_release(self):
        """Show what publishing would change, before requesting approval or publishing."""
        self.ensure_one()
        self._check_may_edit()
        wizard = self.env["chatbot.flow.release"].create({"flow_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Publish: %s", self.name),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_publish(self):
        """Publish the current flow for new conversations, without approval.

        Only if nobody else has to approve: for the system itself (installation, import by a
        program), or when a system administrator has switched the second person off.
        """
        self._check_may_edit()
        if not self.env.su and self._four_eyes():
            raise UserError(
                self.env._("A second person approves each publication: use “Ask for approval”.")
            )
        for flow in self:
            flow._publish(flow._definition(), origin="system" if self.env.su else "alone")
        return True

    def action_view_approval(self):
        """Open the pending request."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "chatbot.flow.approval",
            "res_id": self.pending_approval_id.id,
            "view_mode": "form",
        }

    # ------------------------------------------------------------
    # How it is done
    # ------------------------------------------------------------

    def _release_problems(self, definition):
        """Return why this definition cannot be published, as sentences; empty if it can.

        The checks first; a flow that passes them has its flow tests run.
        """
        return self._errors(definition) or self.test_ids._failures(definition)

    def _check_release(self, definition):
        """Raise UserError with everything that prevents publishing the definition."""
        problems = self._release_problems(definition)
        if problems:
            raise UserError(
                self.env._("The flow cannot be published yet:") + "\n" + "\n".join(problems)
            )

    def _ask_approval(self, note=""):
        """Freeze the current flow for review by a second person.

        :return: the new chatbot.flow.approval; an earlier pending request is withdrawn
        """
        self.ensure_one()
        self._check_may_edit()
        definition = self._definition()
        self._check_release(definition)
        if self.published_version_id.digest == digest(definition):
            raise UserError(self.env._("Nothing has changed since the flow was published."))
        # sudo: chatbot.flow.approval - requests are created only here, never by hand
        approvals = self.env["chatbot.flow.approval"].sudo()
        self.sudo().pending_approval_id._close("withdrawn", self.env._("A newer request was made."))
        approval = approvals.create(
            {
                "flow_id": self.id,
                "definition": definition,
                "digest": digest(definition),
                "base_version_id": self.published_version_id.id,
                "requested_by_id": self.env.uid,
                "edited_by_id": self.edited_by_id.id,
                "note": note,
                "test_names": ", ".join(self.test_ids.mapped("name")),
            }
        )
        approval._call_approvers()
        return approval.sudo(False)

    def _publish(self, definition, origin, approval=None, restored=None, reason=""):
        """Create a version of a definition and put it into service.

        :param origin: who approved, or why nobody had to, see chatbot.flow.version
        :param approval: the chatbot.flow.approval that allowed it
        :param restored: the chatbot.flow.version being restored: it was in service before, so it is
            not tested again
        :return: the chatbot.flow.version in service
        """
        self.ensure_one()
        if not restored:
            self._check_release(definition)
        version = self.published_version_id
        compiled = engine.compile(definition)
        if version.digest != compiled.digest:
            version = self._make_version(
                {
                    "definition": definition,
                    "digest": compiled.digest,
                    "origin": origin,
                    "approval_id": approval.id if approval else False,
                    "restored_id": restored.id if restored else False,
                    "reason": reason,
                }
            )
        self._note_published(definition)
        return version

    def _make_version(self, vals):
        """Create the next version, in service from now on."""
        # sudo: chatbot.flow.version, chatbot.flow - created only here, never by hand
        flow = self.sudo()
        flow.lock_for_update()
        last = max(flow.version_ids.mapped("number"), default=0)
        version = flow.env["chatbot.flow.version"].create(
            {**vals, "flow_id": self.id, "number": last + 1, "published_by": self.env.uid}
        )
        flow.published_version_id = version
        flow.invalidate_recordset(["version_ids"])
        flow._message_log(body=version._published_words(), author_id=self.env.user.partner_id.id)
        return version.sudo(self.env.su)
