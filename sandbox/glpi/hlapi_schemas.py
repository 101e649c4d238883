"""Rows of the store as GLPI 11's published schemas show them.

Times stay local wall times here, as the database compares them; `rendered` writes them as the
answers do (RFC 3339 with the zone).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from .answers import decoded
from .store import LOCAL_ZONE, Store

_TIMES = {"date", "date_mod", "date_creation", "current_time", "date_solve", "date_close"}
STATUS_NAMES = {
    1: "Novo",
    2: "Em atendimento (atribuído)",
    3: "Em atendimento (planejado)",
    4: "Pendente",
    5: "Solucionado",
    6: "Fechado",
}
ROLES = {1: "requester", 2: "assigned", 3: "observer"}


def _reference(store: Store, itemtype: str, number: int | None) -> dict | None:
    row = store.get(itemtype, number) if number is not None else None
    if not row or not (number or itemtype == "Entity"):
        return None
    return {"id": row["id"], "name": row["name"]}


def ticket(store: Store, row: dict) -> dict:
    """Return the schema Ticket, which has no author."""
    entity = store.get("Entity", row["entities_id"]) or {}
    kept = "id name content urgency impact priority type date date_mod date_creation".split()
    return {
        **{name: row[name] for name in kept},
        "is_deleted": bool(row["is_deleted"]),
        "external_id": None,
        "category": _reference(store, "ITILCategory", row["itilcategories_id"]),
        "location": _reference(store, "Location", row["locations_id"]),
        "request_type": _reference(store, "RequestType", row["requesttypes_id"]),
        "status": {"id": row["status"], "name": STATUS_NAMES.get(row["status"], "")},
        "entity": {
            "id": row["entities_id"],
            "name": entity.get("name"),
            "completename": entity.get("completename"),
        },
        "team": team(store, row),
    }


def team(store: Store, row: dict) -> list[dict]:
    """Return the team members, without those who are only an address."""
    members = []
    for link in store.rows("Ticket_User", tickets_id=row["id"]):
        user = store.get("User", link["users_id"])
        if user:
            names = {"name": user["name"], "realname": user["realname"]}
            members.append(
                {
                    "role": ROLES.get(link["type"], link["type"]),
                    **names,
                    "firstname": user["firstname"],
                    "display_name": f"{user['firstname'] or ''} {user['realname'] or ''}".strip(),
                    "href": f"/front/user.form.php?id={user['id']}",
                }
            )
    for link in store.rows("Group_Ticket", tickets_id=row["id"]):
        group = store.get("Group", link["groups_id"]) or {"name": ""}
        members.append(
            {
                "role": ROLES.get(link["type"], link["type"]),
                "name": group["name"],
                "display_name": group["name"],
                "href": f"/front/group.form.php?id={link['groups_id']}",
            }
        )
    return members


def followup(store: Store, row: dict) -> dict:
    """Return the schema Followup."""
    kept = "id itemtype items_id content date_creation date_mod".split()
    return {
        **{name: row[name] for name in kept},
        "is_private": bool(row["is_private"]),
        "user": _reference(store, "User", row["users_id"]),
        "request_type": _reference(store, "RequestType", row["requesttypes_id"]),
    }


def solution(store: Store, row: dict) -> dict:
    """Return the schema Solution: neither its state nor its time is part of it."""
    kept = {name: row[name] for name in ("id", "itemtype", "items_id", "content")}
    return {**kept, "user": _reference(store, "User", row["users_id"])}


def document(_store: Store, row: dict) -> dict:
    """Return the schema Document."""
    kept = "id name comment filename mime sha1sum date_creation date_mod".split()
    path = f"/front/document.send.php?docid={row['id']}"
    return {**{name: row.get(name) for name in kept}, "filepath": path}


def document_link(_store: Store, row: dict) -> dict:
    """Return the schema Document_Item."""
    path = f"/front/document.send.php?docid={row['documents_id']}"
    kept = ("id", "itemtype", "items_id", "documents_id")
    return {**{name: row[name] for name in kept}, "filepath": path}


def user(store: Store, row: dict) -> dict:
    """Return the schema User (2.2: with date_mod and registration number)."""
    kept = "id realname firstname phone phone2 mobile comment registration_number date_mod".split()
    emails = [
        {"id": item["id"], "email": item["email"], "is_default": bool(item["is_default"])}
        for item in store.rows("UserEmail", users_id=row["id"])
    ]
    return {
        **{name: row[name] for name in kept},
        "username": row["name"],
        "emails": emails,
        "is_active": bool(row["is_active"]),
        "is_deleted": bool(row["is_deleted"]),
    }


def _tree(itemtype: str, parent: str, *more: str) -> Callable[[Store, dict], dict]:
    def show(store: Store, row: dict) -> dict:
        kept = {name: row.get(name) for name in ("id", "name", "completename", *more)}
        return {**kept, "parent": _reference(store, itemtype, row.get(parent) or None)}

    return show


def _category(store: Store, row: dict) -> dict:
    shown = _tree("ITILCategory", "itilcategories_id", "date_mod")(store, row)
    return {**shown, "is_helpdesk_visible": bool(row["is_helpdeskvisible"])}


def _request_type(_store: Store, row: dict) -> dict:
    kept = {name: row.get(name) for name in ("id", "name", "date_mod")}
    return {**kept, "is_active": bool(row.get("is_active", 1))}


# path of a collection -> (item type, how a row is shown)
COLLECTIONS: dict[str, tuple[str, Callable[[Store, dict], dict]]] = {
    "Assistance/Ticket": ("Ticket", ticket),
    "Administration/User": ("User", user),
    "Administration/Entity": ("Entity", _tree("Entity", "entities_id")),
    "Administration/Group": ("Group", _tree("Group", "groups_id")),
    "Dropdowns/ITILCategory": ("ITILCategory", _category),
    "Dropdowns/Location": ("Location", _tree("Location", "locations_id", "date_mod")),
    "Dropdowns/RequestType": ("RequestType", _request_type),
    "Management/Document": ("Document", document),
}


def rendered(value: Any, name: str = "") -> Any:
    """Return an answer's value: texts without encoding, times with their zone."""
    if isinstance(value, dict):
        return {key: rendered(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [rendered(item) for item in value]
    if name in _TIMES and isinstance(value, str):
        local = datetime.strptime(value, "%Y-%m-%d %H:%M:%S").replace(tzinfo=LOCAL_ZONE)
        return local.isoformat()
    return decoded(value)
