import logging
import time
from contextlib import contextmanager
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models

from .. import rest
from ..rest.values import WALL_TIME, parse_wall_time

_logger = logging.getLogger(__name__)

# GLPI's wall clock is set back by an hour at the end of summer time, and by people: so much of
# what was read is listed again; date_mod tells what is new.
OVERLAP = timedelta(minutes=65)
# A ticket that was deleted, merged or moved out of sight is in no list of changes: each is read now
# and then all the same, so many in a run.
STALE_AFTER = timedelta(hours=24)
STALE_IN_A_RUN = 20
# How long one run reads at most (seconds); the next one goes on.
BUDGET = 240
_LOCK_SPACE = 19_192  # first key of the advisory locks of readers


class GlpiServer(models.Model):
    """GLPI's news: which of our tickets moved since we last looked."""

    _inherit = "glpi.server"

    @api.model
    def _cron_poll(self):
        """Scheduled action: read the news of every GLPI, one failing server not stopping others."""
        # sudo: glpi.server - scheduled action
        for server in self.sudo().search([("url", "!=", False)]):
            server._poll()

    def _poll(self):
        """Read the tickets of this GLPI that changed. Nothing is asked while none is watched, nor
        while GLPI is known to be away."""
        self.ensure_one()
        with self._poll_lock() as alone:
            if alone and not self._breaker_wait():
                self._poll_alone()

    @contextmanager
    def _poll_lock(self):
        """Yield whether nobody else reads this GLPI's news now (scheduled action or webhook)."""
        with self.env.registry.cursor() as cr:
            cr.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", (_LOCK_SPACE, self.id))
            yield cr.fetchone()[0]

    def _poll_alone(self):
        """Read what moved, and move the mark when all was read."""
        watched = self.env["glpi.ticket"].search(
            [("server_id", "=", self.id), *self.env["glpi.ticket"]._watched_domain()]
        )
        if not watched:
            return
        try:
            with self._client() as client:
                began = time.monotonic()
                moved, mark = self._moved(client, watched)
                if self._read_each(client, moved, began):
                    self.poll_mark = self._sure_mark(client, mark, watched)
        except rest.GlpiError as error:
            self._note_error(error)
        else:
            self._note_ok()
        self._checkpoint()

    def _read_each(self, client, moved, began):
        """Read the news of each, on its own; whether there was time for all of them.

        :param moved: {ticket: its date in GLPI's list, or ""}, as `_moved` gives it
        :param began: when the list was asked for (time.monotonic)
        """
        whole = True
        for ticket, listed in moved.items():
            if time.monotonic() > began + BUDGET:
                return False
            try:
                ticket._read_news(client, listed, time.monotonic() - began)
            except rest.GlpiRefused as error:
                # an odd answer about one ticket keeps the others from nothing
                _logger.info("GLPI %s, ticket %s: %s", self.name, ticket.glpi_id, error)
                whole = False
            except OperationalError:
                # the citizen has just written: it is read in the next run
                self._undo()
                whole = False
            self._checkpoint()
        return whole

    def _moved(self, client, watched):
        """({watched ticket that changed since the mark: its date in GLPI}, the mark afterwards).

        The mark is GLPI's own wall time, so neither our clock nor a time zone can be wrong.
        Without a mark all are read once. A run that had no time for all of them left the mark
        where it was: what it read is not read again, so that the next one gets further.
        """
        mark = self.poll_mark
        if not mark:
            return dict.fromkeys(watched.filtered(lambda one: not one.date_mod), ""), ""
        since = (parse_wall_time(mark) - OVERLAP).strftime(WALL_TIME)
        dates = dict(client.changed_tickets(since))
        listed = watched.filtered(lambda one: one.glpi_id in dates)
        changed = listed.filtered(lambda one: dates[one.glpi_id] != one.date_mod)
        # several changes share a second: what stands at the mark may have moved again
        doubtful = (listed - changed).filtered(
            lambda one: dates[one.glpi_id] >= mark and not one.news_settled
        )
        moved = {one: dates[one.glpi_id] for one in [*changed, *doubtful]}
        moved |= dict.fromkeys(self._stale(watched - listed), "")
        return moved, max([mark, *filter(None, dates.values())])

    def _stale(self, tickets):
        """Those of `tickets` that were not read for a day, some of them, the longest first."""
        before = fields.Datetime.now() - STALE_AFTER
        stale = tickets.filtered(lambda one: one._known_at() < before)
        return stale.sorted(lambda one: one._known_at())[:STALE_IN_A_RUN]

    def _sure_mark(self, client, mark, watched):
        """The mark to keep: never later than GLPI's present time.

        A GLPI whose clock ran ahead for a while has left dates from the future; with such a mark
        everything until then would be missed.
        """
        mark = mark or max(watched.filtered("date_mod").mapped("date_mod"), default="")
        if mark == self.poll_mark:
            return mark
        clock = client.server_clock()
        if mark and clock.now is not None and clock.utc_offset_seconds is not None:
            wall = clock.now.replace(tzinfo=None) + timedelta(seconds=clock.utc_offset_seconds)
            mark = min(mark, wall.strftime(WALL_TIME))
        return mark or False
