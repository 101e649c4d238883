"""Rights of three roles, which are enough for a stand-in.

``admin`` may do everything; ``central`` is a technician's or the bridge's profile (tickets, users
and documents, but no deleting and no catalogues); ``self_service`` sees and writes own tickets.
"""

READ, CREATE, UPDATE, DELETE = "read", "create", "update", "delete"

_ALL = frozenset({READ, CREATE, UPDATE, DELETE})
_WRITE = _ALL - {DELETE}
_READ = frozenset({READ})

_CENTRAL = {
    **dict.fromkeys(("Ticket", "ITILFollowup", "ITILSolution", "Document", "User"), _WRITE),
    **dict.fromkeys(("Ticket_User", "Group_Ticket", "UserEmail", "Document_Item"), _ALL),
    "Ticket_Ticket": _ALL,
    **dict.fromkeys(("Entity", "Location", "ITILCategory", "RequestType", "Group"), _READ),
    **dict.fromkeys(("Profile", "Profile_User", "DocumentType"), _READ),
    **dict.fromkeys(("TicketTask", "TicketValidation"), _READ),
}

_SELF_SERVICE = {
    "Ticket": {READ, CREATE},
    "ITILFollowup": {READ, CREATE},
    "ITILSolution": {READ},
    "Ticket_User": {READ},
    "Document": {READ, CREATE},
    "Document_Item": {READ, CREATE},
}

SUPER_ADMIN_PROFILE = 4

# The same as numbers, as getActiveProfile tells them (bits: 1 read, 2 update, 4 create, 8 delete,
# 1024 read all tickets, 8192 assign; followups have bits of their own).
PROFILE_RIGHTS = {
    "admin": dict.fromkeys(
        "ticket followup task document user location itilcategory entity group dropdown".split(),
        261151,
    ),
    "central": {
        "ticket": 9223,
        "followup": 13319,
        "task": 8193,
        "document": 7,
        "user": 7,
        "location": 1,
        "itilcategory": 1,
        "entity": 1,
        "group": 1,
        "dropdown": 1,
    },
    "self_service": {"ticket": 5, "followup": 5, "task": 1, "document": 0, "user": 0},
}


def role_of(profile: dict) -> str:
    """Return the role that a profile row gives."""
    if profile["id"] == SUPER_ADMIN_PROFILE:
        return "admin"
    return "central" if profile["interface"] == "central" else "self_service"


def allowed(role: str, action: str, itemtype: str) -> bool:
    """Return True when the role may do that with that kind of item at all."""
    if role == "admin":
        return True
    table = _CENTRAL if role == "central" else _SELF_SERVICE
    return action in table.get(itemtype, ())


def is_own(store, session, ticket: dict) -> bool:
    """Return True when the session's user wrote the ticket or is a requester."""
    if ticket["users_id_recipient"] == session.user_id:
        return True
    return is_requester(store, session.user_id, ticket["id"])


def is_requester(store, user_id: int, ticket_id: int) -> bool:
    """Return True when the user is a requester (actor of type 1) of the ticket."""
    return bool(store.rows("Ticket_User", tickets_id=ticket_id, users_id=user_id, type=1))


def visible(store, session, itemtype: str, row: dict) -> bool:
    """Return True when the session may see this row of a kind that it may read."""
    if itemtype == "Ticket":
        if row["entities_id"] not in session.entities:
            return False
        return session.role != "self_service" or is_own(store, session, row)
    if itemtype == "Ticket_Ticket":
        return session.role != "self_service"
    if itemtype in ("ITILFollowup", "ITILSolution"):
        ticket = store.get("Ticket", row["items_id"])
        hidden = session.role == "self_service" and row.get("is_private")
        return not hidden and bool(ticket) and visible(store, session, "Ticket", ticket)
    if itemtype == "Entity":
        return row["id"] in session.entities
    if itemtype in ("Location", "ITILCategory", "Group", "Document", "Document_Item"):
        return row["entities_id"] in session.entities or bool(row["is_recursive"])
    return True
