# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ResPartner(models.Model):
    """The language in which the bot speaks to a person."""

    _inherit = "res.partner"

    chatbot_lang = fields.Char(
        string="Language with the bot",
        help="The language that the person chose in a conversation, such as en_US. The bot "
        "remembers it.",
    )


class ChatbotFlowSession(models.Model):
    """Remembers a language chosen in a flow for the next conversation."""

    _inherit = "chatbot.flow.session"

    def _remember_language(self, flow, state):
        """Keep the language that the citizen chose, when the flow speaks it."""
        code = flow.chosen_language(state.values) if flow.languages else ""
        partner = self.conversation_id.partner_id
        if not code or partner.chatbot_lang == code:
            return
        vals = {"chatbot_lang": code}
        installed = {lang for lang, _name in self.env["res.lang"].get_installed()}
        # users of the platform choose their own language
        if code in installed and not partner.user_ids:
            vals["lang"] = code
        partner.write(vals)
