from datetime import timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.tools import SQL

from ..core import protocol

SERVICE_TIMEZONE = ZoneInfo("America/Sao_Paulo")


class Conversation(models.Model):
    """Protocol numbers: the year in Brazil and a number that starts at one each year.

    Behind each year stands a sequence of PostgreSQL, and not an `ir.sequence` with date ranges:
    Odoo adds the range of a new year when it is first needed, and two transactions that open the
    year's first conversations at once both insert it; one of them fails. Rows are seen as of a
    transaction's beginning, sequences as they are: whoever waited sees what the other one made.
    Numbers are unique and may have gaps (a transaction that fails does not give its own back).
    """

    _inherit = "contact_center.conversation"

    @api.model
    def _next_protocol(self):
        """The next protocol number of the current year in Brazil."""
        year = self._protocol_year()
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

    def _protocol_year(self):
        """The year that it is in Brazil."""
        now = fields.Datetime.now().replace(tzinfo=timezone.utc)
        return now.astimezone(SERVICE_TIMEZONE).year

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
