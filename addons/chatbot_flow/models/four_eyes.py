# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The four-eyes switch: for the system administrator only, and always recorded."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .chatbot_flow_release import FOUR_EYES_PARAMETER


class IrConfigParameter(models.Model):
    """Records who switches four-eyes approval, in every flow, from whichever screen."""

    _inherit = "ir.config_parameter"

    @api.model_create_multi
    def create(self, vals_list):
        """Record the switch being set for the first time."""
        before = self.env["chatbot.flow"]._four_eyes()
        parameters = super().create(vals_list)
        parameters._tell_four_eyes(before)
        return parameters

    def write(self, vals):
        """Record a change of the switch."""
        before = self.env["chatbot.flow"]._four_eyes()
        result = super().write(vals)
        self._tell_four_eyes(before)
        return result

    def unlink(self):
        """Record the removal of the switch, which turns approval on."""
        before = self.env["chatbot.flow"]._four_eyes()
        result = super().unlink()
        self._tell_four_eyes(before)
        return result

    def _tell_four_eyes(self, before):
        now = self.env["chatbot.flow"]._four_eyes()
        if now == before:
            return
        words = (
            self.env._("From now on a second person approves publications.")
            if now
            else self.env._("From now on flows are published without a second person's approval.")
        )
        # sudo: chatbot.flow - a note in the flows' history, whatever the user's rights on flows
        flows = self.env["chatbot.flow"].sudo().with_context(active_test=False).search([])
        flows._message_log_batch(
            bodies=dict.fromkeys(flows.ids, words), author_id=self.env.user.partner_id.id
        )


class ResConfigSettings(models.TransientModel):
    """The four-eyes switch in the system settings."""

    _inherit = "res.config.settings"

    chatbot_flow_four_eyes = fields.Boolean(
        string="A second person approves flows",
        default=lambda self: self.env["chatbot.flow"]._four_eyes(),
    )

    def set_values(self):
        """Change the switch; only the system administrator may."""
        result = super().set_values()
        if self.chatbot_flow_four_eyes != self.env["chatbot.flow"]._four_eyes():
            if not self.env.user.has_group("base.group_system"):
                raise AccessError(
                    self.env._("Only the system administrator may switch the second person off.")
                )
            self.env["ir.config_parameter"].set_param(
                FOUR_EYES_PARAMETER, "on" if self.chatbot_flow_four_eyes else "off"
            )
        return result
