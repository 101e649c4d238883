"""What the contact centre wants from a GLPI, in whichever dialect it speaks.

Two dialects are foreseen: `legacy` (apirest.php of GLPI 10) and the high-level API of GLPI 11. The
Odoo models know only this page. Values are plain frozen dataclasses; ids are GLPI's integers;
texts that go in are plain text or HTML as said, texts that come out are HTML as the technician
wrote it (to be reduced with `text.html_to_text` before a citizen reads it).
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import datetime

# GLPI's ticket statuses, the same numbers in every version
STATUS_NEW = 1
STATUS_ASSIGNED = 2
STATUS_PLANNED = 3
STATUS_PENDING = 4
STATUS_SOLVED = 5
STATUS_CLOSED = 6
STATUSES = (1, 2, 3, 4, 5, 6)


@dataclass(frozen=True)
class TicketDraft:
    """A ticket to be opened. `content` is HTML (see `text.describe`) and contains `marker`."""

    title: str
    content: str
    marker: str
    category_id: int = 0
    location_id: int = 0
    entity_id: int | None = None
    request_type_id: int = 0
    ticket_type: int = 1  # 1 incident, 2 request
    requester_id: int = 0
    requester_email: str = ""


@dataclass(frozen=True)
class DocumentDraft:
    """A file for a ticket. `name` is what GLPI lists; it carries the key that makes it findable."""

    filename: str
    mimetype: str
    data: bytes
    name: str


@dataclass(frozen=True)
class UserRef:
    """A GLPI account."""

    id: int
    login: str = ""
    email: str = ""


@dataclass(frozen=True)
class CatalogueItem:
    """A category or a location. `complete_name` is the path "Parent > Child", decoded."""

    id: int
    name: str
    complete_name: str
    parent_id: int = 0
    visible: bool = True


@dataclass(frozen=True)
class FollowupNews:
    """A message on a ticket. `at` is aware UTC, or None when GLPI's offset is unknown."""

    id: int
    user_id: int
    content: str
    private: bool
    at: datetime | None = None


@dataclass(frozen=True)
class SolutionNews:
    """A solution on a ticket. status: 2 waiting, 3 accepted, 4 refused."""

    id: int
    user_id: int
    content: str
    status: int
    at: datetime | None = None


@dataclass(frozen=True)
class TicketNews:
    """A ticket as GLPI has it now.

    `date_mod` is GLPI's own local wall time "YYYY-MM-DD HH:MM:SS": compare it only with others of
    the same server. `writer_id` is who wrote the ticket (for our tickets: the API user).
    """

    id: int
    status: int
    date_mod: str
    title: str = ""
    writer_id: int = 0
    deleted: bool = False
    utc_offset_seconds: int | None = None


@dataclass(frozen=True)
class ServerInfo:
    """What a connection test learned. `missing_rights`: words of RIGHTS, in that order."""

    version: str = ""
    profile: str = ""
    missing_rights: tuple[str, ...] = field(default_factory=tuple)


# rights the bridge needs, as the test names them
RIGHTS = (
    "ticket_create",
    "ticket_read",
    "followup_read",
    "document_create",
    "document_read",
    "category_read",
    "location_read",
    "user_read",
)


class GlpiClient(ABC):
    """One connection to one GLPI. Not thread safe; use one per job, in a `with`."""

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    @abstractmethod
    def close(self):
        """End the session at GLPI (never raises: a session left behind expires by itself)."""

    @abstractmethod
    def test(self) -> ServerInfo:
        """Log in and look which rights are there. Raises any GlpiError."""

    @abstractmethod
    def create_ticket(self, draft: TicketDraft) -> int:
        """Open a ticket with status New and return its id. Not idempotent: see find_ticket."""

    @abstractmethod
    def find_ticket(self, marker: str) -> int | None:
        """Id of the ticket whose content holds `marker` (the oldest), None without one."""

    @abstractmethod
    def read_ticket(self, ticket_id: int) -> TicketNews:
        """The ticket now. Raises GlpiRefused("not_found") when it is gone."""

    @abstractmethod
    def changed_tickets(self, since: str):
        """Yield (id, date_mod) of tickets changed at or after `since` (GLPI's wall time)."""

    @abstractmethod
    def followups(self, ticket: TicketNews) -> list[FollowupNews]:
        """All followups of a ticket, private ones included and marked, oldest first."""

    @abstractmethod
    def solutions(self, ticket: TicketNews) -> list[SolutionNews]:
        """All solutions of a ticket, oldest first."""

    @abstractmethod
    def add_followup(self, ticket_id: int, content: str, private: bool = False) -> int:
        """Write a followup (HTML) and return its id."""

    @abstractmethod
    def add_document(self, ticket_id: int, draft: DocumentDraft) -> int:
        """Upload a file, check that GLPI kept it, link it to the ticket; return the document id.

        Raises GlpiRefused("document_type") when GLPI stored no file, "document_size" when too big.
        """

    @abstractmethod
    def find_document(self, ticket_id: int, draft: DocumentDraft) -> int | None:
        """Id of a document with the same name and bytes, linking it when it is not yet linked."""

    @abstractmethod
    def find_user(self, email: str = "", phone: str = "") -> UserRef | None:
        """The one account with this e-mail, else with this phone; None when none or several."""

    @abstractmethod
    def categories(self):
        """Yield every ticket category as CatalogueItem, page by page."""

    @abstractmethod
    def locations(self):
        """Yield every location as CatalogueItem, page by page."""

    @abstractmethod
    def has_category(self, category_id: int) -> bool:
        """Whether the category exists and may be seen (GLPI takes unknown ids in silence)."""

    @abstractmethod
    def has_location(self, location_id: int) -> bool:
        """Whether the location exists and may be seen."""
