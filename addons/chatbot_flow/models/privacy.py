from odoo import fields, models
from odoo.fields import Domain


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
        sessions = self._privacy_sessions()
        for session in sessions:
            session.engine_state = session._impersonal_state()
        sessions.write({"error": False, "later": False})
        # sudo: chatbot.flow.passage - as above
        passages = self.env["chatbot.flow.passage"].sudo()
        passages.search(
            [("session_id", "in", sessions.ids), ("answer", "!=", False)]
        )._forget_answers()
        return result


class ChatbotFlowSession(models.Model):
    """Which of a flow's values say something about the person."""

    _inherit = "chatbot.flow.session"

    def _declared(self):
        """The variables that the session's version declares, those of called flows included:
        {name: {type, label, personal}}."""
        self.ensure_one()
        variables = {}
        todo = [self.version_id.definition or {}]
        while todo:
            definition = todo.pop()
            variables = {**(definition.get("variables") or {}), **variables}
            todo += (definition.get("flows") or {}).values()
        return variables

    def _impersonal_state(self):
        """What may stay when a person is forgotten: the values that the flow declares as not
        personal. Whatever nobody declared is taken for personal. False when there is nothing."""
        declared = self._declared()
        kept = {
            name: value
            for name, value in self._values().items()
            if declared.get(name, {}).get("personal") is False
        }
        if not kept:
            return False
        return {"flow": self.engine_state.get("flow", ""), "status": self.status, "values": kept}


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
            {
                "protocolo": session.conversation_id.protocol,
                "variavel": variables.get(name, {}).get("label") or name,
                "valor": str(value),
                "pessoal": "sim" if variables.get(name, {}).get("personal", True) else "não",
            }
            for session in self._privacy_conversations()._privacy_sessions()
            for variables in [session._declared()]
            for name, value in session._values().items()
        ]
        return super()._privacy_data() | {
            "variaveis": {"title": "O que o robô guardou durante a conversa", "rows": rows}
        }


class PrivacyRequest(models.Model):
    """Where else a person's name may stand."""

    _inherit = "contact_center.privacy.request"

    def _scrubbed_tables(self):
        return (*super()._scrubbed_tables(), "chatbot_flow_session", "chatbot_flow_passage")


class PrivacyRetention(models.Model):
    """How long it is known which way each citizen went."""

    _inherit = "contact_center.privacy.retention"

    kind = fields.Selection(
        selection_add=[("flow_passages", "Ways of citizens through the flows")],
        ondelete={"flow_passages": "cascade"},
    )

    def _due_flow_passages(self, before):
        return self.env["chatbot.flow.passage"], Domain("at", "<", before)

    def _erase_flow_passages(self, records):
        records.unlink()
