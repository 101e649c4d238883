from odoo import models


class Conversation(models.Model):
    """What the robot remembers of a conversation goes with its texts."""

    _inherit = "contact_center.conversation"

    def _privacy_sessions(self):
        """The flows' sessions of these conversations."""
        # sudo: chatbot.flow.session - the officer's work does not depend on what they may read
        sessions = self.env["chatbot.flow.session"].sudo()
        return sessions.search([("conversation_id", "in", self.ids)])

    def _privacy_erase_texts(self):
        result = super()._privacy_erase_texts()
        self._privacy_sessions().write({"engine_state": False, "error": False})
        return result


class ResPartner(models.Model):
    """The robot's variables of a citizen."""

    _inherit = "res.partner"

    def _privacy_overview(self):
        sessions = self._privacy_conversations()._privacy_sessions()
        return [
            *super()._privacy_overview(),
            {
                "label": self.env._("Variables of the flows"),
                "count": sum(len(session._values()) for session in sessions),
                "erased": True,
                "reason": "",
            },
        ]

    def _privacy_data(self):
        rows = [
            {"protocolo": session.conversation_id.protocol, "variavel": name, "valor": str(value)}
            for session in self._privacy_conversations()._privacy_sessions()
            for name, value in session._values().items()
        ]
        return super()._privacy_data() | {
            "variaveis": {"title": "O que o robô guardou durante a conversa", "rows": rows}
        }


class PrivacyRequest(models.Model):
    """Where else a person's name may stand."""

    _inherit = "contact_center.privacy.request"

    def _scrubbed_tables(self):
        return (*super()._scrubbed_tables(), "chatbot_flow_session")
