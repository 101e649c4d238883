"""GET of an item, of a collection and of what hangs on an item."""

import re

from werkzeug.wrappers import Response

from . import text
from .answers import LIST_LIMIT_MAX, answer, decoded, item_headers
from .columns import CHILDREN, COLUMNS, target_of
from .context import Context
from .documents import NO_TIMELINE
from .errors import ApiError, Crash, not_found, right_missing
from .rights import READ


def get_item(context: Context, itemtype: str, number: int) -> Response:
    """Return one item with its links."""
    row = readable_row(context, itemtype, number)
    shown = present(context, itemtype, row)
    if context.call.flag("with_documents"):
        shown["_documents"] = _documents_of(context, itemtype, row)
    if context.call.flag("with_logs"):
        shown["_logs"] = {"error": 401, "message": context.say("right")}
    if context.call.flag("get_hateoas", True):
        shown["links"] = _links(context, itemtype, row)
    offset = context.store.settings["utc_offset_hours"]
    return _answer(context, shown, headers=item_headers(row, offset))


def readable_row(context: Context, itemtype: str, number: int) -> dict:
    """Return the row, when it exists and the session may read it."""
    row = context.store.get(itemtype, number)
    if row is None:
        raise not_found()
    if not context.may(READ, itemtype) or not context.sees(itemtype, row):
        raise right_missing()
    return row


def get_multiple(context: Context) -> Response:
    """Answer getMultipleItems: one unknown item fails the whole request."""
    wanted = context.call.params.get("items", {}).values()
    found = []
    for item in wanted:
        row = readable_row(context, item["itemtype"], int(item["items_id"]))
        shown = present(context, item["itemtype"], row)
        if context.call.flag("get_hateoas", True):
            shown["links"] = _links(context, item["itemtype"], row)
        found.append(shown)
    return _answer(context, found)


def get_collection(context: Context, itemtype: str, parent: tuple[str, int] | None) -> Response:
    """Return a page of all items of a kind, or of those that belong to `parent`.

    `parent` is (itemtype, id).
    """
    if parent is not None:
        readable_row(context, *parent)
    if not context.may(READ, itemtype):
        raise right_missing()
    if parent is None:
        rows = context.store.rows(itemtype)
    else:
        rows = context.store.children(*parent, itemtype)
    rows = [row for row in rows if context.sees(itemtype, row)]
    if "is_deleted" in COLUMNS[itemtype]:
        deleted = int(context.call.flag("is_deleted"))
        rows = [row for row in rows if row["is_deleted"] == deleted]
    rows = _sorted(context, itemtype, _search_text(context, itemtype, rows))
    start, end, limit = _page(context, len(rows))
    headers = {"Accept-Range": f"{itemtype} {LIST_LIMIT_MAX}"}
    if rows:
        headers["Content-Range"] = f"{start}-{end}/{len(rows)}"
    page = rows[start : start + limit]
    shown = [_in_list(context, itemtype, row) for row in page]
    return _answer(context, shown, 200 if len(page) == len(rows) else 206, headers)


def _in_list(context: Context, itemtype: str, row: dict) -> dict:
    only_id = context.call.flag("only_id")
    shown = {"id": row["id"]} if only_id else present(context, itemtype, row)
    if context.call.flag("get_hateoas", True):
        shown["links"] = _links(context, itemtype, {"id": row["id"]} if only_id else row)
    return shown


def _answer(context: Context, shown, status: int = 200, headers: dict | None = None) -> Response:
    return answer(decoded(shown) if context.call.decoded else shown, status, headers)


def _search_text(context: Context, itemtype: str, rows: list[dict]) -> list[dict]:
    wanted = context.call.params.get("searchText", {})
    for column, value in wanted.items():
        if column != "id" and column not in COLUMNS[itemtype]:
            raise Crash  # an SQL error that GLPI does not catch
        rows = [row for row in rows if contains(row[column], value)]
    return rows


