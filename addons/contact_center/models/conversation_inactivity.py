# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..core import automatic, lifecycle
from ..tools import lock_at_once

# For each state, the queue's fields with the minutes, and the messages to send.
STATE_PREFIX = {
    lifecycle.BOT: "bot",
    lifecycle.QUEUED: "waiting",
    lifecycle.IN_SERVICE: "service",
}
WARNINGS = {lifecycle.QUEUED: "still_waiting"}
CLOSINGS = {lifecycle.QUEUED: "waiting_close"}
OUTCOMES = {lifecycle.QUEUED: "abandoned", lifecycle.BOT: "abandoned"}
BATCH = 500

# Read through _state_idx, which has the open ones only. An index over the times would be written
# with every message, and all other indexes of the row with it. The time of the last activity by
# anybody: core.automatic decides whether something is due.
_CANDIDATES = """
SELECT c.id
FROM contact_center_conversation c
WHERE c.state = %(state)s
  AND COALESCE(c.queue_id, %(default_queue)s) = %(queue)s
  AND GREATEST(c.last_inbound_at, c.last_outbound_at, c.queued_at) <= %(before)s
  AND c.id > %(after)s
ORDER BY c.id
LIMIT %(limit)s
"""


class Queue(models.Model):
    """How long a silence leads to a warning, and to the end of the conversation."""

    _inherit = "contact_center.queue"

    bot_warning_minutes = fields.Integer(string="Bot: warn after (minutes)", default=0)
    bot_close_minutes = fields.Integer(string="Bot: close after (minutes)", default=0)
    waiting_warning_minutes = fields.Integer(
        string="Waiting: tell the place after (minutes)", default=0
    )
    waiting_close_minutes = fields.Integer(string="Waiting: close after (minutes)", default=0)
    service_warning_minutes = fields.Integer(string="In service: warn after (minutes)", default=0)
    service_close_minutes = fields.Integer(string="In service: close after (minutes)", default=0)

    @api.constrains(
        "bot_warning_minutes",
        "bot_close_minutes",
        "waiting_warning_minutes",
        "waiting_close_minutes",
        "service_warning_minutes",
        "service_close_minutes",
    )
    def _check_inactivity(self):
        """Check that minutes are not negative, and that warned citizens have time to answer."""
        for queue in self:
            for state in STATE_PREFIX:
                schedule = queue._inactivity_schedule(state)
                if min(schedule.warning, schedule.close) < 0:
                    raise ValidationError(self.env._("Minutes cannot be negative."))
                if schedule.close and schedule.close <= schedule.warning:
                    raise ValidationError(
                        self.env._("The conversation must end later than the citizen is warned.")
                    )

    def _inactivity_schedule(self, state):
        """Return the `core.automatic.Schedule` of this queue for conversations in `state`."""
        self.ensure_one()
        prefix = STATE_PREFIX[state]
        return automatic.Schedule(
            warning=self[f"{prefix}_warning_minutes"], close=self[f"{prefix}_close_minutes"]
        )


