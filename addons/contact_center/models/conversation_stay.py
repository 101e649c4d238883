# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..core import lifecycle
from ..core.microseconds import SECOND, from_us, now_us


class Conversation(models.Model):
    """Stays in queues: opened on entering, ended on leaving.

    Every waiting time comes from them.
    """

    _inherit = "contact_center.conversation"

    stay_ids = fields.One2many("contact_center.stay", "conversation_id", readonly=True)
    waiting_seconds = fields.Integer(
        compute="_compute_waiting_seconds",
        string="Waiting time (seconds)",
        help="In all queues together, until now while it waits.",
    )

    @api.depends("stay_ids.left_us")
    def _compute_waiting_seconds(self):
        """Compute the time spent waiting in queues, in whole seconds."""
        now = now_us()
        for conversation in self:
            # sudo: contact_center.stay - times of a conversation that the user may read
            stays = conversation.sudo().stay_ids
            waited = sum(max((stay.left_us or now) - stay.entered_us, 0) for stay in stays)
            conversation.waiting_seconds = waited // SECOND

    def _enter_queue(self, queue, how="transferred", since_us=None, waits=True, **vals):
        """Let this conversation wait in `queue`: ends its stay in another, opens one there.

        :param queue: contact_center.queue, may be empty
        :param how: how a stay that is still open ends, a value of `contact_center.stay.left_how`
        :param since_us: what its place counts from; by default it is the last
        :param waits: False for one that passes through on its way to a certain agent: no stay
        :param vals: further field values
        """
        self.ensure_one()
        stays = self.env["contact_center.stay"]
        stays._open_of(self)._leave(how)
        since_us = since_us or queue._time_of_arrival()
        self._move_to(
            lifecycle.QUEUED,
            queue_id=queue.id,
            agent_id=False,
            queued_at=from_us(since_us),
            accepted_at=False,
            **vals,
        )
        if waits:
            # sudo: contact_center.conversation - the place among conversations of others
            stays._enter(self.sudo(), since_us)

    def _leave_queue(self, state, agent=None, outcome=None):
        """End the stay of a conversation that goes from waiting to `state`.

        Nothing to end if it passed through without one: nobody waited.

        :param agent: res.users who takes it
        :param outcome: outcome of a conversation that is closed
        """
        how = {lifecycle.IN_SERVICE: "accepted", lifecycle.BOT: "returned_to_bot"}.get(state)
        how = how or ("abandoned" if outcome == "abandoned" else "closed")
        self.env["contact_center.stay"]._open_of(self)._leave(how, agent)

    def _note_wait_told(self, place=None, low=0, high=0):
        """Record that the citizen was told their place or wait, as an event and on the stay.

        :param place: the place that was told, if one was
        :param low: shortest wait that was told, in seconds; 0 if only the place was told
        :param high: longest wait that was told, in seconds
        """
        self.env["contact_center.stay"]._open_of(self)._tell(low, high)
        told = {"place": place, "wait_low": low, "wait_high": high}
        self._log("wait_told", **{key: value for key, value in told.items() if value})

    def _first_waiting_us(self):
        """Return since when this citizen has been waiting for people.

        However often they were passed on; now if they never waited.
        """
        # sudo: contact_center.stay - the place is kept, whoever passes the conversation on
        first = self.sudo().stay_ids.sorted("id")[:1]
        return first.since_us or now_us()
