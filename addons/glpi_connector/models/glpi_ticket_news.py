# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from .. import rest

# GLPI's dates have no fractions; this long after one nothing more can get it (seconds).
SECOND_OVER = 2


class GlpiTicket(models.Model):
    """Reads and stores a ticket's news from GLPI.

    Entries and files are read by glpi_ticket_entries.py, status and people by glpi_ticket_moves.py;
    tickets that are no longer visible by glpi_ticket_lost.py, and glpi_ticket_telling.py tells the
    citizen.
    """

    _inherit = "glpi.ticket"

    read_at = fields.Datetime(string="Last read in GLPI", readonly=True, copy=False)
    news_settled = fields.Boolean(
        readonly=True, copy=False, help="Whatever happens now gets a later date in GLPI."
    )
    read_failures = fields.Integer(
        readonly=True, copy=False, aggregator=None, help="Readings in a row that GLPI cut short."
    )

    def _watched_domain(self):
        """Return the domain of tickets that may have news; closed ones if GLPI says so."""
        return [("state", "=", "open"), ("glpi_status", "in", ["1", "2", "3", "4", "5"])]

    def _read_news(self, client, listed="", seconds=0):
        """Read status, followups, solutions and files. Raises rest.GlpiDown, rest.GlpiAuth.

        Takes at most six requests, not counting files, however large the ticket is.

        :param listed: date of its last change in the list
        :param seconds: how long ago the list was requested
        """
        self.ensure_one()
        try:
            news = client.read_ticket(self.glpi_id, with_documents=True)
            if news.deleted:
                self._deleted(client, news)
                return
            actors = self._read_actors(client, news)
            reading = self._read_entries(client, news, actors)
        except rest.GlpiRefused as error:
            if error.kind not in ("not_found", "right"):
                raise
            # Gone: that is the last news. A right may come back.
            self._lost(self.server_id._explain(error), for_good=error.kind == "not_found")
            return
        self._lock_conversation()
        back = self._found_again()
        before = self.glpi_status
        told = self._keep_entries(reading)
        moves = self._moves(news, actors, told, back)
        self._note_date(news.date_mod, listed, seconds)
        self._tell_in_order(moves, told)
        if reading.is_news or self.glpi_status != before or back:
            self.conversation_id._bus_refresh(panel=True)

    def _note_date(self, date_mod, listed, seconds):
        """Store the date of the last change, and whether another may still get the same date."""
        now = fields.Datetime.now()
        if date_mod == self.date_mod and self.read_at:
            seconds = max(seconds, (now - self.read_at).total_seconds())
        settled = date_mod == listed and seconds >= SECOND_OVER
        self.write(
            {"date_mod": date_mod, "news_settled": settled, "read_at": now, "read_failures": 0}
        )

    def _note_unreadable(self, error, listed):
        """Record an unusable answer about this ticket: report it once, ask again when it changes.

        :param error: rest.GlpiError, or our own error
        :param listed: date of the change that could not be read
        """
        env = self.with_context(lang=self.server_id.lang).env
        if isinstance(error, rest.GlpiError):
            words = self.server_id._explain(error)
        else:
            words = env._(
                "Unexpected error: %(error)s. The details are in the log.",
                error=f"{type(error).__name__} {error}".strip()[:300],
            )
        if self.notice != words:
            self._tell_agent(
                env._(
                    "The changes in ticket No. %(number)s cannot be read from GLPI: %(reason)s",
                    number=self.glpi_id,
                    reason=words,
                )
            )
        self.write(
            {
                "notice": words,
                "date_mod": listed or self.date_mod,
                "news_settled": True,
                "read_at": fields.Datetime.now(),
                # the first successful reading removes the notice
                "read_failures": max(self.read_failures, 1),
            }
        )
