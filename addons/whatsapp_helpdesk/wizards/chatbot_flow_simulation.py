# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import api, models

from odoo.addons.contact_center.core.values import Option

from ..cloud_api import markup, payloads


class ChatbotFlowSimulation(models.TransientModel):
    """The simulator shows texts and options as a telephone with WhatsApp does."""

    _inherit = "chatbot.flow.simulation"

    @api.model
    def _text_html(self, text):
        """Show *bold*, _italic_ and the other marks."""
        # Safe: `to_html` escapes everything that it does not make itself.
        return Markup(markup.to_html(text))

    @api.model
    def _option_shape(self, options):
        """Return what Meta allows for these options."""
        offered = [
            Option(item["id"], item["title"], item["description"], item["label"])
            for item in options
        ]
        if payloads.fits_buttons(offered):
            return "buttons"
        return "list" if payloads.fits_list(offered) else "numbers"
