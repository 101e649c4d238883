from odoo import fields, models


class ResPartner(models.Model):
    """The language in which the robot speaks to a person."""

    _inherit = "res.partner"

    chatbot_lang = fields.Char(
        string="Language with the robot",
        help="What the person chose in a conversation, such as en_US. The robot remembers it.",
    )


class ChatbotFlowSession(models.Model):
    """A language that was chosen in a flow is remembered for the next conversation."""

    _inherit = "chatbot.flow.session"

    def _remember_language(self, flow, state):
        """Keeps the language that the citizen chose, when the flow speaks it."""
        code = flow.chosen_language(state.values) if flow.languages else ""
        partner = self.conversation_id.partner_id
        if not code or partner.chatbot_lang == code:
            return
        vals = {"chatbot_lang": code}
        installed = {lang for lang, _name in self.env["res.lang"].get_installed()}
        # the language of somebody who works here is their own business
        if code in installed and not partner.user_ids:
            vals["lang"] = code
        partner.write(vals)
