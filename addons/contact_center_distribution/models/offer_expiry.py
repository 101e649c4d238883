# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .agent_state import NOT_ANSWERING
from .queue_gate import GONE_AFTER

UNANSWERED_LIMIT = 2
"""Offers in a row without an answer after which an agent gets no more."""


class Offer(models.Model):
    """Offers that nobody answered: the contact goes on, the agent is asked back."""

    _inherit = "contact_center.offer"

    @api.model
    def _expire(self):
        """End the offers whose time is over, and those whose agent's browser is gone."""
        now = fields.Datetime.now()
        for offer in self._open_offers([("until", "<=", now)]):
            offer._expire_one()
        for offer in self._open_offers(self._gone_domain(now)):
            offer._end("gone")
            offer._back_to_head("expired", reason="gone")
        if self.env["contact_center.queue"]._needs_supervisors():
            self._withdraw_unsupervised()

    @api.model
    def _withdraw_unsupervised(self):
        """Take back what was offered to agents whose supervisor left meanwhile."""
        offers = self._open_offers([("queue_id.supervisor_present", "=", True)])
        if not offers:
            return
        queues = offers.queue_id
        missing = {
            seat.user_id
            for seat in queues._seats(offers.user_id)
            if queues._supervisor_missing(seat)
        }
        for offer in offers.filtered(lambda one: one.user_id.id in missing):
            offer._end("withdrawn")
            offer._back_to_head("expired", reason="supervisor")

    @api.model
    def _gone_domain(self, now):
        """Return the domain of offers to agents whose browser has not been heard lately."""
        heard = Domain("status", "in", ("online", "away"))
        heard &= Domain("last_poll", ">=", now - timedelta(seconds=GONE_AFTER))
        return ~Domain("user_id.presence_ids", "any", heard)

    def _expire_one(self):
        """End this offer, which was not answered in time; twice in a row is not answering."""
        self.ensure_one()
        missed = self.env["contact_center.agent.tally"].sudo()._miss(self.user_id)
        if missed >= UNANSWERED_LIMIT:
            self.env["contact_center.agent.state"]._switch(self.user_id, NOT_ANSWERING)
        self._end("expired")
        self._back_to_head("expired")
