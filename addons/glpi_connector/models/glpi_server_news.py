# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import time
from contextlib import suppress
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every

from odoo.addons.contact_center.orderly_stop import stopping
from odoo.addons.queue_job.exception import RetryableJobError

from .. import rest
from ..rest.values import WALL_TIME, is_wall_time, parse_wall_time

_logger = logging.getLogger(__name__)

# GLPI's wall clock is set back by an hour at the end of summer time, and by people: this much is
# listed again; date_mod tells what is new.
OVERLAP = timedelta(minutes=65)
# A ticket that GLPI does not count among ours is in none of our lists: each is still read now and
# then, this many per run.
STALE_AFTER = timedelta(hours=24)
STALE_IN_A_RUN = 20
# Tickets never read before, this many per run.
UNREAD_IN_A_RUN = 500
# Number of tickets looked up here at once.
BATCH = 500
# Ids requested at once from a dialect without a list.
ASKED_FOR = 200
# Maximum duration of a run (seconds); the next one continues.
BUDGET = 240
# Maximum readings of a ticket if somebody changes the same rows meanwhile.
TRIES = 3
# If GLPI cannot answer for a ticket in this many runs, it is left until it changes.
READ_FAILURES = 5
# This many tickets suddenly invisible rather mean that a right was withdrawn.
LOST_AT_ONCE = 5


