# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

SUPERVISOR = "contact_center.group_supervisor"


class Conversation(models.Model):
    """Direct hand-over: a contact waits for the person who cannot take it now."""

    _inherit = "contact_center.conversation"

    named_agent_id = fields.Many2one(
        "res.users",
        string="Waits for",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="The person to whom it was passed; others get it when the time is over.",
    )
    named_until = fields.Datetime(string="Waits for them until", readonly=True, copy=False)

    def _passes_at_once(self, queue, user):
        """Let it wait where agents get contacts by the gate and the gate says no."""
        if not queue._is_distributed():
            return super()._passes_at_once(queue, user)
        # sudo: contact_center.conversation - only the kind of channel is read
        weight = self.env["contact_center.channel.weight"]._of(self.sudo().channel_kind)
        # sudo: contact_center.agent.tally - of two who give at once, one repeats and counts again
        self.env["contact_center.agent.tally"].sudo()._claim(user.ids)
        (seat,) = queue._seats(user)
        # sudo: res.users - whether a colleague is a supervisor is no secret
        if not seat.is_member and user.sudo().has_group(SUPERVISOR):
            return True
        return not queue._refusals([seat], weight)

    def _transfer_values(self, queue, user):
        """Let it wait for that person for a while."""
        values = super()._transfer_values(queue, user)
        if not user or not queue.named_seconds:
            return values
        until = fields.Datetime.now() + timedelta(seconds=queue.named_seconds)
        return {**values, "named_agent_id": user.id, "named_until": until}

    def _waits_for(self):
        """Return the res.users (sudo) for whom alone it still waits, or empty."""
        self.ensure_one()
        # sudo: contact_center.conversation - internal look-up
        conversation = self.sudo()
        waits = conversation.named_until and conversation.named_until > fields.Datetime.now()
        return conversation.named_agent_id if waits else self.env["res.users"].sudo()

    def _check_not_for_another(self):
        """Raise UserError while it waits for somebody else than the current user."""
        person = self._waits_for()
        if person and person != self.env.user:
            # sudo: contact_center.conversation - the number alone reveals nothing
            raise UserError(
                self.env._(
                    "Contact %(protocol)s was passed to %(agent)s and waits for them a little.",
                    protocol=self.sudo().protocol,
                    agent=person.name,
                )
            )
