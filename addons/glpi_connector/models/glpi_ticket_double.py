# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, models

from .. import rest
from ..rest import text

# A request without a response may still be carried out for this long after sending: the longest
# that a web server lets PHP run.
LATE = timedelta(minutes=20)
# Delay of the first check for a late duplicate (seconds); later ones take longer.
FIRST_LOOK = 60


class GlpiTicket(models.Model):
    """A ticket that GLPI created twice: the first response came late, or never.

    GLPI has no idempotency key. If a second request had to be sent, we keep searching for the
    marker afterwards. The older ticket stays, unless the citizen already has the other number; the
    duplicate is closed in GLPI, with a note that names the remaining one.
    """

    _inherit = "glpi.ticket"

    doubles_until = fields.Datetime(
        readonly=True,
        copy=False,
        help="A second request was sent: until then a late ticket of the first one is looked for.",
    )
    double_numbers = fields.Char(
        string="Doubles in GLPI", readonly=True, copy=False, help="Closed as doubles of this one."
    )

    def _expect_doubles(self):
        """Expect a duplicate: the first request may still be carried out after a second one."""
        self.doubles_until = fields.Datetime.now() + LATE

    def _oldest_of(self, client, created):
        """Return the id of the remaining ticket.

        The first one may have arrived since the search.
        """
        try:
            return min([created, *client.find_tickets(self.marker)])
        except rest.GlpiRefused:
            return created

    def _join_doubles(self, client):
        """Find duplicates and close them in GLPI. Raises rest.GlpiDown and rest.GlpiAuth."""
        if not self.doubles_until:
            return
        known = set((self.double_numbers or "").split(", ")) | {str(self.glpi_id)}
        for double in client.find_tickets(self.marker):
            if str(double) not in known:
                self._join_double(client, double)
        if fields.Datetime.now() >= self.doubles_until:
            self.doubles_until = False
        self._commit()

    def _join_double(self, client, double):
        """Close a duplicate in GLPI, and record it here."""
        env = self.with_context(lang=self.server_id.lang).env
        marker = f"{self.marker}-{double}"
        words = env._(
            "This ticket was made twice (GLPI answered too late). It goes on as No. %s.",
            self.glpi_id,
        )
        try:
            client.close_double(double, self.glpi_id, text.followup(words, marker), marker)
        except rest.GlpiRefused as error:
            notice = env._(
                "GLPI made this ticket twice: No. %(double)s is a double of No. %(number)s and "
                "could not be closed. Please close it in GLPI. %(reason)s",
                double=double,
                number=self.glpi_id,
                reason=self.server_id._explain(error),
            )
        else:
            notice = env._(
                "GLPI made this ticket twice: No. %(double)s was closed as a double of "
                "No. %(number)s.",
                double=double,
                number=self.glpi_id,
            )
        self.write(
            {
                "double_numbers": ", ".join(filter(None, [self.double_numbers, str(double)])),
                "notice": "\n".join(filter(None, [self.notice, notice])),
            }
        )
        self._tell_agent(notice)
        self._commit()

    def _seconds_to_look(self):
        """Return the seconds until the next search for a late duplicate, None if it is over."""
        parts = (self, *self._doubtful_parts())
        moments = [part.doubles_until for one in parts for part in one if part.doubles_until]
        return min(map(_seconds_to, moments), default=None)


def _seconds_to(until):
    """Return the seconds until the next search for late arrivals: short at first, then longer."""
    left = (until - fields.Datetime.now()).total_seconds()
    since = LATE.total_seconds() - left
    return max(1, min(max(FIRST_LOOK, since), left))
