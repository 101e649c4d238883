# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.chatbot_flow.engine import state as states
from odoo.addons.contact_center.core import caps

from ..rest.text import place
from .glpi_ticket import MESSAGE_REF

_logger = logging.getLogger(__name__)


class ChatbotFlowSession(models.Model):
    """The flow's action that opens a GLPI ticket."""

    _inherit = "chatbot.flow.session"

    def _action_glpi_open_ticket(self, params):
        """Register a ticket for the citizen; a job sends it to GLPI.

        Nothing here waits for GLPI: the citizen is told the number by the job, in the same
        conversation, when the ticket is open.

        :param params: all optional. title, description, name, email, phone (texts; without them the
            values assunto, descricao, nome, email, telefone of the flow are taken); category,
            location (ids of glpi.category, glpi.location; without them what the options chose)
        :return: ok False when no GLPI is set up; value glpi_ticket_id
        """
        values = self._values()
        conversation = self.conversation_id
        partner = conversation.partner_id

        def text(name, variable):
            return str(params.get(name) or values.get(variable) or "")

        description = self._with_places(text("description", "descricao"), values)
        if conversation._over_cap(caps.TICKETS):
            return {"ok": False, "values": {}}
        try:
            ticket = self.env["glpi.ticket"]._open_for(
                conversation,
                text("title", "assunto") or text("description", "descricao") or description,
                media_refs=self._media_refs(values),
                description=description,
                category_id=_record_id(params.get("category") or values.get("glpi_category_id")),
                location_id=_record_id(params.get("location") or values.get("glpi_location_id")),
                requester_name=text("name", "nome") or self._contact_value("name"),
                requester_email=text("email", "email") or self._contact_value("email"),
                requester_phone=text("phone", "telefone") or partner.phone,
                requester_typed=True,
                server_id=self._own_glpi_id(),
            )
        except UserError as error:
            _logger.info("Conversation %s: %s", conversation.protocol, error)
            self._note_error(f"{conversation.protocol}: {error}")
            return {"ok": False, "values": {}}
        return {"ok": True, "values": {"glpi_ticket_id": ticket.id}}

    def _call_action(self, effect):
        """Ask for the code before opening a ticket with an address that may be somebody else's."""
        if effect.name == "glpi_open_ticket":
            email = self._glpi_typed_email(effect.params)
            server = self._glpi_server()
            if server and self.conversation_id._glpi_must_prove(server, email):
                self._later("action", name=effect.name, params=dict(effect.params))
                self.conversation_id._glpi_ask_code(email)
                return None
        return super()._call_action(effect)

    def _glpi_typed_email(self, params):
        """Return the address that the ticket would have."""
        typed = params.get("email") or self._values().get("email")
        return str(typed or self._contact_value("email"))

    def _glpi_go_on(self):
        """Open the ticket that was waiting for the code, and continue with the flow."""
        number = (self.later or {}).get("number")
        if not number or not self._waits_for(number, "action"):
            return
        name = self.later["name"]
        result = self._run_action(name, dict(self.later.get("params") or {}))
        self.later = {"number": number}
        self._turn(self._action_result(name, result))

    def _glpi_open_and_leave(self):
        """Open the ticket that was waiting for the code; the flow ends here."""
        later = self.later or {}
        if later.get("kind") == "action" and later.get("name") == "glpi_open_ticket":
            self._run_action(later["name"], dict(later.get("params") or {}))
        self._leave(states.HANDED_OVER)

    def _own_glpi_id(self):
        """Return the id of the GLPI set on the flow, or False."""
        # sudo: chatbot.flow - the flow acts for the city
        return self.flow_id.sudo().glpi_server_id.id

    def _glpi_server(self):
        """Return the GLPI in which this conversation's ticket would be opened, or none."""
        values = {"server_id": self._own_glpi_id()}
        try:
            return self.env["glpi.ticket"]._server_for(values, self.conversation_id)
        except UserError:
            return self.env["glpi.server"]

    def _with_places(self, description, values):
        """Return the description, and below it the points on the map that the citizen sent.

        The flow's text may show only its address, or nothing.
        """
        places = [
            place(value["latitude"], value["longitude"], "", str(value.get("address") or ""))
            for value in values.values()
            if isinstance(value, dict) and {"latitude", "longitude"} <= value.keys()
        ]
        return "\n\n".join(filter(None, [description, *dict.fromkeys(places)]))

    def _media_refs(self, values):
        """Return references of all media that the citizen gave as answers, in order."""
        return [
            item
            for value in values.values()
            if isinstance(value, list)
            for item in value
            if isinstance(item, str) and item.startswith(MESSAGE_REF)
        ]


def _record_id(value):
    """Return an id that may come as text from a template; False for anything else."""
    text = str(value or "").strip()
    return int(text) if text.isdecimal() else False
