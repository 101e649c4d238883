from odoo import api, fields, models


class ChatbotFlowStep(models.Model):
    """The step that opens a GLPI ticket."""

    _inherit = "chatbot.flow.step"

    action_name = fields.Selection(selection_add=[("glpi_open_ticket", "Open a GLPI ticket")])

    @api.model
    def _action_values(self):
        return {**super()._action_values(), "glpi_open_ticket": {"glpi_ticket_id": 1}}
