"""Tickets: defaults of the server, actors, and changes of status."""

import re

from . import text
from .catalogues import clean
from .context import Context
from .errors import Refused
from .rights import UPDATE, is_own, is_requester

NEW, ASSIGNED, PLANNED, PENDING, SOLVED, CLOSED = range(1, 7)
STATUS_NAMES = {
    NEW: "Novo",
    ASSIGNED: "Em atendimento (atribuído)",
    PLANNED: "Em atendimento (planejado)",
    PENDING: "Pendente",
    SOLVED: "Solucionado",
    CLOSED: "Fechado",
}
REQUESTER, ASSIGNEE, OBSERVER = 1, 2, 3
ROLES = {"requester": REQUESTER, "assign": ASSIGNEE, "observer": OBSERVER}

# Priority by urgency (row) and impact (column), 1 to 5: GLPI's default matrix.
_PRIORITY = (
    (1, 1, 2, 2, 2),
    (1, 2, 2, 3, 3),
    (2, 2, 3, 4, 4),
    (2, 3, 4, 4, 5),
    (2, 3, 4, 5, 5),
)
_LOCAL_TIME = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}")
_DATE_TIME_NAMES = {
    "time_to_resolve": "Tempo para solução",
    "time_to_own": "Tempo para atendimento",
}
# Fields that may still change on a closed ticket.
_CHANGEABLE_WHEN_CLOSED = {"id", "status", "entities_id", "itilcategories_id"}
TITLE_FROM_CONTENT = 70


def create(context: Context, values: dict) -> tuple[dict, str]:
    """Return a new ticket, with unknown ids as they are and no requester by itself."""
    if values.get("date") and not _LOCAL_TIME.fullmatch(str(values["date"])):
        raise Refused("bad_date")
    cleaned = clean("Ticket", values)
    entity = cleaned.setdefault("entities_id", context.session.active_entity)
    if entity not in context.session.entities:
        raise Refused("right")
    if not values.get("name") and values.get("content"):
        title = re.sub(r"\s*\n\s*", " ", text.strip_tags(str(values["content"])))
        cleaned["name"] = text.to_stored(title.strip()[:TITLE_FROM_CONTENT])
    if not values.get("_auto_import"):
        cleaned["users_id_recipient"] = context.session.user_id
    cleaned["users_id_lastupdater"] = context.session.user_id
    ticket = context.store.insert("Ticket", cleaned)
    if "priority" not in cleaned:
        ticket["priority"] = priority_of(ticket)
    add_actors(context, ticket, values)
    assigned = _is_assigned(context, ticket)
    if assigned and ticket["status"] == NEW:
        ticket["status"] = ASSIGNED
    if assigned:
        _take_into_account(context, ticket)
    for status, column in ((SOLVED, "solvedate"), (CLOSED, "closedate")):
        if status <= ticket["status"] <= CLOSED:
            ticket[column] = context.store.now()
    shown = text.strip_slashes(ticket["name"]) or f"Chamado - ID {ticket['id']}"
    return ticket, context.say("added", name=f"{shown} ({ticket['id']})")


def priority_of(ticket: dict) -> int:
    """Return the priority that follows from urgency and impact."""
    urgency, impact = ticket["urgency"], ticket["impact"]
    if not (1 <= urgency <= 5 and 1 <= impact <= 5):
        return 3
    return _PRIORITY[urgency - 1][impact - 1]


# -- actors ------------------------------------------------------------------------------------
def add_actors(context: Context, ticket: dict, values: dict) -> None:
    """Add actors from ``_users_id_<role>``, ``_groups_id_<role>`` and ``_actors``."""
    for role, kind in ROLES.items():
        users = _as_list(values.get(f"_users_id_{role}"))
        notify = values.get(f"_users_id_{role}_notif") or {}
        for position, user in enumerate(users):
            email = _nth(notify.get("alternative_email"), position, "")
            if user or email:
                use = _nth(notify.get("use_notification"), position, 1)
                _add_user(context, ticket, kind, user, use, email)
        for group in _as_list(values.get(f"_groups_id_{role}")):
            _add_group(context, ticket, kind, int(group))
        for actor in (values.get("_actors") or {}).get(role) or []:
            if actor.get("itemtype") == "Group":
                _add_group(context, ticket, kind, int(actor["items_id"]))
            elif actor.get("itemtype") == "User":
                use = actor.get("use_notification", 1)
                email = actor.get("alternative_email", "")
                _add_user(context, ticket, kind, actor.get("items_id") or 0, use, email)


def _as_list(value) -> list:
    if value is None or value == "":
        return []
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else [value]


def _nth(value, position: int, default):
    values = _as_list(value)
    return values[position] if position < len(values) else default


def _add_user(context: Context, ticket: dict, kind: int, user, use, email: str) -> dict:
    link = {"tickets_id": ticket["id"], "users_id": int(user), "type": kind}
    if int(user) and (known := context.store.rows("Ticket_User", **link)):
        return known[0]
    more = {"use_notification": int(use), "alternative_email": email}
    return context.store.insert("Ticket_User", {**link, **more})


def _add_group(context: Context, ticket: dict, kind: int, group: int) -> dict:
    link = {"tickets_id": ticket["id"], "groups_id": group, "type": kind}
    known = context.store.rows("Group_Ticket", **link)
    return known[0] if known else context.store.insert("Group_Ticket", link)


