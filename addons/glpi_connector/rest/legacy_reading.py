# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Changes of tickets, in as few requests as the legacy API allows."""

from datetime import timedelta

from .errors import GlpiRefused
from .interface import Followups
from .legacy_calls import LegacyCalls
from .legacy_tickets import followup_news
from .values import WALL_TIME, integer, parse_wall_time

# search options of Ticket (numbers of GLPI's search engine)
_ID, _STATUS, _DATE_MOD, _WRITER = 2, 12, 19, 22
# Followups of the first page, and of each further one if more than these are new.
FIRST, MORE = 25, 400
# Rows of open tickets read at once.
OPEN_PAGE = 1000
_SON_OF = "3"  # GLPI's number of the link that merging makes


class LegacyReading(LegacyCalls):
    """GlpiClient's reading of changes; the methods are documented there."""

    def recent_followups(self, ticket, known):
        """Read ITILFollowup by id and, for tickets with many, by date of change.

        New ones have the highest ids whatever the clock says; the date finds changed ones,
        including those made public.
        """
        path = f"Ticket/{int(ticket.id)}/ITILFollowup"
        rows, total = self._window(path, 0, FIRST, skip=known.unreadable)
        while len(rows) < total and rows and _lowest(rows) > known.last_followup_id:
            more, total = self._window(path, len(rows), MORE, skip=known.unreadable)
            if not more:
                break
            rows += more
        whole = len(rows) >= total
        lowest = 0 if whole or not rows else _lowest(rows)
        if not whole and known.last_followup_id:
            rows += self._window(path, 0, FIRST, sort="date_mod", skip=known.unreadable)[0]
        news = {
            item.id: item
            for item in (followup_news(row, ticket.utc_offset_seconds) for row in rows)
        }
        return Followups(tuple(news[number] for number in sorted(news)), lowest)

    def trashed_tickets(self, since):
        """Search by date_mod (option 19) in the bin; merged ones are there too."""
        after = (parse_wall_time(since) - timedelta(seconds=1)).strftime(WALL_TIME)
        rows, _total = self._search_page(
            "Ticket",
            [(_DATE_MOD, "morethan", after)],
            show=(_ID, _DATE_MOD),
            sort=_ID,
            count=OPEN_PAGE,
            deleted=True,
        )
        return {integer(row.get(str(_ID))): str(row.get(str(_DATE_MOD)) or "") for row in rows}

    def open_tickets(self, after_id, ids):
        """Search by writer (option 22, "myself") and status; `ids` need not be known."""
        rows, total = self._search_page(
            "Ticket",
            [
                (_WRITER, "equals", "myself"),
                (_STATUS, "equals", "notclosed"),
                (_ID, "morethan", after_id),
            ],
            show=(_ID, _DATE_MOD),
            sort=_ID,
            count=OPEN_PAGE,
        )
        found = {integer(row.get(str(_ID))): str(row.get(str(_DATE_MOD)) or "") for row in rows}
        return found, max(found, default=0) if len(rows) < total else 0

    def merged_into(self, ticket_id):
        """Find the link "son of" (Ticket_Ticket), else the followup with the copy."""
        number = int(ticket_id)
        rows = self._exactly("Ticket_Ticket", tickets_id_1=number, link=_SON_OF)
        found = [integer(row.get("tickets_id_2")) for row in rows]
        if not found:
            rows = self._exactly("ITILFollowup", sourceitems_id=number, itemtype="Ticket")
            found = [integer(row.get("items_id")) for row in rows]
        return next((one for one in found if one and one != number), 0)

    def _exactly(self, collection, **columns):
        """Return the rows in which all of `columns` have exactly these values, the newest first."""
        params = {f"searchText[{name}]": f"^{value}$" for name, value in columns.items()}
        query = {"sort": "id", "order": "DESC", "get_hateoas": "false", **params}
        try:
            rows, _total = self._stretch(collection, 0, FIRST, query)
        except GlpiRefused as error:
            if error.kind not in ("right", "version", "refused"):
                raise
            return []
        wanted = {name: str(value) for name, value in columns.items()}
        return [
            row
            for row in rows
            if all(str(row.get(name)) == value for name, value in wanted.items())
        ]

    def my_id(self):
        """Read getFullSession, once."""
        if not self._me:
            try:
                session = self._call("GET", "getFullSession")
            except GlpiRefused:
                return 0
            values = session.get("session") if isinstance(session, dict) else None
            self._me = integer(values.get("glpiID")) if isinstance(values, dict) else 0
        return self._me


def _lowest(rows):
    """Return the lowest id of some rows."""
    return min(integer(row.get("id")) for row in rows)
