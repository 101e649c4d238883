# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.contact_center.core import lifecycle


class Offer(models.Model):
    """The agent's answer to an offer."""

    _inherit = "contact_center.offer"

    @api.model
    def accept(self, offer_id):
        """Serve the contact that was offered to the current user.

        :return: the action that opens its messages
        :raise UserError: it is no longer offered, or the user may not serve it any more
        """
        offer = self._lock_mine(offer_id)
        conversation = offer.conversation_id
        self._check_gate(offer)
        offer._end("accepted")
        offer._serve()
        return conversation.with_user(self.env.user).action_open_discuss()

    @api.model
    def refuse(self, offer_id, refusal):
        """Let the contact go to somebody else; it keeps its place.

        :param refusal: code of the reason, one of `refusal`
        """
        if refusal not in self._fields["refusal"].get_values(self.env):
            raise UserError(self.env._("Please say why you do not take this contact."))
        offer = self._lock_mine(offer_id)
        offer._end("refused", refusal=refusal)
        if offer.conversation_id.named_agent_id == offer.user_id:
            # Whoever it was passed to does not want it: the others need not wait for them
            offer.conversation_id.named_until = fields.Datetime.now()
        offer._back_to_head("refused", reason=refusal)
        return True

    def _serve(self, **data):
        """Put the contact into service with the agent.

        :param data: further details of the event
        """
        self.ensure_one()
        conversation = self.conversation_id
        if self.via_id != self.queue_id:
            conversation.served_via_id = self.via_id
        agent = conversation.with_user(self.user_id)
        agent._serve(self.user_id, "accepted", offer_id=self.id, **data)

    def _lock_mine(self, offer_id):
        """Return the open offer (sudo) with its conversation locked.

        :raise AccessError: it is not the current user's
        :raise UserError: it was answered, or the contact is gone
        """
        # sudo: contact_center.offer - that it is the user's own is checked here
        offer = self.sudo().browse(offer_id).exists()
        if not offer or offer.user_id != self.env.user:
            raise AccessError(self.env._("This contact was not offered to you."))
        offer.conversation_id._lock()
        offer.invalidate_recordset()
        if offer.result or offer.conversation_id.state != lifecycle.QUEUED:
            raise UserError(
                self.env._("This contact is no longer offered to you: the time was over.")
                if offer.result in ("expired", "gone")
                else self.env._("This contact is no longer offered to you.")
            )
        return offer

    @api.model
    def _check_gate(self, offer):
        """Raise UserError if the agent may no longer serve what was offered to them."""
        queue, user = offer.via_id or offer.queue_id, offer.user_id
        seats = queue._seats(user)
        # What is offered to them counts as theirs already
        refusal = queue._refusals(seats, 0).get((queue.id, user.id))
        if refusal:
            raise UserError(self.env._("You cannot take this contact now: %s.", refusal))

    def _back_to_head(self, kind, **data):
        """Let the contact wait before all others, with its first time; write the event.

        :param kind: of the event
        """
        self.ensure_one()
        conversation = self.conversation_id
        if conversation.state == lifecycle.QUEUED and not conversation.returned_at:
            conversation.returned_at = fields.Datetime.now()
        conversation._log(kind, agent=self.user_id.name, offer_id=self.id, **data)
        conversation._bus_update()
        self._wake()
