from odoo import api, models
from odoo.tools import SQL

from ..core import protocol


class Conversation(models.Model):
    """Protocol numbers: the year where the queue is and a number that starts at one each year.

    Behind each year stands a sequence of PostgreSQL, and not an `ir.sequence` with date ranges:
    Odoo adds the range of a new year when it is first needed, and two transactions that open the
    year's first conversations at once both insert it; one of them fails. Rows are seen as of a
    transaction's beginning, sequences as they are: whoever waited sees what the other one made.
    Numbers are unique and may have gaps (a transaction that fails does not give its own back).
    """

    _inherit = "contact_center.conversation"

    @api.model
    def _next_protocol(self, queue=None):
        """The next protocol number of the year that it is at `queue` (by default the usual one)."""
        year = self._protocol_year(queue)
        number = self._next_number(year)
        if number is None:
            self._create_protocol_sequence(year)
            number = self._next_number(year)
        return protocol.format_protocol(year, number)

    @api.model
    def _prepare_protocols(self):
        """Scheduled: have the numbers of this year and the next ready, so that nobody waits."""
        year = self._protocol_year()
        for wanted in (year, year + 1):
            self._create_protocol_sequence(wanted)

    def _protocol_year(self, queue=None):
        """The year that it is on the clocks of `queue` (by default of the usual one)."""
        # sudo: contact_center.queue - the time zone is no secret
        queues = self.env["contact_center.queue"].sudo()
        return (queue.sudo() if queue else queues)._local_time().year

    def _sequence_name(self, year):
        """Name of the year's sequence in PostgreSQL."""
        return f"contact_center_protocol_{year}"

    def _next_number(self, year):
        """Take the year's next number; None when it has no sequence."""
        self.env.cr.execute("SELECT nextval(to_regclass(%s))", [self._sequence_name(year)])
        return self.env.cr.fetchone()[0]

    def _create_protocol_sequence(self, year):
        """Create the year's sequence unless there is one, after the numbers that exist.

        Who does the same meanwhile waits for the end of this transaction. It belongs to the
        column, so that it goes with the table when the addon is uninstalled.
        """
        name = self._sequence_name(year)
        self.env.cr.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        self.flush_model(["protocol"])
        self.env.cr.execute(
            """
            SELECT COALESCE(MAX(SUBSTRING(protocol FROM 5)::bigint), 0) + 1
            FROM contact_center_conversation WHERE protocol ~ %s
            """,
            [f"^{year}[0-9]{{6,12}}$"],
        )
        start = self.env.cr.fetchone()[0]
        self.env.cr.execute(
            SQL(
                "CREATE SEQUENCE IF NOT EXISTS %s START %s "
                "OWNED BY contact_center_conversation.protocol",
                SQL.identifier(name),
                start,
            )
        )
