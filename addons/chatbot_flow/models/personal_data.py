# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.fields import Domain

PASSAGES_NOTE = (
    "Só as etapas por onde cada atendimento passou, para as estatísticas dos fluxos. Os textos não "
    "entendidos são apagados após 30 dias."
)


class Conversation(models.Model):
    """Erases the bot's data about a conversation with its texts."""

    _inherit = "contact_center.conversation"

    def _personal_sessions(self):
        """Return the flows' sessions of these conversations."""
        # sudo: chatbot.flow.session - the officer's work is independent of their own access
        sessions = self.env["chatbot.flow.session"].sudo()
        return sessions.search([("conversation_id", "in", self.ids)])

    def _erase_personal_texts(self):
        result = super()._erase_personal_texts()
        sessions = self._personal_sessions()
        for session in sessions:
            session.engine_state = session._impersonal_state()
        sessions.write({"error": False, "later": False, **sessions._no_pending()})
        # sudo: chatbot.flow.passage - as above
        passages = self.env["chatbot.flow.passage"].sudo()
        passages.search(
            [("session_id", "in", sessions.ids), ("answer", "!=", False)]
        )._forget_answers()
        return result


class ChatbotFlowSession(models.Model):
    """Which of a flow's values are personal."""

    _inherit = "chatbot.flow.session"

    def _declared(self):
        """Return the variables that the session's version declares.

        {name: {type, label, personal}}, those of called flows included.
        """
        self.ensure_one()
        variables = {}
        todo = [self.version_id.definition or {}]
        while todo:
            definition = todo.pop()
            variables = {**(definition.get("variables") or {}), **variables}
            todo += (definition.get("flows") or {}).values()
        return variables

    def _impersonal_state(self):
        """Return values that may stay when a person is erased, or False.

        Those that the flow declares as not personal. Undeclared values count as personal.
        """
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
    """The bot's data about a citizen."""

    _inherit = "res.partner"

    def _personal_overview(self):
        sessions = self._all_conversations()._personal_sessions()
        return [
            *super()._personal_overview(),
            {
                "label": self.env._("Variables of the flows"),
                "count": sum(len(session._values()) for session in sessions),
                "erased": True,
                "reason": "",
            },
        ]

    def _personal_data(self):
        rows = [
            {
                "protocolo": session.conversation_id.protocol,
                "variavel": variables.get(name, {}).get("label") or name,
                "valor": str(value),
                "pessoal": "sim" if variables.get(name, {}).get("personal", True) else "não",
            }
            for session in self._all_conversations()._personal_sessions()
            for variables in [session._declared()]
            for name, value in session._values().items()
        ]
        return super()._personal_data() | {
            "variaveis": {
                "title": "O que o assistente virtual guardou durante a conversa",
                "rows": rows,
            }
        }


class PersonalData(models.AbstractModel):
    """Other places of a person's name, and the retention of passages."""

    _inherit = "contact_center.personal.data"

    @api.model
    def _personal_tables(self):
        return (*super()._personal_tables(), "chatbot_flow_session", "chatbot_flow_passage")

    @api.model
    def _retention_kinds(self):
        return {
            **super()._retention_kinds(),
            "flow_passages": {
                "label": self.env._("Ways of citizens through the flows"),
                "sequence": 60,
                "note": PASSAGES_NOTE,
            },
        }

    @api.model
    def _due_flow_passages(self, before):
        return self.env["chatbot.flow.passage"], Domain("at", "<", before)

    @api.model
    def _erase_flow_passages(self, records):
        records._forget()
