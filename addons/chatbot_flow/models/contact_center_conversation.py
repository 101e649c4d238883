# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.placeholders import MOMENT_NAMES


class Conversation(models.Model):
    """A conversation that a flow handles before people do."""

    _inherit = "contact_center.conversation"

    flow_id = fields.Many2one(
        "chatbot.flow",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        groups="contact_center.group_supervisor,contact_center.group_manager",
    )

    # At most one per conversation; for lists that show many of them
    chatbot_session_ids = fields.One2many(
        "chatbot.flow.session",
        "conversation_id",
        string="Flow sessions",
        groups="contact_center.group_supervisor",
    )
    has_flow = fields.Boolean(compute="_compute_has_flow", compute_sudo=True)

    @api.depends("flow_id")
    def _compute_has_flow(self):
        for conversation in self:
            conversation.has_flow = bool(conversation.flow_id.published_version_id)

    def _has_bot(self):
        """Return a flow, published or not: one that cannot run hands over to people.

        With the reason.
        """
        # sudo: contact_center.conversation - the user handling the message may not see flows
        return bool(self.sudo().flow_id) or super()._has_bot()

    def _on_bot_incoming(self, incoming):
        result = super()._on_bot_incoming(incoming)
        # sudo: contact_center.conversation, chatbot.flow.session - the flow acts for the city
        conversation = self.sudo()
        if conversation.flow_id:
            self.env["chatbot.flow.session"].sudo()._on_incoming(conversation, incoming)
        return result

    def _on_bot_reaction(self, incoming, message):
        """Treat a reaction to the flow's pending question as its answer."""
        if super()._on_bot_reaction(incoming, message):
            return True
        session = self._flow_session()
        if not session or session.asked_message_id != message.id:
            return False
        before = session.turn_count
        session._take_in(session._answer(incoming))
        return session.turn_count > before

    def _hand_over(self, *args, **kwargs):
        """Save the flow's answers on the contact for the agent."""
        # sudo: contact_center.conversation - the flow acts for the city
        session = self.sudo().flow_id and self._flow_session()
        if session:
            session._keep_answers()
        return super()._hand_over(*args, **kwargs)

    def _flow_values(self, names):
        """Return the current values for a flow's texts and conditions: {name: JSON value}.

        Hook: addons add their values if they are among `names` (those the flow uses).
        """
        self.ensure_one()
        partner = self.partner_id
        now = None
        values = {}
        for name in names:
            if name == "protocolo":
                values[name] = self.protocol
            elif name == "nome":
                values[name] = partner.name or ""
            elif name == "primeiro_nome":
                values[name] = (partner.name or "").split(" ")[0]
            elif name == "email":
                values[name] = partner.email or ""
            elif name == "telefone":
                values[name] = partner.phone or ""
            elif name == "fila":
                values[name] = self.queue_id.name or ""
            elif name == "fluxo":
                values[name] = self.flow_id.name
            elif name == "ddd":
                values[name] = self.env["res.partner"]._area_code()
            elif name in ("saudacao", "hoje"):
                now = now or self._local_time()
                values[name] = self._greeting(now) if name == "saudacao" else f"{now:%d/%m/%Y}"
        for name in MOMENT_NAMES.intersection(names):
            values[name] = getattr(self, f"_flow_value_{name}")()
        return values

    def _greeting(self, now):
        """Return the greeting for this local time, in the citizen's language."""
        env = self._citizen_env()
        if 5 <= now.hour < 12:
            return env._("Good morning")
        return env._("Good afternoon") if 12 <= now.hour < 18 else env._("Good evening")

    def _flow_queue(self):
        """Return the queue in which people would serve this conversation."""
        return self.queue_id or self.env["contact_center.queue"]._default_queue()

    def _flow_value_cidade(self):
        return self.partner_id.city or ""

    def _flow_value_bairro(self):
        return self.partner_id.street2 or ""

    def _flow_value_documento(self):
        return self.partner_id.vat or ""

    def _flow_value_etiquetas(self):
        """Return the names of the contact's tags."""
        return self.partner_id.category_id.mapped("name")

    def _flow_value_idioma(self):
        """Return the language that the person chose in an earlier conversation."""
        return self.partner_id.chatbot_lang or ""

    def _flow_value_aberto(self):
        """Return whether the queue is open now."""
        queue = self._flow_queue()
        return bool(queue) and queue._is_open()

    def _flow_value_fila_espera(self):
        queue = self._flow_queue()
        return queue._waiting_now() if queue else 0

    def _flow_value_espera_minutos(self):
        queue = self._flow_queue()
        return queue._estimated_wait_minutes() if queue else 0

    def _flow_value_maior_espera_minutos(self):
        queue = self._flow_queue()
        return round(queue._longest_wait().total_seconds() / 60) if queue else 0

    def _flow_value_atendentes(self):
        queue = self._flow_queue()
        return queue._agents_there() if queue else 0

    def _flow_value_primeiro_contato(self):
        """Return whether the person never had a conversation before this one."""
        domain = [("partner_id", "=", self.partner_id.id), ("id", "!=", self.id)]
        return not self.search_count(domain, limit=1)

    def _flow_value_chamados_abertos(self):
        """Return how many open tickets the person has, if an addon has tickets (hook)."""
        return 0

    def action_return_to_flow(self):
        """Ask the agent at which step the bot should continue."""
        self.ensure_one()
        self._check_is_agent()
        if not self._flow_session():
            raise UserError(self.env._("The bot did not serve this conversation."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_center.conversation_transfer_action"
        )
        action["context"] = {"default_conversation_id": self.id, "default_target": "flow"}
        return action

    def _citizen_owes(self):
        """Return whether it is the citizen's turn to answer the bot.

        It is not while the flow waits for an action (a ticket, a look-up), or for the citizen to be
        done writing.
        """
        owes = super()._citizen_owes()
        session = self._flow_session() if owes and self.state == "bot" else None
        return owes and (not session or (session.status == "input" and not session.turn_at))

    def _note_disposition(self, disposition_id):
        """Record what a conversation that its flow ends was about, if the flow says so.

        :param disposition_id: id, or None; a subject that was deleted meanwhile is left out
        """
        dispositions = self.env["contact_center.disposition"]
        found = dispositions.browse(disposition_id if isinstance(disposition_id, int) else [])
        if found and found.exists():
            # sudo: contact_center.conversation - the bot's layer; users may not write it
            self.sudo().disposition_id = found

    def _flow_session(self):
        """Return this conversation's session with a version, or empty."""
        # sudo: chatbot.flow.session - agents may not read flows
        sessions = self.env["chatbot.flow.session"].sudo()
        domain = [("conversation_id", "=", self.id), ("version_id", "!=", False)]
        return sessions.search(domain, limit=1)

    def _return_to_flow(self, step_key, reason="", note=""):
        """Return a conversation from people to its flow, at the step with this code.

        The reason (a code of `_transfer_reasons`) and the note are for the next agent.

        Only the agent (or a supervisor) may; raises UserError otherwise. Returns False when the
        conversation has no flow or its version has no such step, and changes nothing then.
        """
        self.ensure_one()
        self._check_is_agent()
        session = self._flow_session()
        if not session or step_key not in session.version_id._compiled().steps:
            return False
        self._lock()
        self._check_state("in_service", "queued")
        reason = self._checked_reason(reason)
        # sudo: contact_center.conversation - the right was checked above
        conversation = self.sudo()
        agent, queue = conversation.agent_id, conversation.queue_id
        if agent:
            conversation._remove_agent(agent)
        conversation._move_to("bot", agent_id=False, queued_at=False, accepted_at=False)
        conversation._log("returned_to_bot", step=step_key, reason=reason)
        self._leave_note(self.env._("Bot"), reason, note)
        session._resume(step_key)
        conversation._bus_update(also=queue)
        if agent:
            self.env["contact_center.agent.state"]._sync_service(agent)
        return True