class GlpiServer(models.Model):
    """GLPI's news: our tickets that changed since the last run."""

    _inherit = "glpi.server"

    counted_to = fields.Integer(
        readonly=True,
        copy=False,
        aggregator=None,
        help="Number of the ticket up to which the open ones were counted; 0: begin anew.",
    )

    @api.model
    def _cron_poll(self):
        """Scheduled action: read the news of every GLPI, one failing server not stopping others."""
        # sudo: glpi.server - scheduled action
        for server in self.sudo().search([("url", "!=", False)]):
            server._poll()

    def _poll(self):
        """Read the changed tickets of this GLPI.

        No request is made while it has none of ours, or while GLPI is known to be down.
        """
        self.ensure_one()
        # The scheduled action and the webhook's jobs leave it to one of them
        with self._alone("poll") as alone:
            if alone and not self._breaker_wait():
                self._poll_alone()

    def _ours(self, *domain):
        """Return the domain of the existing tickets of this GLPI."""
        return [("server_id", "=", self.id), ("state", "=", "open"), *domain]

    def _watched(self, *domain):
        """Return the domain of those that may have news by themselves."""
        return [*self._ours(*domain), *self.env["glpi.ticket"]._watched_domain()]

    def _poll_alone(self):
        """Read changed tickets, and advance the mark once all are read."""
        if not self.env["glpi.ticket"].search_count(self._ours(), limit=1):
            return
        try:
            with self._client() as client:
                began = time.monotonic()
                moved, mark, back = self._moved(client)
                if self._read_each(client, moved, began):
                    self._keep_mark(self._safe_mark(client, mark, back))
        except rest.GlpiError as error:
            self._note_error(error)
        else:
            self._note_ok()
        self._settle()

    def _settle(self):
        """Commit; a conflict with somebody's change loses only bookkeeping."""
        try:
            self._commit()
        except OperationalError:
            self._rollback()

    def _keep_mark(self, mark):
        """Store the mark up to which everything was read, despite concurrent writes to the row."""
        with suppress(RetryableJobError):
            self._repeat(lambda: self.write({"poll_mark": mark}))

    # ------------------------------------------------------------ reading
    def _read_each(self, client, moved, began):
        """Read each ticket's news separately; return whether there was time for all of them.

        A stopping server leaves the rest to the next run.

        :param moved: {ticket: its date in GLPI's list, or ""}, from `_moved`
        :param began: when the list was requested (time.monotonic)
        """
        whole, failed, lost, read = True, 0, self.env["glpi.ticket"], 0
        for ticket, listed in moved.items():
            if time.monotonic() > began + BUDGET or stopping():
                whole = False
                break
            watched, seen = ticket.glpi_status in ("1", "2", "3", "4", "5"), not ticket.out_of_sight
            try:
                done = self._read_one(client, ticket, listed, began)
            except rest.GlpiDown as error:
                # one unreadable ticket does not hold up the others
                failed += 1
                if failed > 1:
                    raise
                done = self._read_failed(ticket, error, listed)
            read += 1
            whole &= done
            # a missing right may be back at once: check twice
            if ticket.out_of_sight and watched and not (seen and ticket.glpi_status):
                lost |= ticket
        self._tell_losses(lost, read)
        return whole

    def _read_one(self, client, ticket, listed, began):
        """Read one ticket in its own transaction; return whether it was read."""
        for _try in range(TRIES):
            try:
                ticket._read_news(client, listed, time.monotonic() - began)
                if self.poll_mark and not listed and not ticket.out_of_sight:
                    ticket.uncounted = True  # it is there, although no list named it
                self._commit()
                return True
            except rest.GlpiRefused as error:
                # an odd answer about one ticket: report it, and continue with the others
                _logger.info("GLPI %s, ticket %s: %s", self.name, ticket.glpi_id, error)
                self._rollback()
                ticket._note_unreadable(error, listed)
                self._settle()
                return True
            except OperationalError:
                # the citizen has just written: discard the reading and read again
                self._rollback()
            except rest.GlpiError:
                raise
            except Exception as error:  # our own error with one ticket must not stop the others
                _logger.exception("Reading the news of ticket %s failed", ticket.id)
                return self._read_failed(ticket, error, listed)
        return False

    def _read_failed(self, ticket, error, listed):
        """Record an unreadable ticket; return whether it is given up until it changes."""
        self._rollback()
        _logger.info("GLPI %s, ticket %s: %s", self.name, ticket.glpi_id, error)
        ticket.read_failures += 1
        given_up = ticket.read_failures >= READ_FAILURES
        if given_up:
            ticket._note_unreadable(error, listed)
        self._settle()
        return given_up

    def _tell_losses(self, lost, read):
        """Inform the citizens of lost tickets, unless it looks like a mistake in GLPI.

        :param lost: tickets that are no longer visible
        :param read: how many were read in this run
        """
        lost = lost.filtered(lambda one: not one.loss_told)
        if len(lost) >= LOST_AT_ONCE and len(lost) * 2 > read:
            _logger.info("GLPI %s: %s tickets are gone at once", self.name, len(lost))
            return
        for ticket in lost:
            with suppress(RetryableJobError):
                self._repeat(ticket._tell_loss)

    # ------------------------------------------------------------ changes
    def _moved(self, client):
        """Return ({changed ticket: its date in GLPI}, the new mark, whether time went back).

        The mark is GLPI's own wall time, so neither our clock nor a time zone can be wrong. Without
        a mark all are read once. A run without enough time leaves the mark unchanged, but tickets
        already read are skipped, so that the next run gets further.
        """
        tickets = self.env["glpi.ticket"]
        mark = self.poll_mark if is_wall_time(self.poll_mark) else ""
        if not mark:
            unread = tickets.search(
                self._watched(("read_at", "=", False)), limit=UNREAD_IN_A_RUN, order="id"
            )
            return dict.fromkeys(unread, ""), "", False
        since = (parse_wall_time(mark) - OVERLAP).strftime(WALL_TIME)
        dates = dict(client.changed_tickets(since))
        if tickets.search_count(self._watched(("uncounted", "=", True)), limit=1):
            dates |= client.trashed_tickets(since)
        moved = {}
        for numbers in split_every(BATCH, dates):
            for ticket in tickets.search(self._ours(("glpi_id", "in", list(numbers)))):
                date = dates[ticket.glpi_id]
                # several changes share a second: tickets at the mark may have changed again
                doubtful = date >= mark and not ticket.news_settled
                if date != ticket.date_mod or doubtful:
                    moved[ticket] = date
        counted = self._counted(client)
        earlier = {ticket: date for ticket, date in counted.items() if ticket not in moved}
        # whose GLPI time was already past at the last run
        back = [date for date in earlier.values() if date and date < since]
        moved = {**moved, **earlier}
        oldest_first = dict(sorted(moved.items(), key=lambda one: (one[1], one[0].id)))
        stale = self._stale(tickets.concat(*moved))
        return (
            {**oldest_first, **dict.fromkeys(stale, "")},
            max([mark, *filter(is_wall_time, dates.values())]),
            bool(back),
        )

    def _counted(self, client):
        """Return {ticket that differs from GLPI's count of our open tickets: its date or ""}.

        One page of the count per run. It reveals changes that appear in no list: tickets trashed,
        purged, merged or moved out of our sight, or changed while GLPI's clock was behind.
        """
        tickets = self.env["glpi.ticket"]
        after = self.counted_to
        beyond = self._watched(("glpi_id", ">", after), ("uncounted", "=", False))
        asked = tickets.search_fetch(beyond, ["glpi_id"], limit=ASKED_FOR, order="glpi_id")
        if not asked:
            self.counted_to = 0
            return {}
        try:
            dates, last = client.open_tickets(after, tuple(asked.mapped("glpi_id")))
        except rest.GlpiRefused as error:
            _logger.info("GLPI %s does not count our tickets: %s", self.name, error)
            return {}
        self.counted_to = last
        found = {}
        for numbers in split_every(BATCH, dates):
            for ticket in tickets.search(self._ours(("glpi_id", "in", list(numbers)))):
                if ticket.uncounted:
                    ticket.uncounted = False
                if dates[ticket.glpi_id] != ticket.date_mod:
                    found[ticket] = dates[ticket.glpi_id]
        domain = Domain(beyond) & Domain("glpi_id", "not in", list(dates))
        if last:
            domain &= Domain("glpi_id", "<=", last)
        for ticket in tickets.search(domain, limit=STALE_IN_A_RUN, order="read_at, id"):
            found[ticket] = ""
        return found

    def _stale(self, moved):
        """Return some tickets that GLPI does not count and that were not read for a day."""
        before = fields.Datetime.now() - STALE_AFTER
        domain = Domain(self._watched(("uncounted", "=", True), ("id", "not in", moved.ids)))
        domain &= Domain("read_at", "<", before) | (
            Domain("read_at", "=", False) & Domain("create_date", "<", before)
        )
        tickets = self.env["glpi.ticket"]
        return tickets.search(domain, limit=STALE_IN_A_RUN, order="read_at, id")

    def _safe_mark(self, client, mark, back):
        """Return the mark to store: never later than GLPI's current time.

        A GLPI whose clock ran ahead for a while left dates in the future; with such a mark
        everything until then would be missed.

        :param back: GLPI's clock was behind the mark
        """
        if not mark:
            read = self._watched(("date_mod", "!=", False))
            mark = self.env["glpi.ticket"].search(read, limit=1, order="date_mod desc").date_mod
            mark = mark if is_wall_time(mark) else False
            unread = self._watched(("read_at", "=", False))
            if self.env["glpi.ticket"].search_count(unread, limit=1):
                return False  # the next run reads more of them
        if mark == self.poll_mark and not back:
            return mark
        clock = client.server_clock()
        if clock.now is not None and clock.utc_offset_seconds is not None:
            wall = clock.now.replace(tzinfo=None) + timedelta(seconds=clock.utc_offset_seconds)
            mark = min(mark or wall.strftime(WALL_TIME), wall.strftime(WALL_TIME))
        return mark or False
