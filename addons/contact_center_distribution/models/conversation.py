# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.contact_center.core import lifecycle

from ..routing.calling_back import WAITING
from .queue import AUTOMATIC, OFFER

SUPERVISOR = "contact_center.group_supervisor"


class Conversation(models.Model):
    """What the distribution knows of conversations, and who may take one by hand."""

    _inherit = "contact_center.conversation"

    def _move_to(self, state, **vals):
        """Keep the distribution's books: what was offered, who serves how much, call-backs."""
        # sudo: contact_center.conversation - users may not read what they no longer serve
        conversation = self.sudo()
        if not self.env["contact_center.queue"]._distributes():
            result = super()._move_to(state, **vals)
            conversation._callback_moved()
            return result
        before, agent, accepted_at = (
            conversation.state,
            conversation.agent_id,
            conversation.accepted_at,
        )
        result = super()._move_to(state, **vals)
        conversation._distribution_moved(before, agent, accepted_at)
        conversation._callback_moved()
        return result

    def _distribution_moved(self, before, agent, accepted_at):
        """Follow a move.

        :param before: state before it
        :param agent: agent before it
        :param accepted_at: since when that agent served
        """
        # sudo: contact_center.agent.tally - the system's own rows
        tallies = self.env["contact_center.agent.tally"].sudo()
        if before == lifecycle.IN_SERVICE and agent:
            seconds = (fields.Datetime.now() - accepted_at).total_seconds() if accepted_at else 0
            tallies._end(agent, seconds)
            self.env["contact_center.offer"]._wake()
        if self.state == lifecycle.IN_SERVICE and self.agent_id:
            tallies._begin(self.agent_id)
        if before == lifecycle.QUEUED and self.queue_id._is_distributed():
            offers = self.env["contact_center.offer"]
            offers._open_offers([("conversation_id", "=", self.id)])._end("withdrawn")
        if self.state == lifecycle.QUEUED and self.queue_id._is_distributed():
            self.env["contact_center.offer"]._wake()

    def action_take(self):
        """Take this waiting conversation where its queue lets agents pick."""
        self.ensure_one()
        self._check_distribution()
        self._check_callback_hours()
        return super().action_take()

    def _check_agent_may_serve(self, user):
        """Let nobody serve without their supervisor where the queue says so."""
        super()._check_agent_may_serve(user)
        # sudo: contact_center.conversation - only the queue is read
        queue = self.sudo().queue_id
        if not queue or not queue._needs_supervisors() or not queue.supervisor_present:
            return
        (seat,) = queue._seats(user)
        why = queue._supervisor_missing(seat)
        if not why:
            return
        raise UserError(
            self.env._("You cannot take this contact now: %s.", why)
            if user == self.env.user
            else self.env._(
                "%(agent)s cannot take this contact now: %(why)s.", agent=user.name, why=why
            )
        )

    def _check_distribution(self):
        """Raise UserError if the current user may not pick this conversation by hand.

        Supervisors may: somebody has to when the distribution cannot.
        """
        # sudo: contact_center.conversation - only the queue and the weight are read
        conversation, user = self.sudo(), self.env.user
        queue = conversation.queue_id
        if not queue._is_distributed() or user.has_group(SUPERVISOR):
            return
        if queue.mode in (OFFER, AUTOMATIC):
            raise UserError(
                self.env._(
                    "The contacts of the queue %s are offered to you in their order: there is "
                    "nothing to pick.",
                    queue.name,
                )
            )
        self._check_not_for_another()
        weight = self.env["contact_center.channel.weight"]._of(conversation.channel_kind)
        # sudo: contact_center.agent.tally - of two who give at once, one repeats and counts again
        self.env["contact_center.agent.tally"].sudo()._claim(user.ids)
        refusal = queue._refusals(queue._seats(user), weight).get((queue.id, user.id))
        if refusal:
            raise UserError(self.env._("You cannot take this contact now: %s.", refusal))

    def action_close(self, disposition=None):
        """Give the agent time for after-contact work, where the queue says so."""
        # sudo: contact_center.conversation - it is no longer readable once it is closed
        agent, queue = self.sudo().agent_id, self.sudo().queue_id
        result = super().action_close(disposition)
        if agent and queue.wrap_up_seconds and queue._is_distributed():
            self.env["contact_center.agent.state"]._begin_after_work(agent, queue.wrap_up_seconds)
        return result

    def _bus_payload(self):
        """Say whether the screen may offer to take it by hand, and whether its citizen left."""
        payload = super()._bus_payload()
        # sudo: contact_center.conversation - how the queue works is no secret
        queue = self.sudo().queue_id
        return {
            **payload,
            "by_hand": not queue._is_distributed() or queue.mode == "mixed",
            "callback": bool(self._callback_in(WAITING)),
        }