class Conversation(models.Model):
    """Silence: a warning to the citizen, then the end, as set on the queue."""

    _inherit = "contact_center.conversation"

    def _inactivity_schedule(self):
        """Return the `core.automatic.Schedule` that applies to this conversation."""
        self.ensure_one()
        queue = self.queue_id or self.env["contact_center.queue"]._default_queue()
        if not queue or self.state not in STATE_PREFIX:
            return automatic.Schedule()
        return queue._inactivity_schedule(self.state)

    def _citizen_owes(self):
        """Return whether it is the citizen's turn to answer (hook).

        In service, or with the bot.
        """
        self.ensure_one()
        if self.state == lifecycle.IN_SERVICE:
            # Who was asked for patience owes no answer
            return not self.unread_count and bool(self.last_outbound_at) and not self.held_at
        return bool(self.last_outbound_at) and (
            not self.last_inbound_at or self.last_outbound_at >= self.last_inbound_at
        )

    @api.model
    def _cron_inactivity(self):
        """Warn in and close conversations that have been silent for as long as their queue says.

        Each conversation is processed in its own transaction, locked and checked again: a kill
        leaves nothing half done, and of two simultaneous runs only one finds it due.
        """
        # sudo: contact_center.queue, contact_center.conversation - the scheduled action looks at
        # all of them
        queues = self.env["contact_center.queue"].sudo().with_context(active_test=False).search([])
        for queue in queues:
            is_open = None
            for state in STATE_PREFIX:
                schedule = queue._inactivity_schedule(state)
                minutes = automatic.earliest(schedule)
                if not minutes:
                    continue
                if is_open is None:
                    is_open = queue._is_open()
                if is_open or state == lifecycle.BOT:
                    self.sudo()._inactivity_of(queue, state, minutes)

    def _inactivity_of(self, queue, state, minutes):
        """Process the conversations of `queue` in `state` that have been silent for `minutes`."""
        before = self._silent_before(queue, state, minutes)
        after = 0
        while before:
            self.env.flush_all()
            self.env.cr.execute(
                _CANDIDATES,
                {
                    "state": state,
                    "queue": queue.id,
                    "default_queue": self.env["contact_center.queue"]._default_queue().id,
                    "before": before,
                    "after": after,
                    "limit": BATCH,
                },
            )
            ids = [row[0] for row in self.env.cr.fetchall()]
            for done, conversation in enumerate(self.browse(ids), 1):
                conversation._act_on_silence()
                self.env["ir.cron"]._commit_progress(1, remaining=len(ids) - done)
            if len(ids) < BATCH:
                return
            after = ids[-1]

    def _silent_before(self, queue, state, minutes):
        """Return before when the last activity must be for `minutes` of silence, or None.

        Naive UTC. `minutes` are of relevant time; None if there is none.
        """
        now = fields.Datetime.now()
        if state == lifecycle.BOT:
            return fields.Datetime.subtract(now, minutes=minutes)
        return queue._service_start(now, timedelta(minutes=minutes))

    def _act_on_silence(self):
        """Do what is due for this conversation, if it still is once it is locked.

        :return: what was done: "", `automatic.WARN` or `automatic.CLOSE`
        """
        self.ensure_one()
        if not lock_at_once(self):
            return ""
        step = self._silence_step()
        if step == automatic.WARN:
            self._automatic(WARNINGS.get(self.state, "inactivity_warning"))
            # Sent or not: a message refused now is not sent later, when it would be stale.
            self.inactivity_warned_at = fields.Datetime.now()
        elif step == automatic.CLOSE:
            self._close_for_silence()
        return step

    def _silence_step(self):
        """Return the action due for this conversation at this moment (`core.automatic.due`)."""
        queue = self.queue_id or self.env["contact_center.queue"]._default_queue()
        silence = automatic.Silence(
            state=self.state,
            queued_at=self.queued_at or None,
            returned_at=self.returned_at or None,
            last_inbound_at=self.last_inbound_at or None,
            last_outbound_at=self.last_outbound_at or None,
            warned_at=self.inactivity_warned_at or None,
            owed=self._citizen_owes(),
        )
        # The bot works at night as well; whatever people owe or are owed waits for their hours.
        elapsed = automatic.wall_clock if self.state == lifecycle.BOT else queue._service_time
        return automatic.due(
            fields.Datetime.now(),
            silence,
            self._inactivity_schedule(),
            queue._is_open(),
            elapsed,
        )

    def _close_for_silence(self):
        """End the conversation, telling the citizen if allowed."""
        state, agent = self.state, self.agent_id
        outcome = OUTCOMES.get(state, "expired")
        self._automatic(CLOSINGS.get(state, "inactivity_close"))
        if state == lifecycle.IN_SERVICE and self._ask_survey_under_contract(outcome):
            self._end_session()
            self._bus_update()
        else:
            self._close(outcome)
        if agent:
            self.env["contact_center.agent.state"]._sync_service(agent)
