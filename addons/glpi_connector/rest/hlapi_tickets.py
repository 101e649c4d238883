# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tickets, followups and solutions over the high-level API."""

from datetime import datetime, timedelta, timezone

from . import text
from .errors import GlpiCrash, GlpiError, GlpiRefused
from .hlapi_calls import MAX_PAGES, PAGE, HighLevelCalls
from .hlapi_values import actor, flag, in_utc, offset_seconds, quoted, ref, wall_time
from .interface import (
    STATUS_ASSIGNED,
    STATUS_CLOSED,
    STATUS_NEW,
    STATUS_PENDING,
    STATUS_SOLVED,
    STATUSES,
    FollowupNews,
    Followups,
    SolutionNews,
    TicketNews,
)
from .values import WALL_TIME, integer, parse_wall_time

_TICKET = "Assistance/Ticket"
_REQUESTER = 1  # GLPI's number of the role
_WAITING, _ACCEPTED, _REFUSED = 2, 3, 4  # states of a solution
# properties with the time since which a ticket has its status
_STATUS_DATES = {
    STATUS_ASSIGNED: "take_into_account_date",
    STATUS_PENDING: "begin_waiting_date",
    STATUS_SOLVED: "date_solve",
    STATUS_CLOSED: "date_close",
}


class HighLevelTickets(HighLevelCalls):
    """GlpiClient's tickets, followups and solutions; the methods are documented there."""

    def create_ticket(self, draft):
        """POST Assistance/Ticket, then its requester: there is no way to do both at once."""
        values = {
            "name": text.title(draft.title),
            "content": draft.content,
            "type": draft.ticket_type,
            "status": {"id": STATUS_NEW},
        }
        references = {
            "category": draft.category_id,
            "location": draft.location_id,
            "request_type": draft.request_type_id,
        }
        values |= {name: {"id": number} for name, number in references.items() if number}
        if draft.urgency:
            values["urgency"] = draft.urgency
        if draft.entity_id is not None:
            values["entity"] = {"id": draft.entity_id}
        ticket_id = self._create(_TICKET, values)
        if draft.requester_id or draft.requester_email:
            try:
                self._name_requester(ticket_id, draft.requester_id, draft.requester_email)
            except GlpiError:
                # the ticket is there: settle_requester() sees to the rest
                return ticket_id
        return ticket_id

    def _name_requester(self, ticket_id, requester_id, email, *, legacy=False):
        """Add the requester as TeamMember or over the legacy API; an address needs the latter."""
        if requester_id and not (legacy and self._companion):
            member = {"type": "User", "id": requester_id, "role": _REQUESTER}
            self._call("POST", f"{_TICKET}/{int(ticket_id)}/TeamMember", json=member)
        elif requester_id:
            self._companion.add_requester(ticket_id, requester_id)
        elif email and self._companion:
            self._companion.add_requester_address(ticket_id, email)

    def settle_requester(self, ticket_id, requester_id=0, email=""):
        """Read the actors back, and add a missing one again, finally over the legacy API.

        An address alone cannot be added without the legacy API: the ticket's text has it.
        """
        if not requester_id and not (email and self._companion):
            return True
        for legacy in (False, True):
            if self._has_requester(ticket_id, requester_id, email):
                return True
            try:
                self._name_requester(ticket_id, requester_id, email, legacy=legacy)
            except GlpiRefused:
                continue
        return self._has_requester(ticket_id, requester_id, email)

    def _has_requester(self, ticket_id, requester_id, email):
        """Return whether the ticket has this account, or this address, as a requester."""
        requesters = [one for one in self.actors(ticket_id) if one.role == "requester"]
        if requester_id:
            return any(one.user_id == requester_id for one in requesters)
        return any(one.email.casefold() == email.casefold() for one in requesters)

    def find_tickets(self, marker):
        """Filter by content."""
        rows = self._rows(_TICKET, f"content=like={quoted(f'*{marker}*')}")
        return sorted(
            integer(row.get("id")) for row in rows if marker in str(row.get("content") or "")
        )

    def link_double(self, ticket_id, of_id):
        """Link over the legacy API; without it the followup alone names the other ticket."""
        if self._companion:
            self._companion.link_double(ticket_id, of_id)

    def read_ticket(self, ticket_id, with_documents=False):
        """Read Assistance/Ticket; its writer is not given: our user writes all of ours.

        Its documents are listed by the legacy API, if there is one.
        """
        row = self._item(_TICKET, ticket_id)
        documents = None
        if with_documents and self._companion:
            documents = self._companion.read_ticket(ticket_id, with_documents=True).documents
        return TicketNews(
            documents=documents,
            id=integer(row["id"]),
            status=ref(row, "status"),
            date_mod=wall_time(row.get("date_mod")),
            title=text.name(row.get("name")),
            writer_id=self.my_id(),
            deleted=flag(row.get("is_deleted")),
            utc_offset_seconds=offset_seconds(row.get("date_mod")),
            category_id=ref(row, "category"),
            location_id=ref(row, "location"),
            entity_id=ref(row, "entity"),
            urgency=integer(row.get("urgency")),
            opened_at=in_utc(row.get("date")),
            status_at=in_utc(row.get(_STATUS_DATES.get(ref(row, "status")))),
        )

    def my_id(self):
        """Return the id of the user whose token this is."""
        if not self._me:
            session = self._call("GET", "session")
            self._me = integer(session.get("user_id")) if isinstance(session, dict) else 0
        return self._me

    def changed_tickets(self, since):
        """Filter by date_mod, oldest first.

        Each page starts at the last change of the one before.

        (A ticket that changes meanwhile moves to the end; counting on would pass over another.)
        """
        seen, start = set(), 0
        for _number in range(MAX_PAGES):
            rsql = f"date_mod=ge={quoted(_second(since))}"
            rows = self._page(_TICKET, rsql, "date_mod:asc", start)
            changes = [(integer(row.get("id")), wall_time(row.get("date_mod"))) for row in rows]
            changes = [change for change in changes if change[1] >= since]
            yield from (change for change in changes if change not in seen)
            if len(rows) < PAGE or not changes:
                return
            seen = set(changes)
            last = changes[-1][1]
            # a whole page of one second: only counting leads on
            start = start + len(rows) if last <= since else 0
            since = max(since, last)

    def open_tickets(self, after_id, ids):
        """Filter by id, so `ids` are looked for.

        Who wrote a ticket is not part of the schema.
        """
        wanted = sorted(number for number in ids if number > after_id)[:PAGE]
        if not wanted:
            return {}, 0
        listed = ",".join(map(str, wanted))
        rows = self._page(_TICKET, f"id=in=({listed})")
        found = {
            integer(row.get("id")): wall_time(row.get("date_mod"))
            for row in rows
            if not flag(row.get("is_deleted"))
        }
        return {number: at for number, at in found.items() if number in wanted}, wanted[-1]

    def trashed_tickets(self, since):
        """Return nothing: the list of changes names them as well."""
        return {}

    def merged_into(self, ticket_id):
        """Only the legacy API tells the links between tickets."""
        return self._legacy.merged_into(ticket_id)

    def set_status(self, ticket_id, status):
        """PATCH Assistance/Ticket."""
        if status not in STATUSES:
            raise ValueError(status)
        self._patch(ticket_id, {"status": {"id": status}})

    def _patch(self, ticket_id, values):
        path = f"{_TICKET}/{int(ticket_id)}"
        row = self._width.send(lambda fitting: self._call("PATCH", path, json=fitting), values)
        if not isinstance(row, dict) or integer(row.get("id")) != int(ticket_id):
            raise GlpiCrash(_TICKET)

    def actors(self, ticket_id, people_only=False):
        """List TeamMember; only the legacy API lists requesters without account."""
        rows = self._call("GET", f"{_TICKET}/{int(ticket_id)}/TeamMember")
        if not isinstance(rows, list):
            raise GlpiCrash(_TICKET)
        found = [one for row in rows if isinstance(row, dict) and (one := actor(row))]
        if people_only:
            return [one for one in found if one.user_id]
        if self._companion:
            found += [one for one in self._companion.actors(ticket_id) if one.email]
        return found

    # ------------------------------------------------------------------ followups
    def followups(self, ticket):
        """List Timeline/Followup."""
        news = [_followup(row) for row in self._timeline(ticket.id, "Followup")]
        return sorted(news, key=lambda item: item.id)

    def recent_followups(self, ticket, known):
        """Read pages over the legacy API.

        The timeline of this API comes whole or not at all.
        """
        if self._companion:
            return self._companion.recent_followups(ticket, known)
        return Followups(tuple(self.followups(ticket)))

    def solutions(self, ticket):
        """List Timeline/Solution.

        Without the legacy API their state follows from the ticket's.
        """
        if self._companion:
            return self._companion.solutions(ticket)
        rows = sorted(self._timeline(ticket.id, "Solution"), key=lambda row: integer(row.get("id")))
        last = {STATUS_SOLVED: _WAITING, STATUS_CLOSED: _ACCEPTED}.get(ticket.status, _REFUSED)
        return [
            SolutionNews(
                id=integer(row.get("id")),
                user_id=ref(row, "user"),
                content=str(row.get("content") or ""),
                status=integer(row.get("status")) or (last if row is rows[-1] else _REFUSED),
                at=in_utc(row.get("date_creation")),
                date=wall_time(row.get("date_creation")),
            )
            for row in rows
        ]

    def _timeline(self, ticket_id, kind):
        """Return the rows of one kind; some versions wrap each in {"type", "item"}."""
        data = self._call("GET", f"{_TICKET}/{int(ticket_id)}/Timeline/{kind}")
        if not isinstance(data, list):
            raise GlpiCrash(kind)
        rows = [row for row in data if isinstance(row, dict)]
        return [row["item"] if isinstance(row.get("item"), dict) else row for row in rows]

    def add_followup(self, ticket_id, content, private=False, no_reopen=False):
        """POST Timeline/Followup; put back what the API cannot leave pending."""
        pending = no_reopen and self.read_ticket(ticket_id).status == STATUS_PENDING
        path = f"{_TICKET}/{int(ticket_id)}/Timeline/Followup"
        try:
            followup_id = self._create(path, {"content": content, "is_private": bool(private)})
        except GlpiRefused as error:
            # GLPI up to 11.0.7 may write it and then answer 404 (issue 24506 of GLPI)
            found = error.status == 404 and self._own_followup(ticket_id, content)
            if not found:
                raise
            followup_id = found
        if pending:
            self.set_status(ticket_id, STATUS_PENDING)
        return followup_id

    def _own_followup(self, ticket_id, content):
        """Return the id of our latest followup with exactly this content, just written, or 0."""
        just_now = datetime.now(timezone.utc) - timedelta(minutes=15)
        wanted, me = text.html_to_text(content), self.my_id()
        found = [
            integer(row.get("id"))
            for row in self._timeline(ticket_id, "Followup")
            if ref(row, "user") == me
            and text.html_to_text(str(row.get("content") or "")) == wanted
            and (in_utc(row.get("date_creation")) or just_now) >= just_now
        ]
        return max(found, default=0)

    def find_followups(self, ticket_id, marker):
        """Search Timeline/Followup by comparing its rows here."""
        return sorted(
            integer(row.get("id"))
            for row in self._timeline(ticket_id, "Followup")
            if marker in str(row.get("content") or "")
        )

    def remove_followup(self, ticket_id, followup_id):
        """Remove over the legacy API; without it DELETE, else PATCH is_private."""
        if self._companion:
            self._companion.remove_followup(ticket_id, followup_id)
            return
        path = f"{_TICKET}/{int(ticket_id)}/Timeline/Followup/{int(followup_id)}"
        try:
            self._call("DELETE", path)
        except GlpiRefused as error:
            if error.kind != "not_found":
                self._call("PATCH", path, json={"is_private": True})

    def approve_solution(self, ticket_id, words=""):
        """Approve over the legacy API; without it, write a followup and set the status."""
        if self._companion:
            return self._companion.approve_solution(ticket_id, words)
        followup_id = self.add_followup(ticket_id, words) if words else 0
        self.set_status(ticket_id, STATUS_CLOSED)
        return followup_id

    def refuse_solution(self, ticket_id, words):
        """Refuse over the legacy API; without it, write a followup and set the status."""
        if not (words or "").strip():
            raise ValueError("a reason is required")
        if self._companion:
            return self._companion.refuse_solution(ticket_id, words)
        followup_id = self.add_followup(ticket_id, words)
        assigned = any(one.role == "assigned" for one in self.actors(ticket_id))
        self.set_status(ticket_id, STATUS_ASSIGNED if assigned else STATUS_NEW)
        return followup_id


def _followup(row):
    """Return the FollowupNews of a row of the timeline."""
    written = row.get("date_creation") or row.get("date")
    return FollowupNews(
        id=integer(row.get("id")),
        user_id=ref(row, "user"),
        content=str(row.get("content") or ""),
        # unknown means private: nothing goes to a citizen by mistake
        private=flag(row.get("is_private", True)),
        at=in_utc(written),
        date=wall_time(written),
        source_id=integer(row.get("sourceitems_id")),
    )


def _second(since):
    """Return a mark as GLPI's database compares it; raise ValueError if it is not a time."""
    return parse_wall_time(since).strftime(WALL_TIME)
