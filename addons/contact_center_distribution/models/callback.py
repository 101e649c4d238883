# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..routing import calling_back as core

MESSAGE = "message"


class Callback(models.Model):
    """A citizen who need not wait: the center comes back to them in their turn.

    The conversation itself keeps the place in the line, with the same first time; this row says
    that its citizen may have left, why it was offered, how often they were called, and what came of
    it. Each step is an event of the conversation too. Written by the system only.

    How the citizen is reached is `kind`: a channel on which it is something else than a message (a
    telephone call) adds a kind, says it in `conversation._callback_kind`, and reaches the citizen
    in `_reach`.
    """

    _name = "contact_center.callback"
    _inherit = ["contact_center.machine.row", "contact_center.access.logged"]
    _description = "Call-back"
    _access_content = frozenset({"conversation_id", "partner_id"})
    _order = "id desc"
    _rec_name = "conversation_id"

    conversation_id = fields.Many2one(
        "contact_center.conversation", required=True, readonly=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Citizen",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    queue_id = fields.Many2one(
        "contact_center.queue", required=True, readonly=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [(MESSAGE, "By message, on the same channel")],
        string="How",
        required=True,
        readonly=True,
        default=MESSAGE,
    )
    why = fields.Selection(
        [
            (core.FULL, "The queue was full"),
            (core.NO_FORECAST, "Nobody was there, no forecast"),
            (core.LONG_WAIT, "A long wait"),
            (core.CLOSING, "The queue closed while they waited"),
        ],
        string="Offered because",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [
            (core.OFFERED, "Offered to the citizen"),
            (core.WAITING, "Waiting to be called back"),
            (core.CALLED, "Called back, no answer yet"),
            (core.ANSWERED, "Answered"),
            (core.UNANSWERED, "Not answered"),
            (core.DECLINED, "Not wanted"),
            (core.IGNORED, "Offer not answered"),
            (core.CANCELLED, "Cancelled by the citizen"),
            (core.WITHDRAWN, "Withdrawn"),
        ],
        required=True,
        readonly=True,
        default=core.OFFERED,
    )
    offered_at = fields.Datetime(
        string="Offered", required=True, readonly=True, default=fields.Datetime.now
    )
    agreed_at = fields.Datetime(string="Agreed", readonly=True)
    since = fields.Datetime(
        string="Place since", readonly=True, help="What the place in the queue counts from."
    )
    not_before = fields.Datetime(
        string="Not before", readonly=True, help="The next try is not made earlier than this."
    )
    tries = fields.Integer(readonly=True, aggregator="avg")
    called_at = fields.Datetime(string="Called back", readonly=True)
    agent_id = fields.Many2one(
        "res.users", readonly=True, ondelete="restrict", help="Who called back last."
    )
    ended_at = fields.Datetime(string="Ended", readonly=True)

    _one_open = models.UniqueIndex(
        "(partner_id, queue_id) WHERE state IN ('offered', 'waiting', 'called')",
        "This person already waits for a call-back from this queue.",
    )
    _open_idx = models.Index("(queue_id, state) WHERE state IN ('offered', 'waiting', 'called')")

    def _access_subjects(self):
        """Return the conversations that are called back."""
        return self.conversation_id

    @api.model
    def _is_open_for(self, partner, queue):
        """Return whether this person is offered, or waits for, a call-back from this queue."""
        # sudo: contact_center.callback - existence only
        domain = Domain("partner_id", "=", partner.id) & Domain("queue_id", "=", queue.id)
        return bool(self.sudo().search_count(domain & Domain("state", "in", core.OPEN), limit=1))

    # ------------------------------------------------------------
    # From step to step
    # ------------------------------------------------------------

    def _agree(self):
        """Let the citizen wait for the call-back, in their place."""
        self.ensure_one()
        now = fields.Datetime.now()
        since = self.conversation_id.queued_at
        self.write({"state": core.WAITING, "agreed_at": now, "not_before": now, "since": since})
        self.conversation_id._log("callback_agreed")

    def _end(self, state, event=None):
        """End these call-backs that are open, with an event of its own if there is one.

        :param state: one of `calling_back.ENDED`
        """
        for callback in self.filtered(lambda one: one.state in core.OPEN):
            callback.write({"state": state, "ended_at": fields.Datetime.now()})
            if event:
                callback.conversation_id._log(event, tries=callback.tries)

    def _call(self, user):
        """Reach the citizen for `user`, the agent who serves them now.

        Where that is not possible the agent reads why, in a note, and tries in their own way.
        """
        self.ensure_one()
        now = fields.Datetime.now()
        self.write(
            {
                "state": core.CALLED,
                "tries": self.tries + 1,
                "called_at": now,
                "agent_id": user.id,
            }
        )
        is_reached = self._reach()
        self.conversation_id._log("called_back", tries=self.tries, reached=is_reached)
        if not is_reached:
            conversation = self.conversation_id.with_context(lang=user.lang)
            conversation._post_note(
                conversation.env._(
                    "The message of the call-back could not be sent: the channel takes no free "
                    "text now, and no template is chosen for it. Reach the citizen in another "
                    "way, or send a template."
                )
            )

    def _reach(self):
        """Reach the citizen in the way that `kind` says; return if that worked (hook).

        By message: the automatic message "Called back". Outside the time in which the channel takes
        free text it goes through `conversation._automatic_outside_window`.
        """
        return bool(self.conversation_id._automatic("callback_now"))

    def _again(self):
        """Let the citizen, who did not answer, wait for the next try, in the same place."""
        self.ensure_one()
        conversation, minutes = self.conversation_id, self.queue_id.callback_retry_minutes
        conversation._log("callback_unanswered", tries=self.tries)
        conversation._wait_for_next_call()
        self.not_before = fields.Datetime.now() + timedelta(minutes=minutes)

    # ------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------

    @api.model
    def _counts(self, queues):
        """Return how many wait for a call-back, {queue id: count}."""
        # sudo: contact_center.callback - counts only
        groups = self.sudo()._read_group(
            [("queue_id", "in", queues.ids), ("state", "in", (core.WAITING, core.CALLED))],
            ["queue_id"],
            ["__count"],
        )
        return {queue.id: count for queue, count in groups}
