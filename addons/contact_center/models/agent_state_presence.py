# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models

from ..core import presence
from ..tools import lock_at_once

# Open intervals of agents who are logged in, with what Odoo knows of their browsers. Reports from
# before the interval say nothing about it: who just came is there.
_SEEN = """
SELECT s.id, COALESCE(p.status, 'offline') = 'offline' AND p.id IS NOT NULL,
       GREATEST(COALESCE(p.last_poll, s.start), s.start)
FROM contact_center_agent_state s
LEFT JOIN mail_presence p ON p.user_id = s.user_id
WHERE s."end" IS NULL AND s.kind != 'logged_out'
ORDER BY s.id
"""


class AgentState(models.Model):
    """The browser that opens, is lost or comes back, and logging out."""

    _inherit = "contact_center.agent.state"

    def _is_by_loss(self):
        """Return whether this is the state "away" of an agent whose browser was lost."""
        return self.kind == "away" and self.set_by == "system"

    @api.model
    def _arrive(self, user):
        """Let an agent whose desk opens be logged in, and back if the browser had been lost.

        :return: the open interval; empty for a user who is no agent
        """
        current = self._current(user)
        if not user.has_group("contact_center.group_technician"):
            return current
        if current.kind in (False, "logged_out") or current._is_by_loss():
            return self._come_back(user)
        if current.lost_at:
            current.lost_at = False
        return current

    @api.model
    def _come_back(self, user):
        """Let `user` be available, or in service; return the open interval."""
        return self._switch(user, "in_service" if self._is_serving(user) else "available")

    @api.model
    def _log_out(self, user):
        """Let an agent who logs out of Odoo be logged out here as well."""
        if self._current(user):
            self._switch(user, "logged_out", set_by="agent")

    @api.model
    def _follow_presence(self):
        """Find agents whose browser was lost or is back, and act on it (`core.presence`).

        Each in a transaction of its own. Called every minute; the closer together the calls are,
        the more exactly the time is kept.
        """
        self.env.flush_all()
        self.env.cr.execute(_SEEN)
        seen = self.env.cr.fetchall()
        # sudo: contact_center.agent.state - the ledger is written by the system only
        intervals = self.sudo().browse([row[0] for row in seen])
        for done, (interval, (_id, offline, told)) in enumerate(zip(intervals, seen, strict=True)):
            if interval._presence_step(offline, told) and interval._still_open():
                interval._follow(interval._presence_step(offline, told))
                self.env["ir.cron"]._commit_progress(1, remaining=len(seen) - done - 1)

    def _presence_step(self, offline, told):
        """Return what to do about the browser of this interval's agent (`core.presence.step`).

        :param offline: whether its last connection was closed
        :param told: when it last reported (naive UTC)
        """
        now = fields.Datetime.now()
        lost = (now - self.lost_at).total_seconds() if self.lost_at else None
        silent = max(now - told, timedelta()).total_seconds()
        return presence.step(presence.Seen(self.kind, self._is_by_loss(), offline, silent, lost))

    def _still_open(self):
        """Lock this interval; return whether it is still the agent's current one."""
        return lock_at_once(self) and not self.end

    def _follow(self, step):
        """Do one step of `core.presence` for this interval."""
        user, now = self.user_id, fields.Datetime.now()
        if step == presence.NOTE:
            self.lost_at = now
        elif step == presence.FORGET:
            self.lost_at = False
        elif step == presence.AWAY:
            # A scheduled action speaks no language; the agent and their supervisor read it
            note = self.with_context(lang=user.lang).env._("Browser closed or asleep")
            self._switch(user, "away", note).lost_at = now
        elif step == presence.LOG_OUT:
            self._switch(user, "logged_out")
        elif step == presence.BACK:
            self._come_back(user)
