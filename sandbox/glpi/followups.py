"""Followups: messages of a ticket, which may also reopen, approve or wake it up."""

from . import solutions
from .catalogues import clean, update_columns
from .context import Context
from .errors import Refused
from .rights import CREATE, is_requester
from .tickets import CLOSED, PENDING, SOLVED, acted_on, reopened_status, set_status, touch


def ticket_of(context: Context, values: dict) -> dict | None:
    """Return the ticket that a followup or solution is for, when the session sees it."""
    if values.get("itemtype") != "Ticket":
        return None
    ticket = context.store.get("Ticket", int(values.get("items_id") or 0))
    return ticket if ticket is not None and context.sees("Ticket", ticket) else None


def create(context: Context, values: dict) -> tuple[dict, str]:
    """Create a followup.

    ``add_reopen``/``add_close`` answer a solution, ``_no_reopen`` keeps 4.
    """
    ticket = ticket_of(context, values)
    if ticket is None or not context.may(CREATE, "ITILFollowup"):
        raise Refused("right")
    if context.self_service and ticket["status"] == CLOSED:
        raise Refused("right")
    if not values.get("content"):
        if values.get("add_reopen"):
            raise Refused("reopen_reason")
        if not values.get("add_close"):
            raise Refused("followup_empty")
        values["content"] = context.say("approved")
    if context.self_service:
        values["is_private"] = 0
    values.setdefault("users_id", context.session.user_id)
    row = context.store.insert("ITILFollowup", clean("ITILFollowup", values))
    acted_on(context, ticket)
    _move_status(context, ticket, values)
    return row, ""


def _move_status(context: Context, ticket: dict, values: dict) -> None:
    user = context.session.user_id
    if context.self_service and not is_requester(context.store, user, ticket["id"]):
        return  # he only wrote the ticket: nothing moves, although the answer is 201
    if ticket["status"] == PENDING and not values.get("_no_reopen"):
        set_status(context, ticket, reopened_status(context, ticket))
    elif ticket["status"] in (SOLVED, CLOSED) and values.get("add_reopen"):
        solutions.answer_last(context, ticket, solutions.REFUSED)
        set_status(context, ticket, reopened_status(context, ticket))
    elif ticket["status"] == SOLVED and values.get("add_close"):
        solutions.answer_last(context, ticket, solutions.ACCEPTED)
        set_status(context, ticket, CLOSED)


def update(context: Context, row: dict, values: dict) -> str:
    """Edit a followup; its ticket counts as changed."""
    if context.self_service or not context.sees("ITILFollowup", row):
        raise Refused("right")
    message = update_columns(context, "ITILFollowup", row, values)
    row["users_id_editor"] = context.session.user_id
    before_delete(context, row)
    return message


def before_delete(context: Context, row: dict) -> None:
    """Mark the ticket as changed before its followup is deleted."""
    ticket = context.store.get("Ticket", row["items_id"])
    if ticket is not None:
        touch(context, ticket)
