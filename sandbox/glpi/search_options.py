"""Search options: the numbers that GLPI gives to what can be searched and shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .store import Store
from .tickets import ASSIGNEE, OBSERVER, REQUESTER


@dataclass(frozen=True)
class Option:
    """One search option.

    :ivar show: value that an answer shows for a row.
    :ivar ids: ids that ``equals`` compares with; None when it compares the shown value.
    :ivar kind: text, number, date, tree or status: it decides which search types there are.
    """

    uid: str
    kind: str
    show: Callable[[Store, dict], Any]
    ids: Callable[[Store, dict], list[int]] | None = None
    tree: str = ""  # item type of a tree, for ``under``


def _column(uid: str, column: str, kind: str = "text") -> Option:
    return Option(uid, kind, lambda _store, row: row[column])


def _dropdown(uid: str, itemtype: str, column: str, tree: str = "") -> Option:
    def show(store: Store, row: dict):
        return store.name_of(itemtype, row[column])

    return Option(uid, "tree" if tree else "text", show, lambda _store, row: [row[column]], tree)


def several(values: list):
    """Return what an answer shows for a relation to many: nothing, the one, or a list."""
    values = [value for value in values if value not in (None, "")]
    if not values:
        return None
    return values[0] if len(values) == 1 else values


def _users(uid: str, kind: int) -> Option:
    def ids(store: Store, row: dict) -> list[int]:
        links = store.rows("Ticket_User", tickets_id=row["id"], type=kind)
        return [link["users_id"] for link in links if store.get("User", link["users_id"])]

    return Option(uid, "text", lambda store, row: several([str(n) for n in ids(store, row)]), ids)


def _groups(uid: str, kind: int) -> Option:
    def ids(store: Store, row: dict) -> list[int]:
        links = store.rows("Group_Ticket", tickets_id=row["id"], type=kind)
        return [link["groups_id"] for link in links]

    def show(store: Store, row: dict):
        return several([store.name_of("Group", number) for number in ids(store, row)])

    return Option(uid, "text", show, ids)


def _hanging(uid: str, itemtype: str, column: str) -> Option:
    def show(store: Store, row: dict):
        return several([item[column] for item in store.children("Ticket", row["id"], itemtype)])

    return Option(uid, "text", show)


def _document_names(store: Store, row: dict):
    links = store.children("Ticket", row["id"], "Document_Item")
    return several([store.name_of("Document", link["documents_id"]) for link in links])


def _alternative_emails(store: Store, row: dict):
    links = store.rows("Ticket_User", tickets_id=row["id"], type=REQUESTER)
    return several([link["alternative_email"] for link in links])


def _user_emails(store: Store, row: dict):
    return several([email["email"] for email in store.rows("UserEmail", users_id=row["id"])])


OPTIONS: dict[str, dict[int, Option]] = {
    "Ticket": {
        1: _column("Ticket.name", "name"),
        2: _column("Ticket.id", "id", "number"),
        3: _column("Ticket.priority", "priority", "status"),
        4: _users("Ticket.Ticket_User.User.name", REQUESTER),
        5: _users("Ticket.users_id_assign.Ticket_User.User.name", ASSIGNEE),
        7: _dropdown(
            "Ticket.ITILCategory.completename", "ITILCategory", "itilcategories_id", "ITILCategory"
        ),
        8: _groups("Ticket.groups_id_assign.Group_Ticket.Group.completename", ASSIGNEE),
        9: _dropdown("Ticket.RequestType.name", "RequestType", "requesttypes_id"),
        10: _column("Ticket.urgency", "urgency", "status"),
        11: _column("Ticket.impact", "impact", "status"),
        12: _column("Ticket.status", "status", "status"),
        14: _column("Ticket.type", "type", "status"),
        15: _column("Ticket.date", "date", "date"),
        16: _column("Ticket.closedate", "closedate", "date"),
        17: _column("Ticket.solvedate", "solvedate", "date"),
        18: _column("Ticket.time_to_resolve", "time_to_resolve", "date"),
        19: _column("Ticket.date_mod", "date_mod", "date"),
        21: _column("Ticket.content", "content"),
        22: _dropdown("Ticket.users_id_recipient.User.name", "User", "users_id_recipient"),
        24: _hanging("Ticket.ITILSolution.content", "ITILSolution", "content"),
        25: _hanging("Ticket.ITILFollowup.content", "ITILFollowup", "content"),
        34: Option("Ticket.Ticket_User.alternative_email", "text", _alternative_emails),
        52: _column("Ticket.global_validation", "global_validation", "status"),
        64: _dropdown("Ticket.users_id_lastupdater.User.name", "User", "users_id_lastupdater"),
        65: _groups("Ticket.groups_id_observer.Group_Ticket.Group.completename", OBSERVER),
        66: _users("Ticket.users_id_observer.Ticket_User.User.name", OBSERVER),
        71: _groups("Ticket.groups_id_requester.Group_Ticket.Group.completename", REQUESTER),
        80: _dropdown("Ticket.Entity.completename", "Entity", "entities_id", "Entity"),
        83: _dropdown("Ticket.Location.completename", "Location", "locations_id", "Location"),
        91: _hanging("Ticket.ITILFollowup.is_private", "ITILFollowup", "is_private"),
        142: Option("Ticket.Document_Item.Document.name", "text", _document_names),
    },
    "User": {
        1: _column("User.name", "name"),
        2: _column("User.id", "id", "number"),
        5: Option("User.UserEmail.email", "text", _user_emails),
        6: _column("User.phone", "phone"),
        8: _column("User.is_active", "is_active", "status"),
        9: _column("User.firstname", "firstname"),
        10: _column("User.phone2", "phone2"),
        11: _column("User.mobile", "mobile"),
        19: _column("User.date_mod", "date_mod", "date"),
        22: _column("User.registration_number", "registration_number"),
        34: _column("User.realname", "realname"),
    },
    "ITILFollowup": {
        1: _column("ITILFollowup.content", "content"),
        3: _column("ITILFollowup.date", "date", "date"),
    },
    "ITILCategory": {
        1: _column("ITILCategory.completename", "completename"),
        2: _column("ITILCategory.id", "id", "number"),
        14: _column("ITILCategory.name", "name"),
    },
    "Location": {
        1: _column("Location.completename", "completename"),
        2: _column("Location.id", "id", "number"),
        14: _column("Location.name", "name"),
    },
}

# Columns that are always shown, in their order.
ALWAYS_SHOWN = {
    "Ticket": (2, 1, 80),
    "User": (1,),
    "ITILFollowup": (1, 3),
    "ITILCategory": (1,),
    "Location": (1,),
}
