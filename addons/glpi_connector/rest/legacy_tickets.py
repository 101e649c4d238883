# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tickets, followups and solutions over the legacy API."""

from dataclasses import replace
from datetime import timedelta

from . import text
from .errors import GlpiRefused
from .interface import (
    STATUS_ASSIGNED,
    STATUS_CLOSED,
    STATUS_NEW,
    STATUS_PENDING,
    STATUS_SOLVED,
    STATUSES,
    Actor,
    FollowupNews,
    SolutionNews,
    TicketNews,
)
from .legacy_calls import MAX_PAGES, UNREADABLE, LegacyCalls
from .legacy_documents import listed_documents
from .values import WALL_TIME, integer, moment, parse_wall_time, word

# search options of Ticket (numbers of GLPI's search engine)
_ID, _DATE_MOD, _CONTENT = 2, 19, 21
# columns with the time since which a ticket has its status
_STATUS_DATES = {
    STATUS_ASSIGNED: "takeintoaccountdate",
    STATUS_PENDING: "begin_waiting_date",
    STATUS_SOLVED: "solvedate",
    STATUS_CLOSED: "closedate",
}
_DUPLICATES = 2  # GLPI's number of the link "duplicates"
_ROLES = {1: "requester", 2: "assigned", 3: "observer"}


class LegacyTickets(LegacyCalls):
    """GlpiClient's tickets, followups and solutions; the methods are documented there."""

    def create_ticket(self, draft):
        """POST Ticket, status New."""
        values = {
            "name": text.title(draft.title),
            "content": draft.content,
            "type": draft.ticket_type,
            "status": STATUS_NEW,
        }
        optional = {
            "itilcategories_id": draft.category_id,
            "locations_id": draft.location_id,
            "requesttypes_id": draft.request_type_id,
            "urgency": draft.urgency,
        }
        values |= {name: value for name, value in optional.items() if value}
        if draft.entity_id is not None:
            values["entities_id"] = draft.entity_id
        # Without this key the ticket has no requester at all.
        if draft.requester_id:
            values["_users_id_requester"] = draft.requester_id
        elif draft.requester_email:
            values["_users_id_requester"] = 0
            values["_users_id_requester_notif"] = {
                "use_notification": [1],
                "alternative_email": [draft.requester_email],
            }
        return self._create_text("Ticket", values)

    def find_tickets(self, marker):
        """Search by content (option 21)."""
        rows = self._search(
            "Ticket", [(_CONTENT, "contains", marker)], show=(_ID, _CONTENT), sort=_ID
        )
        return sorted(
            integer(row.get(str(_ID))) for row in rows if marker in word(row.get(str(_CONTENT)))
        )

    def link_double(self, ticket_id, of_id):
        """POST Ticket_Ticket, ignoring a refusal: the followup names the other as well."""
        values = {"tickets_id_1": int(ticket_id), "tickets_id_2": int(of_id), "link": _DUPLICATES}
        try:
            self._create("Ticket_Ticket", values)
        except GlpiRefused:
            return

    def read_ticket(self, ticket_id, with_documents=False):
        """GET Ticket; the offset of its clock from Last-Modified."""
        params = {"with_documents": "true"} if with_documents else {}
        reply = self._item("Ticket", ticket_id, **params)
        offset = self._offset(reply)
        news = _ticket_news(reply.data, offset)
        if not with_documents:
            return news
        return replace(news, documents=listed_documents(reply.data, offset))

    def changed_tickets(self, since):
        """Search by date_mod (option 19), oldest first.

        Each page starts at the last change of the page before: a ticket that changes while we read
        moves to the end, and with counted offsets the one after it would be skipped.
        """
        seen, start = set(), 0
        for _page in range(MAX_PAGES):
            # "morethan" is strict to the second, and several changes share one: a second back
            after = (parse_wall_time(since) - timedelta(seconds=1)).strftime(WALL_TIME)
            rows, total = self._search_page(
                "Ticket",
                [(_DATE_MOD, "morethan", after)],
                show=(_ID, _DATE_MOD),
                sort=_DATE_MOD,
                start=start,
            )
            changes = [
                (integer(row.get(str(_ID))), str(row.get(str(_DATE_MOD)) or "")) for row in rows
            ]
            yield from (change for change in changes if change not in seen)
            if not rows or start + len(rows) >= total:
                return
            seen = set(changes)
            last = changes[-1][1]
            # a whole page of the same second: only counting gets further
            start = start + len(rows) if last <= since else 0
            since = max(since, last)

    def set_status(self, ticket_id, status):
        """PUT Ticket."""
        if status not in STATUSES:
            raise ValueError(status)  # GLPI would store any number
        self._update("Ticket", ticket_id, {"status": status})

    def actors(self, ticket_id, people_only=False):
        """List Ticket_User and Group_Ticket."""
        people = [
            Actor(role, integer(row.get("users_id")), 0, _address_alone(row))
            for row in self._list(f"Ticket/{int(ticket_id)}/Ticket_User")
            if (role := _ROLES.get(integer(row.get("type"))))
        ]
        if people_only:
            return people
        groups = [
            Actor(role, 0, integer(row.get("groups_id")))
            for row in self._list(f"Ticket/{int(ticket_id)}/Group_Ticket")
            if (role := _ROLES.get(integer(row.get("type"))))
        ]
        return people + groups

    def add_requester(self, ticket_id, user_id):
        """Add an account as requester (POST Ticket_User)."""
        link = {"tickets_id": int(ticket_id), "users_id": int(user_id), "type": 1}
        self._create("Ticket_User", {**link, "use_notification": 1})

    def add_requester_address(self, ticket_id, email):
        """Add a requester without account (POST Ticket_User)."""
        link = {"tickets_id": int(ticket_id), "users_id": 0, "type": 1}
        self._create("Ticket_User", {**link, "use_notification": 1, "alternative_email": email})

    # ------------------------------------------------------------------ followups
    def followups(self, ticket):
        """List ITILFollowup."""
        rows = self._list(f"Ticket/{int(ticket.id)}/ITILFollowup")
        news = [followup_news(row, ticket.utc_offset_seconds) for row in rows]
        return sorted(news, key=lambda item: item.id)

    def solutions(self, ticket):
        """List ITILSolution."""
        rows = self._list(f"Ticket/{int(ticket.id)}/ITILSolution")
        news = [
            SolutionNews(
                id=integer(row.get("id")),
                user_id=integer(row.get("users_id")),
                content=text.decode_html(row.get("content")),
                status=integer(row.get("status")),
                at=moment(row.get("date_creation"), ticket.utc_offset_seconds),
                date=str(row.get("date_creation") or ""),
            )
            for row in rows
        ]
        return sorted(news, key=lambda item: item.id)

    def add_followup(self, ticket_id, content, private=False, no_reopen=False):
        """POST ITILFollowup."""
        values = {"content": content, "is_private": int(private)}
        if no_reopen:
            values["_no_reopen"] = 1
        return self._add_followup(ticket_id, values)

    def find_followups(self, ticket_id, marker):
        """Search ITILFollowup by comparing here: the engine knows only whole tickets."""
        return sorted(
            integer(row.get("id"))
            for row in self._list(f"Ticket/{int(ticket_id)}/ITILFollowup")
            if marker in str(row.get("content") or "")
        )

    def remove_followup(self, ticket_id, followup_id):
        """DELETE ITILFollowup, else PUT is_private."""
        try:
            self._delete("ITILFollowup", followup_id)
        except GlpiRefused:
            self._update("ITILFollowup", followup_id, {"is_private": 1})

    def approve_solution(self, ticket_id, words=""):
        """POST ITILFollowup with add_close; GLPI writes its own words when there are none."""
        return self._add_followup(ticket_id, {"content": words, "add_close": 1})

    def refuse_solution(self, ticket_id, words):
        """POST ITILFollowup with add_reopen."""
        if not (words or "").strip():
            raise ValueError("a reason is required")
        return self._add_followup(ticket_id, {"content": words, "add_reopen": 1})

    def _add_followup(self, ticket_id, values):
        return self._create_text(
            "ITILFollowup", {"itemtype": "Ticket", "items_id": int(ticket_id), **values}
        )


