# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.contact_center.core import lifecycle
from odoo.addons.contact_center.tools import lock_at_once

from ..routing import calling_back as core

# A queue that closed is looked at for so long: whoever waited then is offered a call-back, and
# nobody is written to in the middle of the night.
CLOSING_MINUTES = 15


class Callback(models.Model):
    """What time brings about: offers to those who wait, tries that had no answer."""

    _inherit = "contact_center.callback"

    @api.model
    def _cron_follow(self):
        """Scheduled: offer call-backs, repeat them, give them up.

        Each conversation is processed in its own transaction, locked and checked again: a kill
        leaves nothing half done, and of two simultaneous runs only one finds it due.
        """
        conversations = self._to_be_looked_at()
        for done, conversation in enumerate(conversations, 1):
            if lock_at_once(conversation):
                conversation._follow_callback()
            self.env["ir.cron"]._commit_progress(1, remaining=len(conversations) - done)

    @api.model
    def _to_be_looked_at(self):
        """Return conversations for which something may be due (sudo)."""
        # sudo: contact_center.callback, contact_center.conversation - scheduled action
        unanswered = Domain("state", "=", core.OFFERED)
        unanswered &= Domain("conversation_id.state", "=", lifecycle.BOT)
        pending = self.sudo().search(Domain("state", "=", core.CALLED) | unanswered, order="id")
        conversations = pending.conversation_id
        wanting = (
            Domain("callback_after_minutes", ">", 0)
            | Domain("callback_no_forecast", "=", True)
            | Domain("callback_at_closing", "=", True)
        )
        for queue in self.env["contact_center.queue"].sudo().search(wanting):
            conversations |= conversations.search(
                Domain("queue_id", "=", queue.id)
                & Domain("state", "=", lifecycle.QUEUED)
                & Domain("callback_id", "=", False)
                & queue._may_be_offered_callback(),
                order="queued_at, id",
            )
        return conversations


class Queue(models.Model):
    """What a queue wants of call-backs."""

    _inherit = "contact_center.queue"

    def _callback_wishes(self):
        """Return the `calling_back.Wishes` of this queue."""
        self.ensure_one()
        return core.Wishes(
            after=self.callback_after_minutes * 60.0,
            without_forecast=self.callback_no_forecast,
            at_closing=self.callback_at_closing,
            answer_seconds=self.callback_answer_minutes * 60.0,
            tries=self.callback_tries,
        )

    def _may_be_offered_callback(self):
        """Return the domain of those waiting here for whom an offer may be due now.

        Whether it is says `calling_back.why_offer`; this leaves out the many for whom it is not.
        """
        self.ensure_one()
        if not self._is_open():
            is_wanted = self.callback_at_closing and self._has_just_closed()
            return Domain.TRUE if is_wanted else Domain.FALSE
        if self.callback_no_forecast and self._forecast(0) is None:
            return Domain.TRUE
        if not self.callback_after_minutes:
            return Domain.FALSE
        after = timedelta(minutes=self.callback_after_minutes)
        return Domain("queued_at", "<=", fields.Datetime.now() - after)

    def _has_just_closed(self):
        """Return whether this queue is closed, and was open a few minutes ago."""
        self.ensure_one()
        before = fields.Datetime.now() - timedelta(minutes=CLOSING_MINUTES)
        return not self._is_open() and self._is_open(before)


class Conversation(models.Model):
    """The next step of a conversation's call-back."""

    _inherit = "contact_center.conversation"

    def _follow_callback(self):
        """Do what is due for this conversation (sudo) now; return it, one of `calling_back`."""
        self.ensure_one()
        queue = self.queue_id
        if not queue:
            return ""
        wishes, moment = queue._callback_wishes(), self._callback_moment()
        step = core.step(moment, wishes)
        if step == core.OFFER_IT:
            self._offer_callback(core.why_offer(moment, wishes))
        elif step == core.FORGET:
            self._forget_callback()
        elif step == core.AGAIN:
            self.callback_id._again()
        elif step == core.GIVE_UP:
            self._give_callback_up()
        return step

    def _callback_moment(self):
        """Return this conversation as `calling_back.Moment`; what costs is asked where needed."""
        queue, callback, now = self.queue_id, self.callback_id, fields.Datetime.now()
        is_open = queue._is_open()
        told = callback.called_at if callback.state == core.CALLED else callback.offered_at
        stay = self.env["contact_center.stay"]._open_of(self)
        entered = stay.entered_at if stay else now
        is_closing = queue.callback_at_closing and not callback and queue._has_just_closed()
        needs_forecast = queue.callback_no_forecast and not callback and is_open
        return core.Moment(
            state=callback.state or "",
            waits=self.state == lifecycle.QUEUED,
            waited=(now - entered).total_seconds(),
            is_open=is_open,
            is_closing=is_closing and queue._is_open(entered),
            has_forecast=not needs_forecast or queue._forecast(0) is not None,
            silent=(now - told).total_seconds() if told else 0.0,
            tries=callback.tries,
        )
