# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from .. import routing
from ..routing import model as core


class Offer(models.Model):
    """Contacts that go to another queue too, or move there."""

    _inherit = "contact_center.offer"

    @api.model
    def _overflow(self, queues, snapshot, settings):
        """Show contacts to other queues, move or withdraw them, as the rules of the queues say.

        :return: whether anything changed
        """
        if not queues.overflow_ids and not any(one.shown_in for one in snapshot.contacts):
            return False
        health = self._health(queues, snapshot)
        seen = core.Snapshot(
            contacts=snapshot.contacts,
            agents=snapshot.agents,
            offers=snapshot.offers,
            health=health,
        )
        moves = routing.overflow(seen, self._now(), settings)
        for move in moves:
            self._overflow_one(move)
        return bool(moves)

    @api.model
    def _overflow_one(self, move):
        """Do what the router decided about one contact."""
        # sudo: contact_center.conversation, contact_center.queue - the system distributes
        conversation = self.env["contact_center.conversation"].sudo().browse(move.contact)
        target = self.env["contact_center.queue"].sudo().browse(move.target)
        conversation._lock()
        if move.kind == "withdraw":
            conversation.shown_queue_ids -= target
            conversation._log("overflow_ended", to_queue=target.name)
        elif move.kind == "show":
            conversation.shown_queue_ids |= target
            conversation._log("overflowed", to_queue=target.name, why=self._one_reason(move.reason))
        else:
            conversation._overflow_to(target, self._one_reason(move.reason))

    @api.model
    def _health(self, queues, snapshot, estimate=None):
        """Return {queue id: `routing.Health`} with what the rules of these queues ask for.

        :param estimate: queues whose estimated wait is wanted, whatever the rules of overflow
        """
        waiting, oldest, now = {queue.id: 0 for queue in queues}, {}, self._now()
        for contact in snapshot.contacts:
            waiting[contact.queue] = waiting.get(contact.queue, 0) + 1
            waited = now - contact.since
            oldest[contact.queue] = max(waited, oldest.get(contact.queue, 0.0))
        asked = {rule.condition for rule in queues.overflow_ids}
        health = {}
        for queue in queues | queues.overflow_ids.target_id:
            free = sum(
                not agent.queues[queue.id].barred and agent.load < agent.capacity
                for agent in snapshot.agents
                if queue.id in agent.queues
            )
            forecast = None
            is_wanted = queue in estimate if estimate else bool(queue.overflow_ids)
            if is_wanted and (estimate or "estimate" in asked):
                forecast = queue._forecast(waiting.get(queue.id, 0))
            health[queue.id] = core.Health(
                waiting=waiting.get(queue.id, 0),
                free=free,
                agents=queue._agents_there() if "few_agents" in asked else 0,
                oldest_wait=oldest.get(queue.id, 0.0),
                estimate=forecast.seconds if forecast else None,
                answer_speed=queue._answer_speed() if "answer_speed" in asked else None,
                open=queue._is_open(),
            )
        return health
