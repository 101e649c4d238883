# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core.microseconds import SECOND, from_us, now_us
from .microseconds_field import Microseconds


class Stay(models.Model):
    """One stay of a conversation in a queue: the only source of waiting times.

    Append-only: a stay is opened when the conversation enters the queue (`_enter`), told once what
    wait was announced (`_tell`) and ended once (`_leave`); nothing else changes it, not even for
    the superuser. A conversation is waiting exactly while it has an open stay.

    `entered_us` and `left_us` measure this stay; `since_us` is what its place in the queue counts
    from: earlier than `entered_us` for a citizen who keeps an earlier place (overflow, an agent who
    left).
    """

    _name = "contact_center.stay"
    _inherit = ["contact_center.machine.row"]
    _description = "Contact Center Stay"
    _order = "id"
    _rec_name = "conversation_id"

    conversation_id = fields.Many2one(
        "contact_center.conversation", required=True, readonly=True, index=True, ondelete="restrict"
    )
    queue_id = fields.Many2one("contact_center.queue", readonly=True, ondelete="restrict")
    first_id = fields.Many2one(
        "contact_center.stay",
        string="First stay",
        readonly=True,
        ondelete="cascade",
        help="Where this citizen began to wait; empty on the first stay itself.",
    )
    entered_at = fields.Datetime(string="Entered", required=True, readonly=True)
    entered_us = Microseconds(string="Entered (microseconds)", required=True, readonly=True)
    since_us = Microseconds(
        string="Place since (microseconds)",
        required=True,
        readonly=True,
        help="What the place in the queue counts from.",
    )
    left_at = fields.Datetime(string="Left", readonly=True)
    left_us = Microseconds(string="Left (microseconds)", readonly=True)
    left_how = fields.Selection(
        [
            ("accepted", "Accepted"),
            ("abandoned", "Abandoned"),
            ("overflowed", "Overflowed to another queue"),
            ("transferred", "Transferred"),
            ("lent", "Served by a lent agent"),
            ("called_back", "Called back"),
            ("to_callback", "Chose to be called back"),
            ("no_room", "Turned away: no room"),
            ("returned_to_bot", "Returned to the bot"),
            ("closed", "Closed"),
        ],
        string="How it left",
        readonly=True,
    )
    agent_id = fields.Many2one(
        "res.users",
        readonly=True,
        ondelete="restrict",
        help="Who accepted the conversation.",
    )
    place = fields.Integer(
        string="Place on entering", readonly=True, aggregator=None, help="1 is next."
    )
    told_at = fields.Datetime(string="Wait told", readonly=True)
    told_low = fields.Integer(
        string="Told, from (seconds)", readonly=True, aggregator=None, help="The first time."
    )
    told_high = fields.Integer(
        string="Told, up to (seconds)", readonly=True, aggregator=None, help="The first time."
    )
    waited_seconds = fields.Float(
        string="Waiting time (seconds)",
        compute="_compute_waited_seconds",
        store=True,
        aggregator="avg",
        digits=(16, 6),
        help="Of this stay; 0 while it lasts.",
    )

    _one_open = models.UniqueIndex(
        "(conversation_id) WHERE left_at IS NULL", "A conversation waits in one queue only."
    )
    _left_after_entered = models.Constraint(
        "CHECK(left_us IS NULL OR left_us >= entered_us)", "A stay cannot end before it begins."
    )
    _ended_whole = models.Constraint(
        "CHECK((left_at IS NULL) = (left_us IS NULL) AND (left_at IS NULL) = (left_how IS NULL))",
        "The end of a stay says when and how.",
    )
    # For the order of arrival, and the longest wait of each queue.
    _open_idx = models.Index("(queue_id, since_us) WHERE left_at IS NULL")
    # For estimates and reports over a time.
    _left_idx = models.Index("(left_at, queue_id) WHERE left_at IS NOT NULL")

    @api.depends("left_us")
    def _compute_waited_seconds(self):
        for stay in self:
            waited = stay.left_us - stay.entered_us if stay.left_us else 0
            stay.waited_seconds = waited / SECOND

    def write(self, vals):  # pylint: disable=method-required-super
        """Refuse every change."""
        raise UserError(
            self.env._("Stays in queues are never changed: waiting times come from them.")
        )

    def unlink(self):  # pylint: disable=method-required-super
        """Refuse every deletion."""
        words = self.env._("Stays in queues are never deleted: waiting times come from them.")
        raise UserError(words)  # pylint: disable=no-raise-unlink

    # ------------------------------------------------------------
    # Written by the conversation
    # ------------------------------------------------------------

    @api.model
    def _open_of(self, conversation):
        """Return the open stay of this conversation, or empty (sudo)."""
        # sudo: contact_center.stay - internal look-up
        domain = [("conversation_id", "=", conversation.id), ("left_at", "=", False)]
        read = ["entered_us", "since_us", "left_at", "told_at"]
        return self.sudo().search_fetch(domain, read, limit=1)

    @api.model
    def _enter(self, conversation, since_us=None):
        """Open the stay of this conversation in its queue, with its place there; return it.

        :param since_us: what its place counts from, this moment by default
        """
        at = now_us()
        # sudo: contact_center.stay - the ledger is written by the system only
        stays = self.sudo()
        first = stays.search(
            [("conversation_id", "=", conversation.id), ("first_id", "=", False)], limit=1
        )
        return stays.create(
            {
                "conversation_id": conversation.id,
                "queue_id": conversation.queue_id.id,
                "first_id": first.id,
                "entered_at": from_us(at),
                "entered_us": at,
                "since_us": since_us or at,
                "place": conversation._waiting_position(),
            }
        )

    def _leave(self, how, agent=None):
        """End these stays, if any is open.

        An addon that wants to know of ends extends this method.

        :param how: a value of `left_how`
        :param agent: res.users who accepted the conversation
        """
        for stay in self.filtered(lambda stay: not stay.left_at):
            # If the clock was set back, a stay must not end before it began
            at = max(now_us(), stay.entered_us)
            vals = {"left_at": from_us(at), "left_us": at, "left_how": how}
            stay._write_once({**vals, "agent_id": agent.id if agent else False})
        # Write this before the next stay: the index allows one open stay per conversation
        self.flush_recordset(["left_at"])

    def _tell(self, low=0, high=0):
        """Remember the wait that the citizen was told, in seconds; only the first time counts."""
        for stay in self.filtered(lambda stay: not stay.told_at):
            vals = {"told_at": fields.Datetime.now(), "told_low": low, "told_high": high}
            stay._write_once(vals)

    def _write_once(self, vals):
        """Write past `write`, which lets nobody change a stay."""
        write = super().write
        return write(vals)

    # ------------------------------------------------------------
    # Read by others
    # ------------------------------------------------------------

    @api.model
    def _waiting_since(self, queues):
        """Return what the place of the first waiting citizen counts from: {queue: naive UTC}.

        Queues in which nobody is waiting are left out.
        """
        # sudo: contact_center.stay - times only, for any user
        groups = self.sudo()._read_group(
            [("queue_id", "in", queues.ids), ("left_at", "=", False)],
            ["queue_id"],
            ["since_us:min"],
        )
        return {queue: from_us(since) for queue, since in groups}

    def _service_time_waited(self):
        """Return how long these stays lasted, until now if open, in service time (timedelta)."""
        now, waited = fields.Datetime.now(), timedelta()
        for stay in self:
            start, end = stay.entered_at, stay.left_at or now
            queue = stay.queue_id
            waited += queue._service_time(start, end) if queue else max(end - start, timedelta())
        return waited