def followup_news(row, offset):
    """Return the FollowupNews of a row of ITILFollowup."""
    return FollowupNews(
        id=integer(row.get("id")),
        user_id=integer(row.get("users_id")),
        content=text.decode_html(row.get("content")),
        # unknown means private: nothing goes to a citizen by mistake
        private=bool(integer(row.get("is_private", 1))),
        at=moment(row.get("date"), offset),
        date=str(row.get("date") or ""),
        source_id=integer(row.get("sourceitems_id")),
        unreadable=bool(row.get(UNREADABLE)),
    )


def _address_alone(row):
    """Return the alternative e-mail of a requester without account."""
    return "" if integer(row.get("users_id")) else str(row.get("alternative_email") or "")


def _ticket_news(row, offset):
    """Return the TicketNews of a row of Ticket."""
    return TicketNews(
        id=integer(row["id"]),
        status=integer(row.get("status")),
        date_mod=str(row.get("date_mod") or ""),
        title=text.name(row.get("name")),
        writer_id=integer(row.get("users_id_recipient")),
        deleted=bool(integer(row.get("is_deleted"))),
        utc_offset_seconds=offset,
        category_id=integer(row.get("itilcategories_id")),
        location_id=integer(row.get("locations_id")),
        entity_id=integer(row.get("entities_id")),
        urgency=integer(row.get("urgency")),
        opened_at=moment(row.get("date"), offset),
        status_at=moment(row.get(_STATUS_DATES.get(integer(row.get("status")))), offset),
    )
