# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..core import agent_time, lifecycle
from ..core.microseconds import SECOND, from_us, now_us

_HOLDS = """
SELECT agent_id, conversation_id, at_us, next_us FROM (
    SELECT agent_id, conversation_id, kind, at_us,
           lead(at_us) OVER (PARTITION BY conversation_id ORDER BY id) AS next_us
    FROM contact_center_event
    WHERE kind IN ('hold', 'hold_ended') AND at >= %(first)s
      AND (conversation_id = ANY(%(conversations)s) OR %(conversations)s IS NULL)
) moves
WHERE kind = 'hold' AND at_us < %(until)s AND COALESCE(next_us, %(until)s) > %(since)s
"""


class Conversation(models.Model):
    """Hold: the agent asks the citizen for a little patience, and the time is counted.

    It ends when the agent takes the contact back or writes, and whenever somebody else gets it.
    """

    _inherit = "contact_center.conversation"

    held_at = fields.Datetime(string="On hold since", readonly=True, copy=False)
    hold_seconds = fields.Integer(
        compute="_compute_hold_seconds",
        string="Time on hold (seconds)",
        help="All times on hold together, until now while it is.",
    )

    def _compute_hold_seconds(self):
        """Compute the time on hold, in whole seconds, from the events."""
        now = now_us()
        holds = self._holds(0, now, self)
        for conversation in self:
            mine = [one for _agent, where, one in holds if where == conversation.id]
            conversation.hold_seconds = agent_time.contact_time(mine, 0, now) // SECOND

    def action_hold(self):
        """Put this conversation on hold; the citizen is told the first time."""
        self.ensure_one()
        self._check_is_agent()
        self._lock()
        self._check_state(lifecycle.IN_SERVICE)
        # sudo: contact_center.conversation - the right was checked above
        conversation = self.sudo()
        if not conversation.held_at:
            conversation.held_at = fields.Datetime.now()
            conversation._log("hold")
            conversation._automatic("hold")
            conversation._bus_update()
        return True

    def action_resume(self):
        """Take this conversation back from hold."""
        self.ensure_one()
        self._check_is_agent()
        self._lock()
        # sudo: contact_center.conversation - the right was checked above
        if self.sudo()._end_hold():
            self._bus_update()
        return True

    def _end_hold(self):
        """End the hold, if there is one; return whether there was."""
        if not self.held_at:
            return False
        self.held_at = False
        self._log("hold_ended")
        return True

    @api.model
    def _holds(self, since, until, conversations=None):
        """Return when conversations were on hold between two moments in microseconds.

        :param conversations: only these
        :return: [(agent's user id, conversation id, `core.agent_time.Interval`)]
        """
        self.env["contact_center.event"].flush_model()
        values = {
            "since": since,
            "until": until,
            # A hold belongs to one service: none began earlier than a service may
            "first": from_us(max(since - 31 * 24 * 3600 * SECOND, 0)),
            "conversations": None if conversations is None else conversations.ids,
        }
        self.env.cr.execute(_HOLDS, values)
        return [
            (agent, where, agent_time.Interval("hold", start, end))
            for agent, where, start, end in self.env.cr.fetchall()
        ]
