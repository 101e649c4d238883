from markupsafe import Markup

from odoo import api, models

from ..cloud_api import markup


class ChatbotFlowSimulation(models.TransientModel):
    """The simulator shows texts as a telephone with WhatsApp does."""

    _inherit = "chatbot.flow.simulation"

    @api.model
    def _text_html(self, text):
        """Show *bold*, _italic_ and the other marks."""
        # Safe: `to_html` escapes everything that it does not make itself.
        return Markup(markup.to_html(text))