def contains(value, pattern: str) -> bool:
    """Match as GLPI's LIKE does: anywhere in the text, ``^`` and ``$`` anchor it."""
    if value is None:
        return False
    folded, wanted = text.fold(str(value)), text.fold(pattern)
    at_start, at_end = wanted.startswith("^"), wanted.endswith("$")
    wanted = wanted.removeprefix("^").removesuffix("$")
    if at_start and at_end:
        return folded == wanted
    if at_start:
        return folded.startswith(wanted)
    return folded.endswith(wanted) if at_end else wanted in folded


def sort_key(value) -> tuple:
    """Return the database's order: nothing first, then numbers, then texts.

    Texts by their collation.
    """
    if value is None:
        return (0, 0, "")
    if isinstance(value, int):
        return (1, value, "")
    return (2, 0, text.fold(str(value)))


def _sorted(context: Context, itemtype: str, rows: list[dict]) -> list[dict]:
    column = context.call.params.get("sort", "id")
    order = context.call.params.get("order", "ASC").upper()
    if column != "id" and column not in COLUMNS[itemtype]:
        raise ApiError(400, "ERROR", "sort")
    if order not in ("ASC", "DESC"):
        raise ApiError(400, "ERROR", "order")
    return sorted(rows, key=lambda row: sort_key(row[column]), reverse=order == "DESC")


def read_range(context: Context) -> tuple[int, int] | None:
    """Return the parameter ``range`` as (first, last), or None when it is absent."""
    value = context.call.params.get("range")
    if value is None:
        return None
    match = re.fullmatch(r"(\d+)-(\d+)", str(value))
    if not match:
        raise ApiError(400, "ERROR", "range_format")
    return int(match[1]), int(match[2])


def _page(context: Context, total: int) -> tuple[int, int, int]:
    """Return (first, last as the header says it, number of rows) of the page that is asked for.

    Without a range GLPI's header is one too high; with one it is right.
    """
    asked = read_range(context)
    if asked is None:
        limit = context.session.list_limit
        return 0, min(limit, total - 1), limit
    start, end = asked
    if start > total:
        raise ApiError(400, "ERROR_RANGE_EXCEED_TOTAL", "range_total", total=total)
    end = min(end, total - 1)
    return start, end, max(0, end - start + 1)


# -- showing a row -----------------------------------------------------------------------------
def present(context: Context, itemtype: str, row: dict) -> dict:
    """Return the row as an answer shows it: dropdowns expanded when asked for."""
    shown = dict(row)
    if not context.call.flag("expand_dropdowns"):
        return shown
    for column, value in row.items():
        target = target_of(column)
        if target and (value or target == "Entity"):
            name = context.store.name_of(target, value) or ""
            shown[column] = name.replace(" > ", " &#62; ")
    return shown


def _links(context: Context, itemtype: str, row: dict) -> list[dict]:
    base = context.call.base_url
    links = []
    for column, value in row.items():
        target = target_of(column)
        if target and (value or (target == "Entity" and value == 0)):
            links.append({"rel": target, "href": f"{base}/{target}/{value}"})
    for child in CHILDREN.get(itemtype, ()):
        links.append({"rel": child, "href": f"{base}/{itemtype}/{row['id']}/{child}/"})
    return links


def _documents_of(context: Context, itemtype: str, row: dict) -> list[dict]:
    links = context.store.children(itemtype, row["id"], "Document_Item")
    if itemtype == "Ticket":
        for kind in ("ITILFollowup", "ITILSolution"):
            for entry in context.store.children("Ticket", row["id"], kind):
                links += context.store.children(kind, entry["id"], "Document_Item")
        # pictures inside texts are left out
        links = [link for link in links if link["timeline_position"] > NO_TIMELINE]
    documents = []
    for link in sorted(links, key=lambda item: item["id"]):
        document = context.store.get("Document", link["documents_id"])
        if document is not None:
            entity = document["entities_id"]
            about = {
                "assocID": link["id"],
                "assocdate": link["date_mod"],
                "entityID": entity,
                "entity": context.store.name_of("Entity", entity),
                "headings": None,
            }
            documents.append({**about, **document})
    return documents
