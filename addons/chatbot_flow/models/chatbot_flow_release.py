"""From draft to service: a second person approves, and what was approved is what citizens get."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import engine
from ..engine.compiler import digest

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
        """Whether a second person has to approve what is published."""
        # sudo: ir.config_parameter - whoever publishes need not read the system's parameters
        parameters = self.env["ir.config_parameter"].sudo()
        return parameters.get_param(FOUR_EYES_PARAMETER) != "off"

    # ------------------------------------------------------------
    # What people press
    # ------------------------------------------------------------

    def action_release(self):
        """Shows what publishing would change, to ask for approval or, alone, to publish."""
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
        """Makes the flow as it is now the one that new conversations follow, without approval.

        Only where nobody else has to approve: for the system itself (installation, import by a
        program), or when a system administrator has switched the second person off.
        """
        self._check_may_edit()
        if not self.env.su and self._four_eyes():
            raise UserError(
                self.env._("A second person approves what is published: use “Ask for approval”.")
            )
        for flow in self:
            flow._publish(flow._definition(), origin="system" if self.env.su else "alone")
        return True

    def action_view_approval(self):
        """Opens the request that waits."""
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
        """Why this definition cannot be published, as sentences; none if it can.

        The checks first; a flow that passes them has its flow tests run.
        """
        return self._errors(definition) or self.test_ids._failures(definition)

    def _check_release(self, definition):
        """Raises UserError with everything that keeps the definition from being published."""
        problems = self._release_problems(definition)
        if problems:
            raise UserError(
                self.env._("The flow cannot be published yet:") + "\n" + "\n".join(problems)
            )

    def _ask_approval(self, note=""):
        """Freezes the flow as it is now for a second person to look at.

        :return: the new chatbot.flow.approval; a request that waited before is withdrawn
        """
        self.ensure_one()
        self._check_may_edit()
        definition = self._definition()
        self._check_release(definition)
        if self.published_version_id.digest == digest(definition):
            raise UserError(self.env._("Nothing has changed since the flow was published."))
        # sudo: chatbot.flow.approval - requests are made here only, nobody writes them by hand
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
        """Makes a version of a definition and puts it into service.

        :param origin: why nobody or who approved, see chatbot.flow.version
        :param approval: the chatbot.flow.approval that allowed it
        :param restored: the chatbot.flow.version that is gone back to: it was in service before,
            so it is not tested again
        :return: the chatbot.flow.version in service
        """
        self.ensure_one()
        if not restored:
            self._check_release(definition)
        compiled = engine.compile(definition)
        if self.published_version_id.digest == compiled.digest:
            return self.published_version_id
        # sudo: chatbot.flow.version, chatbot.flow - made here only, nobody may create one by hand
        flow = self.sudo()
        flow.lock_for_update()
        last = max(flow.version_ids.mapped("number"), default=0)
        version = flow.env["chatbot.flow.version"].create(
            {
                "flow_id": self.id,
                "number": last + 1,
                "definition": definition,
                "digest": compiled.digest,
                "published_by": self.env.uid,
                "origin": origin,
                "approval_id": approval.id if approval else False,
                "restored_id": restored.id if restored else False,
                "reason": reason,
            }
        )
        flow.published_version_id = version
        flow.invalidate_recordset(["version_ids"])
        flow._message_log(body=version._published_words(), author_id=self.env.user.partner_id.id)
        return version.sudo(self.env.su)