def create_user_link(context: Context, values: dict) -> tuple[dict, str]:
    """POST Ticket_User: one more actor; an assignee moves a new ticket on."""
    ticket = _ticket_of_link(context, values)
    cleaned = clean("Ticket_User", values)
    row = context.store.insert("Ticket_User", cleaned)
    _actor_added(context, ticket, row["type"])
    return row, ""


def create_group_link(context: Context, values: dict) -> tuple[dict, str]:
    """POST Group_Ticket: one more group."""
    ticket = _ticket_of_link(context, values)
    row = context.store.insert("Group_Ticket", clean("Group_Ticket", values))
    _actor_added(context, ticket, row["type"])
    return row, ""


def create_ticket_link(context: Context, values: dict) -> tuple[dict, str]:
    """POST Ticket_Ticket: two tickets belong together."""
    for column in ("tickets_id_1", "tickets_id_2"):
        touch(context, _ticket_of_link(context, values, column))
    return context.store.insert("Ticket_Ticket", clean("Ticket_Ticket", values)), ""


def _ticket_of_link(context: Context, values: dict, column: str = "tickets_id") -> dict:
    ticket = context.store.get("Ticket", int(values.get(column) or 0))
    if ticket is None or not context.sees("Ticket", ticket):
        raise Refused("right")
    return ticket


def _actor_added(context: Context, ticket: dict, kind: int) -> None:
    if kind == ASSIGNEE:
        _take_into_account(context, ticket)
        if ticket["status"] == NEW:
            ticket["status"] = ASSIGNED
    touch(context, ticket)


def _is_assigned(context: Context, ticket: dict) -> bool:
    link = {"tickets_id": ticket["id"], "type": ASSIGNEE}
    return bool(context.store.rows("Ticket_User", **link)) or bool(
        context.store.rows("Group_Ticket", **link)
    )


# -- changes -----------------------------------------------------------------------------------
def update(context: Context, ticket: dict, values: dict) -> str:
    """Change columns, status and actors; a requester may not."""
    store = context.store
    if context.self_service or not context.may(UPDATE, "Ticket"):
        own = context.self_service and is_own(store, context.session, ticket)
        raise Refused(text="") if own else Refused("right")
    if not context.sees("Ticket", ticket):
        raise Refused("right")
    message = ""
    for column, name in _DATE_TIME_NAMES.items():
        if values.get(column) and not _LOCAL_TIME.fullmatch(str(values[column])):
            message = context.say("bad_value", name=name)
            values = {key: value for key, value in values.items() if key != column}
    cleaned = clean("Ticket", values)
    changes = {key: value for key, value in cleaned.items() if ticket[key] != value}
    if ticket["status"] == CLOSED and set(changes) - _CHANGEABLE_WHEN_CLOSED:
        raise Refused(text="")
    status = changes.pop("status", None)
    ticket.update(changes)
    if {"urgency", "impact"} & set(changes) and "priority" not in changes:
        ticket["priority"] = priority_of(ticket)
    before = _is_assigned(context, ticket)
    add_actors(context, ticket, values)
    if not before and _is_assigned(context, ticket):
        _actor_added(context, ticket, ASSIGNEE)
    if status is not None:
        _take_into_account(context, ticket)
        set_status(context, ticket, status)
    if changes or status is not None:
        touch(context, ticket)
    return message


def touch(context: Context, ticket: dict) -> None:
    """Record that the ticket changed: date_mod and its last editor."""
    ticket["date_mod"] = context.store.now()
    ticket["users_id_lastupdater"] = context.session.user_id


def acted_on(context: Context, ticket: dict) -> None:
    """Record an entry; the first author but the requester takes the ticket on.

    GLPI calls it taking into account.
    """
    if not context.self_service and not is_requester(
        context.store, context.session.user_id, ticket["id"]
    ):
        _take_into_account(context, ticket)
    touch(context, ticket)


def _take_into_account(context: Context, ticket: dict) -> None:
    if ticket["takeintoaccountdate"] is None:
        ticket["takeintoaccountdate"] = context.store.now()
        delay = context.store.seconds_since(ticket["date"])
        ticket["takeintoaccount_delay_stat"] = max(1, delay)


def set_status(context: Context, ticket: dict, status: int) -> None:
    """Move to any status number, with the dates and durations that follow."""
    store, now = context.store, context.store.now()
    waiting = (PENDING, SOLVED, CLOSED)
    if status in waiting and ticket["status"] not in waiting:
        ticket["begin_waiting_date"] = now
    if status not in waiting and ticket["begin_waiting_date"]:
        ticket["waiting_duration"] += store.seconds_since(ticket["begin_waiting_date"])
        ticket["begin_waiting_date"] = None
    ticket["status"] = status
    open_for = max(0, store.seconds_since(ticket["date"]) - ticket["waiting_duration"])
    for final, column, delay in (
        (SOLVED, "solvedate", "solve_delay_stat"),
        (CLOSED, "closedate", "close_delay_stat"),
    ):
        if final <= status <= CLOSED:
            if ticket[column] is None:
                ticket[column], ticket[delay] = now, open_for
        else:
            ticket[column], ticket[delay] = None, 0


def reopened_status(context: Context, ticket: dict) -> int:
    """Return the status of a ticket that is worked on again."""
    return ASSIGNED if _is_assigned(context, ticket) else NEW
