# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.contact_center.core import lifecycle

from .. import routing
from ..routing import calling_back, overflowing, words
from ..routing import model as core

# Who waits in the chat: those who wait to be called back hold no line.
IN_THE_CHAT = Domain("callback_id", "=", False) | Domain(
    "callback_id.state", "!=", calling_back.WAITING
)
# Of a weight that fits however busy an agent is.
WEIGHTLESS = -1_000_000


class Queue(models.Model):
    """The limits of a queue, and what becomes of those for whom there is no room."""

    _inherit = "contact_center.queue"

    max_waiting = fields.Integer(
        string="At most waiting (contacts)",
        default=0,
        help="When so many wait, nobody else is let in. Those who wait to be called back do not "
        "count. 0: no limit.",
    )
    max_wait_seconds = fields.Integer(
        string="Longest wait (seconds)",
        default=0,
        help="Nobody else is let in while the estimated wait, or that of whoever has waited "
        "longest, is longer. 0: no limit.",
    )
    when_full = fields.Selection(
        [
            (words.MESSAGE, "Say so, and end the conversation"),
            (words.OVERFLOW, "Let the contact wait in another queue that has room"),
            (words.CALL_BACK, "Offer to call back when it is their turn"),
        ],
        string="When there is no room",
        required=True,
        default=words.MESSAGE,
    )

    _limits_not_negative = models.Constraint(
        "CHECK(max_waiting >= 0 AND max_wait_seconds >= 0)",
        "The limits of a queue cannot be negative.",
    )

    @api.constrains("when_full", "overflow_ids", "max_waiting", "max_wait_seconds")
    def _check_when_full(self):
        for queue in self.filtered(lambda one: one.max_waiting or one.max_wait_seconds):
            if queue.when_full == words.OVERFLOW and not queue.overflow_ids:
                raise ValidationError(
                    self.env._(
                        "A full queue sends contacts to the queues of its rules of overflow: add "
                        "one first."
                    )
                )

    def _admission(self):
        """Return the `routing.Admission` of a contact that wants to wait here now.

        Of several who come in the same moment one or two more may be let in than there is room.
        """
        self.ensure_one()
        # sudo: contact_center.queue - the citizen's message decides, not a user
        queue = self.sudo()
        if not queue._is_limited():
            return routing.Admission(overflowing.ACCEPT)
        target = queue._queue_with_room() if queue.when_full == words.OVERFLOW else self.browse()
        return routing.admit(queue._limits(target), queue._entry_health())

    def _is_limited(self):
        """Return whether this queue has limits at all."""
        return bool(self.max_waiting or self.max_wait_seconds)

    def _limits(self, target):
        """Return the `routing.QueueSettings` that say whether there is room.

        :param target: queue that takes in who finds none, may be empty
        """
        return core.QueueSettings(
            id=self.id,
            max_waiting=self.max_waiting,
            max_wait=float(self.max_wait_seconds),
            when_full=self.when_full,
            full_target=target.id or None,
        )

    def _queue_with_room(self):
        """Return the queue of the first rule of overflow that is open and has room; or empty."""
        for target in self.overflow_ids.target_id:
            if not target.active or not target._is_open():
                continue
            if not target._is_limited():
                return target
            if not routing.admit(target._limits(self.browse()), target._entry_health()).reason:
                return target
        return self.browse()

    def _entry_health(self):
        """Return the `routing.Health` of this queue (sudo) for somebody who wants to enter."""
        here = Domain("queue_id", "=", self.id) & Domain("state", "=", lifecycle.QUEUED)
        waiting = self.env["contact_center.conversation"].search_count(here & IN_THE_CHAT)
        if not self.max_wait_seconds:
            return core.Health(waiting=waiting)
        forecast = self._forecast(self._waiting_now())
        return core.Health(
            waiting=waiting,
            oldest_wait=self._longest_wait().total_seconds(),
            estimate=forecast.seconds if forecast else None,
        )

    def _longest_wait(self):
        """Leave out those who wait to be called back: they need not wait."""
        self.ensure_one()
        # sudo: contact_center.conversation, contact_center.stay - times only, for any user
        here = Domain("queue_id", "=", self.id) & Domain("state", "=", lifecycle.QUEUED)
        conversations = self.env["contact_center.conversation"].sudo()
        longest = conversations.search(here & IN_THE_CHAT, order="queued_at, id", limit=1)
        return self.env["contact_center.stay"]._open_of(longest)._service_time_waited()

    def _agents_there(self):
        """Count, where the queue distributes, whom the gate would let serve if they had room."""
        if not self._is_distributed():
            return super()._agents_there()
        # sudo: contact_center.queue - a count only
        queue = self.sudo()
        seats = queue._seats()
        return len(seats) - len(queue._refusals(seats, WEIGHTLESS))
