"""Changes of tickets in GLPI itself, by people who do not use the API.

The same rows change as in GLPI 10: merging copies the ticket (and, if wanted, its followups) into
the other one as followups that name their source, links it as a child and puts it into the bin.
"""

from . import text
from .store import Store

SON_OF = 3  # of Ticket_Ticket.link


def merge(store: Store, into: int, ticket: int, with_followups: bool = True) -> None:
    """Merge a ticket into another one.

    :raises KeyError: when there is no such ticket
    """
    target, source = _ticket(store, into), _ticket(store, ticket)
    copies = [
        {
            "users_id": source["users_id_recipient"],
            "content": f"{source['name']}{text.encode('<br /><br />')}{source['content'] or ''}",
            "date": source["date_creation"],
        }
    ]
    if with_followups:
        kept = ("users_id", "content", "date", "is_private")
        copies += [
            {name: row[name] for name in kept}
            for row in store.children("Ticket", ticket, "ITILFollowup")
        ]
    for copy in copies:
        place = {"itemtype": "Ticket", "items_id": into, "sourceitems_id": ticket}
        store.insert("ITILFollowup", {**copy, **place})
    store.insert("Ticket_Ticket", {"tickets_id_1": ticket, "tickets_id_2": into, "link": SON_OF})
    for link in store.rows("Ticket_User", tickets_id=ticket):
        same = {name: link[name] for name in ("users_id", "type", "alternative_email")}
        if not store.rows("Ticket_User", tickets_id=into, **same):
            store.insert("Ticket_User", {**same, "tickets_id": into})
    target["date_mod"] = store.now()
    trash(store, ticket)


def trash(store: Store, ticket: int, deleted: bool = True) -> None:
    """Put a ticket into the bin, or take it out again."""
    _ticket(store, ticket).update(is_deleted=int(deleted), date_mod=store.now())


def purge(store: Store, ticket: int) -> None:
    """Delete a ticket for good."""
    _ticket(store, ticket)
    store.remove("Ticket", ticket)


def move(store: Store, ticket: int, entity: int) -> None:
    """Move a ticket to another entity; users who do not work there no longer see it."""
    _ticket(store, ticket).update(entities_id=entity, date_mod=store.now())


def _ticket(store: Store, number: int) -> dict:
    row = store.get("Ticket", number)
    if row is None:
        raise KeyError(f"no ticket {number}")
    return row
