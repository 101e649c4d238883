"""POST, PUT and DELETE: one item or many, each kind with its own rules."""

from collections.abc import Callable

from werkzeug.wrappers import Response

from . import catalogues, documents, followups, narrow, solutions, tickets, users
from .answers import answer, decoded
from .columns import COLUMNS
from .context import Context
from .errors import ApiError, Crash, Refused
from .rights import CREATE, DELETE, UPDATE

# kind -> function(context, values) -> (new row, message)
CREATORS: dict[str, Callable[[Context, dict], tuple[dict, str]]] = {
    "Ticket": tickets.create,
    "Ticket_User": tickets.create_user_link,
    "Group_Ticket": tickets.create_group_link,
    "Ticket_Ticket": tickets.create_ticket_link,
    "ITILFollowup": followups.create,
    "ITILSolution": solutions.create,
    "Document": documents.create,
    "Document_Item": documents.create_link,
    "User": users.create,
    "UserEmail": users.create_email,
    "Location": catalogues.creator("Location"),
    "ITILCategory": catalogues.creator("ITILCategory"),
    "Entity": catalogues.creator("Entity"),
}

# kind -> function(context, row, values) -> message
UPDATERS: dict[str, Callable[[Context, dict, dict], str]] = {
    "Ticket": tickets.update,
    "ITILFollowup": followups.update,
}

# kind -> function(context, row), called before the row goes
BEFORE_DELETE: dict[str, Callable[[Context, dict], None]] = {
    "ITILFollowup": followups.before_delete,
}


def _input_of(context: Context):
    value = context.call.payload.get("input")
    if not isinstance(value, dict | list):
        raise ApiError(400, "ERROR_BAD_ARRAY", "bad_array")
    return value


def create(context: Context, itemtype: str) -> Response:
    """Create one item (``input`` is an object) or several (a list)."""
    given = _input_of(context)
    many = isinstance(given, list)
    uploaded = documents.receive(context) if context.call.multipart else None
    results, new_ids = [], []
    for values in given if many else [given]:
        try:
            row, message = _create_one(context, itemtype, dict(values), uploaded)
        except Refused as refused:
            results.append({"id": False, "message": context.refusal_text(refused)})
        else:
            results.append({"id": row["id"], "message": message})
            new_ids.append(row["id"])
    if len(new_ids) < len(results):
        return _failure("ADD", results, new_ids, many)
    if uploaded is not None:
        results[0]["upload_result"] = uploaded.result
    if context.call.decoded:
        results = decoded(results)
    places = [f"{context.call.base_url}/{itemtype}/{number}" for number in new_ids]
    headers = {"link": ",".join(places)} if many else {"location": places[0]}
    return answer(results if many else results[0], 201, headers, method="POST")


def _create_one(context: Context, itemtype: str, values: dict, uploaded) -> tuple[dict, str]:
    creator = CREATORS.get(itemtype)
    if creator is None or not context.may(CREATE, itemtype):
        raise Refused("right")
    values = narrow.fit(context.store, values)
    if itemtype == "Document":
        values["_uploaded"] = uploaded
        return creator(context, values)
    tags = values.pop("_tag_filename", None) or ()
    row, message = creator(context, values)
    if uploaded is not None:
        pasted = tuple(str(tag) for tag in tags)
        message = documents.attach_uploaded(context, itemtype, row, uploaded, pasted) or message
    return row, message


def _failure(verb: str, results: list, succeeded: list, many: bool) -> Response:
    if not many:
        return answer([f"ERROR_GLPI_{verb}", results[0]["message"]], 400, method="POST")
    if succeeded:
        return answer([f"ERROR_GLPI_PARTIAL_{verb}", results], 207, method="POST")
    return answer([f"ERROR_GLPI_{verb}", results], 400, method="POST")


def update(context: Context, itemtype: str, number: int | None) -> Response:
    """Update by the id in the URL, the id in ``input``, or a list of such."""
    given = _input_of(context)
    many = isinstance(given, list)
    if many and number is not None:
        raise Crash
    results, failures = [], []
    for values in given if many else [given]:
        wanted = int(number if number is not None else values.get("id") or 0)
        if not wanted and not (itemtype == "Entity" and number == 0):
            results.append([])
            continue
        row = context.store.get(itemtype, wanted)
        try:
            if row is None:
                raise Refused
            message = _update_one(context, itemtype, row, values)
        except Refused as refused:
            failures.append((row, context.refusal_text(refused)))
            if row is not None:
                results.append({str(wanted): False, "message": failures[-1][1]})
        else:
            results.append({str(wanted): True, "message": message})
    return _outcome("UPDATE", results, failures, many)


def _update_one(context: Context, itemtype: str, row: dict, values: dict) -> str:
    values = narrow.fit(context.store, values)
    if itemtype in UPDATERS:
        return UPDATERS[itemtype](context, row, values)
    if not context.may(UPDATE, itemtype) or not context.sees(itemtype, row):
        raise Refused("right")
    return catalogues.update_columns(context, itemtype, row, values)


def delete(context: Context, itemtype: str, number: int | None) -> Response:
    """Delete by the URL's id or those in ``input``; tickets go to the trash first."""
    if number is not None:
        wanted, many = [number], False
    else:
        given = _input_of(context)
        many = isinstance(given, list)
        wanted = [int(values.get("id") or 0) for values in (given if many else [given])]
    results, failures = [], []
    for one in wanted:
        row = context.store.get(itemtype, one)
        try:
            _delete_one(context, itemtype, row)
        except Refused as refused:
            failures.append((row, context.refusal_text(refused)))
            results.append({str(one): False, "message": failures[-1][1]})
        else:
            results.append({str(one): True, "message": ""})
    return _outcome("DELETE", results, failures, many)


def _delete_one(context: Context, itemtype: str, row: dict | None) -> None:
    if row is None:
        raise Refused("not_found")
    if not context.may(DELETE, itemtype) or not context.sees(itemtype, row):
        raise Refused("right")
    purge = context.call.flag("force_purge") or bool(context.call.payload.get("force_purge"))
    if "is_deleted" in COLUMNS[itemtype] and not purge:
        row["is_deleted"] = 1
        row["date_mod"] = context.store.now()
        return
    if itemtype in BEFORE_DELETE:
        BEFORE_DELETE[itemtype](context, row)
    context.store.remove(itemtype, row["id"])


def _outcome(verb: str, results: list, failures: list, many: bool) -> Response:
    if not failures:
        return answer(results, method="PUT")
    if not many:
        return answer([f"ERROR_GLPI_{verb}", failures[0][1]], 400, method="PUT")
    partial = any(True in result.values() for result in results if result)
    code = f"ERROR_GLPI_{'PARTIAL_' if partial else ''}{verb}"
    return answer([code, results], 207 if partial else 400, method="PUT")
