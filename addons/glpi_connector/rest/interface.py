# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The contact center's interface to a GLPI, in any dialect.

Two dialects: `legacy` (apirest.php of GLPI 9.5 to 11) and the high-level API of GLPI 11. The Odoo
models know only this page and `records`. Ids are GLPI's integers; texts that go in are plain text
or HTML as said, texts that come out are HTML as the technician wrote it (to be reduced with
`text.html_to_text` before a citizen reads it).

Every method may raise GlpiDown (try again later), GlpiAuth (the connection is set up wrongly) and
GlpiRefused (GLPI said no); only special cases are documented below.
"""

from abc import ABC, abstractmethod

from .records import (
    OPEN_STATUSES,
    RIGHTS,
    STATUS_ASSIGNED,
    STATUS_CLOSED,
    STATUS_NEW,
    STATUS_PENDING,
    STATUS_PLANNED,
    STATUS_SOLVED,
    STATUSES,
    Actor,
    CatalogueItem,
    Choice,
    DocumentDraft,
    DocumentNews,
    FollowupNews,
    Followups,
    KnownEntries,
    Scope,
    ServerClock,
    ServerInfo,
    SolutionNews,
    TicketDraft,
    TicketNews,
    UserItem,
    UserRef,
)

__all__ = [
    "OPEN_STATUSES",
    "RIGHTS",
    "STATUSES",
    "STATUS_ASSIGNED",
    "STATUS_CLOSED",
    "STATUS_NEW",
    "STATUS_PENDING",
    "STATUS_PLANNED",
    "STATUS_SOLVED",
    "Actor",
    "CatalogueItem",
    "Choice",
    "DocumentDraft",
    "DocumentNews",
    "FollowupNews",
    "Followups",
    "GlpiClient",
    "KnownEntries",
    "Scope",
    "ServerClock",
    "ServerInfo",
    "SolutionNews",
    "TicketDraft",
    "TicketNews",
    "UserItem",
    "UserRef",
]


class GlpiClient(ABC):
    """One connection to one GLPI. Not thread safe; use one per job, in a `with`."""

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    # ------------------------------------------------------------------ the server
    @abstractmethod
    def close(self):
        """End the session (never raises: a session left behind expires by itself)."""

    @abstractmethod
    def test(self) -> ServerInfo:
        """Log in and check the rights. Raises any GlpiError."""

    @abstractmethod
    def server_clock(self) -> ServerClock:
        """Return GLPI's clock and its offset from UTC, as its latest answers show them."""

    # ------------------------------------------------------------------ tickets
    @abstractmethod
    def create_ticket(self, draft: TicketDraft) -> int:
        """Open a ticket with status New and return its id.

        Not idempotent: see find_tickets.
        """

    def settle_requester(self, ticket_id: int, requester_id: int = 0, email: str = "") -> bool:
        """Ensure that a new ticket has its requester; return False if it cannot be given.

        For dialects that name the requester in a request of its own, which may be lost, refused,
        or answered with a success that did nothing. Safe to repeat.
        """
        return True

    @abstractmethod
    def find_tickets(self, marker: str) -> list[int]:
        """Return the ids of the tickets whose content contains `marker`, oldest first."""

    def close_double(self, ticket_id: int, of_id: int, words: str, marker: str):
        """Close a ticket that was made twice; a private followup names the other.

        Deleting it needs a right that a bridge should not have. Safe to repeat.

        :param of_id: the ticket that stays
        :param words: text for technicians (HTML), containing `marker`
        """
        if self.find_followup(ticket_id, marker) is None:
            self.add_followup(ticket_id, words, private=True, no_reopen=True)
        self.link_double(ticket_id, of_id)
        if self.read_ticket(ticket_id).status != STATUS_CLOSED:
            self.set_status(ticket_id, STATUS_CLOSED)

    def link_double(self, ticket_id: int, of_id: int):
        """Mark the ticket as a duplicate of the other, if the dialect supports it."""
        return

    @abstractmethod
    def read_ticket(self, ticket_id: int, with_documents: bool = False) -> TicketNews:
        """Return the ticket, even from the bin.

        Raises GlpiRefused("not_found") if it is gone.
        """

    @abstractmethod
    def trashed_tickets(self, since: str) -> dict[int, str]:
        """Return {id: date_mod} of tickets in the bin that changed at or after `since`.

        Empty where changed_tickets() names them as well.
        """

    @abstractmethod
    def open_tickets(self, after_id: int, ids: tuple[int, ...]) -> tuple[dict[int, str], int]:
        """Return our visible tickets: ({id: date_mod}, last id that was checked).

        One page of the tickets that the API user wrote and that are neither closed nor in the bin,
        with ids above `after_id`; the last id is 0 when no more follow. A dialect that cannot list
        them looks for `ids` only, of which the last one is the last id.
        """

    @abstractmethod
    def merged_into(self, ticket_id: int) -> int:
        """Return the id of the ticket into which a deleted one was merged, or 0.

        Raises GlpiRefused("unsupported") where GLPI does not say it.
        """

    @abstractmethod
    def my_id(self) -> int:
        """Return the id of the API user, 0 if GLPI does not give it."""

    @abstractmethod
    def changed_tickets(self, since: str):
        """Yield (id, date_mod) of tickets changed at or after `since` (GLPI's wall time)."""

    @abstractmethod
    def set_status(self, ticket_id: int, status: int):
        """Put the ticket into one of STATUSES (ValueError for another)."""

    @abstractmethod
    def actors(self, ticket_id: int, people_only: bool = False) -> list[Actor]:
        """Return requesters, assigned and observers of the ticket.

        Without groups in one request.
        """

    # ------------------------------------------------------------------ followups and solutions
    @abstractmethod
    def followups(self, ticket: TicketNews) -> list[FollowupNews]:
        """Return all followups of the ticket in the order of ids, private ones too."""

    @abstractmethod
    def recent_followups(self, ticket: TicketNews, known: KnownEntries) -> Followups:
        """Return followups written or changed since: new ones, and the latest changed.

        Takes two requests at most however many the ticket has, but for pages of hundreds of new
        ones and of ones too large to be read.
        """

    @abstractmethod
    def solutions(self, ticket: TicketNews) -> list[SolutionNews]:
        """Return all solutions of the ticket, in the order of their ids."""

    @abstractmethod
    def add_followup(
        self, ticket_id: int, content: str, private: bool = False, no_reopen: bool = False
    ) -> int:
        """Write a followup (HTML) and return its id. Not idempotent: see find_followup.

        On a pending ticket GLPI puts the status back to work, unless `no_reopen`.
        """

    @abstractmethod
    def find_followups(self, ticket_id: int, marker: str) -> list[int]:
        """Return the ids of the ticket's followups containing `marker`, oldest first."""

    def find_followup(self, ticket_id: int, marker: str) -> int | None:
        """Return the id of the ticket's first followup that contains `marker`, or None."""
        return min(self.find_followups(ticket_id, marker), default=None)

    @abstractmethod
    def remove_followup(self, ticket_id: int, followup_id: int):
        """Remove a followup of ours that was created twice; safe to repeat.

        Deleted where the right to is there, else made private, so that technicians alone see it.
        Raises GlpiRefused when neither is allowed.
        """

    @abstractmethod
    def approve_solution(self, ticket_id: int, words: str = "") -> int:
        """Accept the solution, which closes the ticket; return the followup's id."""

    @abstractmethod
    def refuse_solution(self, ticket_id: int, words: str) -> int:
        """Refuse the solution with a reason, which reopens the ticket.

        ValueError without a reason.

        Returns the followup's id.
        """

    # ------------------------------------------------------------------ documents
    @abstractmethod
    def add_document(self, ticket_id: int, draft: DocumentDraft, followup_id: int = 0) -> int:
        """Upload a file, check that GLPI kept it, link it; return the document's id.

        With `followup_id` it is linked to that followup of the ticket instead.
        Raises GlpiRefused("document_type") when GLPI stored no file, "document_size" when too big.
        """

    @abstractmethod
    def find_document(
        self, ticket_id: int, draft: DocumentDraft, followup_id: int = 0
    ) -> int | None:
        """Return the id of a document with the same name and bytes; link it if necessary."""

    @abstractmethod
    def same_documents(self, draft: DocumentDraft) -> list[int]:
        """Return the ids of all documents with the same name and bytes, oldest first."""

    @abstractmethod
    def remove_document(self, document_id: int):
        """Delete a document of ours that was created twice; safe to repeat.

        Raises GlpiRefused without the right to.
        """

    @abstractmethod
    def documents(
        self,
        ticket: TicketNews,
        entries: tuple[FollowupNews | SolutionNews, ...] | None = None,
        known: KnownEntries | None = None,
    ) -> list[DocumentNews]:
        """Return the files of the ticket, its followups and solutions, by their ids.

        Pictures that stand in the texts of `entries` are among them. Those of tasks are left out:
        whether a citizen may see them is not known.

        :param entries: where new files may hang, the newest last; None: on any of the ticket's
        :param known: files that need not be returned again
        """

    @abstractmethod
    def download(self, document_id: int, limit_bytes: int) -> bytes:
        """Return the file's bytes. Raises GlpiRefused: "document_size", "not_found"."""

    # ------------------------------------------------------------------ people
    @abstractmethod
    def find_users(self, email: str = "", phone: str = "", registration: str = "") -> list[UserRef]:
        """Return active accounts with exactly this e-mail, else registration, else phone.

        The first of the three that is given decides. Phones are the same line however written.
        """

    def find_user(self, email: str = "", phone: str = "", registration: str = ""):
        """Return the account (UserRef) that find_users() finds, if it is just one.

        None when none or several.
        """
        found = self.find_users(email, phone, registration)
        return found[0] if len(found) == 1 else None

    # ------------------------------------------------------------------ catalogues
    # Each yields page by page and holds one page at a time. With `since` (GLPI's wall time) only
    # what changed at or after it; what was deleted is only told by its absence from a full list.
    @abstractmethod
    def categories(self, since: str = ""):
        """Yield ticket categories (CatalogueItem)."""

    @abstractmethod
    def locations(self, since: str = ""):
        """Yield locations (CatalogueItem)."""

    @abstractmethod
    def entities(self, since: str = ""):
        """Yield the entities that the session sees (CatalogueItem)."""

    @abstractmethod
    def groups(self, since: str = ""):
        """Yield groups (CatalogueItem)."""

    @abstractmethod
    def request_types(self, since: str = ""):
        """Yield request sources (CatalogueItem)."""

    @abstractmethod
    def users(self, since: str = ""):
        """Yield accounts (UserItem)."""

    @abstractmethod
    def has_category(self, category_id: int) -> bool:
        """Return whether the category exists and is visible.

        GLPI silently accepts unknown ids.
        """

    @abstractmethod
    def has_location(self, location_id: int) -> bool:
        """Return whether the location exists and is visible."""
