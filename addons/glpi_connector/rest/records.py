# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Values exchanged with GLPI, plain and frozen, the same in every dialect."""

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
OPEN_STATUSES = (1, 2, 3, 4)


@dataclass(frozen=True)
class TicketDraft:
    """A ticket to be opened.

    `content` is HTML (see `text.describe`) and contains `marker`.
    """

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
    urgency: int = 0  # 1 very low .. 5 very high; 0: GLPI's default


@dataclass(frozen=True)
class DocumentDraft:
    """A file for a ticket.

    `name` is shown in GLPI's lists and carries the key to find it by.
    """

    filename: str
    mimetype: str
    data: bytes
    name: str


@dataclass(frozen=True)
class UserRef:
    """A GLPI account, with only the data that a requester needs."""

    id: int
    login: str = ""
    email: str = ""
    name: str = ""


@dataclass(frozen=True)
class UserItem:
    """An account in the catalogue: data to find a requester or name a technician."""

    id: int
    login: str
    name: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    registration: str = ""
    visible: bool = True
    date_mod: str = ""


@dataclass(frozen=True)
class CatalogueItem:
    """A category, location, entity, group or request source.

    `complete_name` is the path "Parent > Child", decoded; `visible` is False if it may no
    longer be chosen; `date_mod` is GLPI's wall time of the last change, "" when it has none.
    """

    id: int
    name: str
    complete_name: str
    parent_id: int = 0
    visible: bool = True
    date_mod: str = ""


@dataclass(frozen=True)
class FollowupNews:
    """A message on a ticket. `at` is aware UTC, or None when GLPI's offset is unknown.

    `date` is the same moment as GLPI's wall time. `source_id` is the ticket from which GLPI copied
    the message when it merged two. An `unreadable` one is larger than any honest answer: only its
    id is known.
    """

    id: int
    user_id: int
    content: str
    private: bool
    at: datetime | None = None
    date: str = ""
    source_id: int = 0
    unreadable: bool = False


@dataclass(frozen=True)
class SolutionNews:
    """A solution on a ticket. status: 2 waiting, 3 accepted, 4 refused."""

    id: int
    user_id: int
    content: str
    status: int
    at: datetime | None = None
    date: str = ""


@dataclass(frozen=True)
class DocumentNews:
    """A file on a ticket, a followup (`followup_id`) or one of its solutions.

    `size` in bytes is None where GLPI does not say it. `hidden`: GLPI names the file, but where it
    hangs is not to be seen (it belongs to another entity), so it may not be read. `picture`: it
    stands inside a text.
    """

    id: int
    name: str
    filename: str
    mimetype: str
    size: int | None = None
    followup_id: int = 0
    user_id: int = 0
    at: datetime | None = None
    solution_id: int = 0
    hidden: bool = False
    picture: bool = False
    entity_id: int | None = None


@dataclass(frozen=True)
class KnownEntries:
    """Entries of a ticket that were read before, so that only new ones are requested.

    `last_followup_id` is the highest one seen; `unreadable` ones are not asked for again;
    `document_ids` are ours, or were read before.
    """

    last_followup_id: int = 0
    unreadable: frozenset[int] = frozenset()
    document_ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Followups:
    """The newest followups of a ticket by id.

    All with an id from `lowest_id` on are there.
    """

    items: tuple[FollowupNews, ...] = ()
    lowest_id: int = 0


@dataclass(frozen=True)
class TicketNews:
    """A ticket as GLPI has it now.

    `date_mod` is GLPI's own local wall time "YYYY-MM-DD HH:MM:SS": compare it only with others of
    the same server. `writer_id` is the ticket's author (for our tickets: the API user).
    `status_at` is since when it has its status, None when GLPI does not say it. `documents` are its
    files as GLPI names them, None when they were not asked for.
    """

    id: int
    status: int
    date_mod: str
    title: str = ""
    writer_id: int = 0
    deleted: bool = False
    utc_offset_seconds: int | None = None
    category_id: int = 0
    location_id: int = 0
    entity_id: int = 0
    urgency: int = 0
    opened_at: datetime | None = None
    status_at: datetime | None = None
    documents: tuple[DocumentNews, ...] | None = None


@dataclass(frozen=True)
class Actor:
    """Someone's part in a ticket. role: "requester", "assigned" or "observer".

    Exactly one of `user_id`, `group_id` and `email` (a requester without account) is set.
    """

    role: str
    user_id: int = 0
    group_id: int = 0
    email: str = ""


@dataclass(frozen=True)
class Choice:
    """An entity or a profile that the session may use."""

    id: int
    name: str


@dataclass(frozen=True)
class Scope:
    """The session's user, profile and entity, and those it may change to."""

    user_id: int = 0
    profile_id: int = 0
    entity_id: int = 0
    profiles: tuple[Choice, ...] = ()
    entities: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class ServerClock:
    """GLPI's clock. `now`: aware UTC of its machine; None if no answer gave it.

    `utc_offset_seconds`: GLPI's wall time minus UTC, None while no ticket showed it.
    """

    now: datetime | None = None
    utc_offset_seconds: int | None = None


@dataclass(frozen=True)
class ServerInfo:
    """The result of a connection test.

    `missing_rights`: words of RIGHTS, in that order.
    """

    version: str = ""
    profile: str = ""
    missing_rights: tuple[str, ...] = field(default_factory=tuple)
    scope: Scope = field(default_factory=Scope)


# rights the bridge needs, as the test names them
RIGHTS = (
    "ticket_create",
    "ticket_read",
    "ticket_update",
    "followup_read",
    "followup_private",
    "followup_add",
    "document_create",
    "document_read",
    "category_read",
    "location_read",
    "entity_read",
    "group_read",
    "request_type_read",
    "user_read",
)
