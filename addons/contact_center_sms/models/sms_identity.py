# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from odoo.addons.contact_center.core import opt_out
from odoo.addons.contact_center.core.contacts import phone_display
from odoo.addons.contact_center.core.tidying import fold
from odoo.addons.contact_center.core.values import Incoming

# On a telephone these alone mean: no more messages. Within a flow "sair" is an answer
_LEAVE = frozenset({"sair", "pare", "parar", "stop", "cancelar", "descadastrar", "remover"})


class SmsIdentity(models.Model):
    """A number, and whose it is: who was written to, or who wrote first."""

    _name = "contact_center.sms.identity"
    _description = "Contact Center Text Message Number"
    _inherit = ["contact_center.machine.row", "contact_center.access.logged"]
    _rec_name = "number"

    _access_content = frozenset({"number"})
    _access_subject = "partner_id"

    number = fields.Char(required=True, readonly=True, help="With country and area code: +55…")
    partner_id = fields.Many2one(
        "res.partner", string="Citizen", required=True, readonly=True, index=True
    )

    _number_unique = models.Constraint("UNIQUE(number)", "This number is somebody's already.")

    @api.model
    def _of(self, number, partner=None):
        """Return the identity of a number, made if new.

        :param partner: whose it is if it is new; a new citizen by default
        """
        identity = self.search([("number", "=", number)], limit=1)
        if not identity:
            shown = phone_display(number)
            partner = partner or self.env["res.partner"].create({"name": shown, "phone": shown})
            identity = self.create({"number": number, "partner_id": partner.id})
        return identity

    @api.model
    def _receive(self, gateway, said):
        """Hand what a citizen wrote to the conversation; return the message, none if known.

        :param said: an `exchange.Said`
        """
        messages = self.env["contact_center.sms.message"]
        known = said.gateway_id and messages.search_count(
            [
                ("gateway_id", "=", gateway.id),
                ("direction", "=", "in"),
                ("gateway_ref", "=", said.gateway_id),
            ],
            limit=1,
        )
        if known:
            return messages
        identity = self._of(messages._mobile(said.number))
        record = messages.create(
            {
                "gateway_id": gateway.id,
                "direction": "in",
                "state": "received",
                "number": identity.number,
                "partner_id": identity.partner_id.id,
                "text": said.text,
                "gateway_ref": said.gateway_id or False,
            }
        )
        identity._converse(gateway, record)
        return record

    def _converse(self, gateway, record):
        """Find or open the conversation that a received message belongs to."""
        incoming = Incoming(
            kind="text",
            text=record.text or "",
            external_id=record.gateway_ref or record.ref,
        )
        conversations = self.env["contact_center.conversation"]
        conversation = conversations._find_open(self.partner_id, "sms")._for_message(incoming)
        if not conversation:
            if self._wants_out(record.text):
                self._leave(gateway, record)
                return
            conversation = conversations._open(
                self.partner_id,
                "sms",
                queue=gateway.queue_id,
                flow_id=gateway.flow_id.id,
                sms_gateway_id=gateway.id,
                sms_number=self.number,
            )
            conversation._start()
        message = conversation._receive(incoming)
        record.write({"conversation_id": conversation.id, "mail_message_id": message.id})

    @api.model
    def _wants_out(self, text):
        """Return whether these words, said to no conversation, ask for no more messages."""
        words = " ".join(fold(text or "").strip(" .!?").split())
        return words in _LEAVE or opt_out.parse(text or "") is True

    def _leave(self, gateway, record):
        """Record that a citizen wants no more messages, and confirm it once."""
        partner = self.partner_id
        if partner.contact_center_opt_out:
            return
        # sudo: res.partner - the citizen's own wish
        partner.sudo().contact_center_opt_out = True
        self.env["contact_center.sms.message"]._say(
            gateway,
            self.number,
            self.env._(
                "You will get no more messages from us. To get them again: RECEBER MENSAGENS"
            ),
            partner_id=partner.id,
        )
        record.detail = self.env._("Wants no more messages.")
