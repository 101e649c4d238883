"""Solutions: they solve the ticket and wait for the requester's answer."""

from .catalogues import clean
from .context import Context
from .errors import Refused
from .rights import CREATE
from .tickets import CLOSED, SOLVED, acted_on, set_status

WAITING, ACCEPTED, REFUSED = 2, 3, 4


def create(context: Context, values: dict) -> tuple[dict, str]:
    """Return a solution: the ticket becomes solved; a second one is refused."""
    ticket = context.store.get("Ticket", int(values.get("items_id") or 0))
    visible = ticket is not None and context.sees("Ticket", ticket)
    if values.get("itemtype") != "Ticket" or not visible:
        raise Refused("right")
    if not context.may(CREATE, "ITILSolution"):
        raise Refused("right")
    if ticket["status"] in (SOLVED, CLOSED):
        raise Refused("already_solved")
    values["users_id"] = context.session.user_id
    values["status"] = WAITING
    row = context.store.insert("ITILSolution", clean("ITILSolution", values))
    acted_on(context, ticket)
    set_status(context, ticket, SOLVED)
    return row, context.say("added", name=row["id"])


def answer_last(context: Context, ticket: dict, status: int) -> None:
    """Accept or refuse the waiting solution as the session's user."""
    waiting = context.store.rows(
        "ITILSolution", itemtype="Ticket", items_id=ticket["id"], status=WAITING
    )
    if waiting:
        waiting[-1].update(
            status=status,
            users_id_approval=context.session.user_id,
            date_approval=context.store.now(),
        )
