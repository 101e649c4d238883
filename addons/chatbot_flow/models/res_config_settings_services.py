# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..web.hosts import read_allowed
from .chatbot_flow_service import HOSTS_PARAMETER


class ResConfigSettings(models.TransientModel):
    """The hosts allowed for flows' web services."""

    _inherit = "res.config.settings"

    chatbot_flow_service_hosts = fields.Char(
        string="Hosts that flows may ask", config_parameter=HOSTS_PARAMETER
    )

    @api.constrains("chatbot_flow_service_hosts")
    def _check_service_hosts(self):
        for settings in self:
            words = (settings.chatbot_flow_service_hosts or "").replace(",", " ").split()
            wrong = read_allowed(words)[1]
            if wrong:
                raise ValidationError(self.env._("These are not hosts: %s", ", ".join(wrong)))
