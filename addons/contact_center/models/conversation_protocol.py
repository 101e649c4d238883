# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL

from ..core import protocol


class Conversation(models.Model):
    """Protocol numbers: the queue's local year, and a number from one on each year.

    Each year has a PostgreSQL sequence instead of an `ir.sequence` with date ranges: Odoo adds a
    new year's range when it is first needed, and two transactions opening the year's first
    conversations at once would both insert it, and one would fail. Rows are seen as of a
    transaction's beginning, but sequences in their current state: a transaction that waited sees
    the other's. Numbers are unique and may have gaps (a failed transaction does not return its
    number).
    """

    _inherit = "contact_center.conversation"

    @api.model
    def _next_protocol(self, queue=None):
        """Return the next protocol number for the local year of `queue`.

        By default the usual queue's.
        """
        year = self._protocol_year(queue)
        number = self._next_number(year)
        if number is None:
            self._create_protocol_sequence(year)
            number = self._next_number(year)
        return protocol.format_protocol(year, number)

    @api.model
    def _prepare_protocols(self):
        """Prepare this year's and the next's sequences: nobody has to wait (scheduled)."""
        year = self._protocol_year()
        for wanted in (year, year + 1):
            self._create_protocol_sequence(wanted)

    def _protocol_year(self, queue=None):
        """Return the local year of `queue` (default: the usual queue)."""
        # sudo: contact_center.queue - the time zone is no secret
        queues = self.env["contact_center.queue"].sudo()
        return (queue.sudo() if queue else queues)._local_time().year

    def _sequence_name(self, year):
        """Return the name of the year's PostgreSQL sequence."""
        return f"contact_center_protocol_{year}"

    def _next_number(self, year):
        """Take the year's next number; None if it has no sequence."""
        self.env.cr.execute("SELECT nextval(to_regclass(%s))", [self._sequence_name(year)])
        return self.env.cr.fetchone()[0]

    def _create_protocol_sequence(self, year):
        """Create the year's sequence if missing, starting after the existing numbers.

        A concurrent call waits for the end of this transaction. The sequence is owned by the
        column, so that it is dropped with the table when the addon is uninstalled.
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
