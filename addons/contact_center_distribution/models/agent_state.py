# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.contact_center.models.agent_state import PAUSES

AFTER_WORK = "after_work"
NOT_ANSWERING = "not_answering"
LOGGED_OUT = "logged_out"
OFFERED = "offered"
# Of these two the one follows from the other, and brings no news.
FREE = frozenset({"available", OFFERED})
# Not logged in.
OUT = frozenset({LOGGED_OUT, "away", False})
# Who comes from one of these is back: what they did not answer is forgotten.
BACK_FROM = frozenset({*PAUSES, NOT_ANSWERING, LOGGED_OUT, False})


class AgentState(models.Model):
    """After-contact work that ends by itself, and news of agents for the distribution."""

    _inherit = "contact_center.agent.state"

    ready_at = fields.Datetime(
        readonly=True, help="When this after-contact work ends by itself; empty: by the agent."
    )

    _ready_idx = models.Index('(ready_at) WHERE "end" IS NULL AND ready_at IS NOT NULL')

    @api.model
    def _switch(self, user, kind, *args, **kwargs):
        """Tell the distribution, where there is one: somebody may be free, or is no longer."""
        before = self._current(user).kind
        if kind == "available" and self._is_offered_something(user):
            kind = OFFERED
        started = super()._switch(user, kind, *args, **kwargs)
        if before != kind and self.env["contact_center.queue"]._distributes():
            if kind in FREE and before in BACK_FROM:
                # sudo: contact_center.agent.tally - the system's own row
                self.env["contact_center.agent.tally"].sudo()._is_back(user)
            if not {before, kind} <= FREE:
                self.env["contact_center.offer"]._wake()
        if before == AFTER_WORK != kind:
            user._bus_send("contact_center/after_work", False)
        self._tell_supervised(user, before, kind)
        return started

    @api.model
    def _is_offered_something(self, user):
        """Return whether an offer to `user` has no answer yet."""
        if not self.env["contact_center.queue"]._distributes():
            return False
        return bool(self.env["contact_center.offer"]._open_offers([("user_id", "=", user.id)]))

    @api.model
    def _sync_offered(self, user):
        """Follow the offers to `user`: offered while one is open, available after.

        Whoever serves, pauses or finishes notes stays in that state. Of an offer that is accepted
        nothing is to be followed: the state goes on to "in service" without a moment in between.
        """
        if self._current(user).kind in FREE:
            self._switch(user, "available")

    @api.model
    def _tell_supervised(self, user, before, kind):
        """Tell the agents of a supervisor who comes or goes, and the distribution."""
        queues = self.env["contact_center.queue"]
        if (before in OUT) == (kind in OUT) or not queues._needs_supervisors():
            return
        today = self.env["contact_center.agent.tally"]._today()
        # sudo: contact_center.assignment - the system tells those whom it concerns
        for duty in self.env["contact_center.assignment"].sudo()._led_by(user, today):
            duty.user_id._bus_send("contact_center/gate", {})
        self.env["contact_center.offer"]._wake()

    @api.model
    def _begin_after_work(self, user, seconds):
        """Let `user` finish their notes for so many seconds, unless somebody else needs them."""
        if self._is_serving(user) or self._current(user).kind in PAUSES:
            return
        state = self._switch(user, AFTER_WORK)
        # sudo: contact_center.agent.state - the ledger is written by the system only
        state.sudo().ready_at = fields.Datetime.now() + timedelta(seconds=seconds)
        user._bus_send("contact_center/after_work", self._after_work(user))

    @api.model
    def _end_after_work(self):
        """Make those available again whose time for after-contact work is over."""
        over = [("end", "=", False), ("kind", "=", AFTER_WORK)]
        over.append(("ready_at", "<=", fields.Datetime.now()))
        # sudo: contact_center.agent.state - the ledger is written by the system only
        for state in self.sudo().search(over):
            self._switch(state.user_id, "available")

    @api.model
    def set_ready(self):
        """End the current user's after-contact work (called from the agent's screen)."""
        user = self.env.user
        if not user.has_group("contact_center.group_technician"):
            raise UserError(self.env._("Only agents of the contact center have a state."))
        if self._current(user).kind == AFTER_WORK:
            self._switch(user, "available")
        return self.get_mine()

    @api.model
    def _after_work(self, user):
        """Return the clock of the after-contact work: {"left": seconds}, or False."""
        current = self._current(user)
        if current.kind != AFTER_WORK or not current.ready_at:
            return False
        return {"left": max((current.ready_at - fields.Datetime.now()).total_seconds(), 0)}
