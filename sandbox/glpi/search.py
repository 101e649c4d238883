"""The search engine of the API: criteria, columns, order and pages."""

import re
from datetime import datetime, timedelta

from werkzeug.wrappers import Response

from . import text
from .answers import LIST_LIMIT_MAX, answer
from .columns import COLUMNS, TREE_PARENTS
from .context import Context
from .errors import ApiError, right_missing
from .reading import contains, read_range, sort_key
from .rights import READ
from .search_options import ALWAYS_SHOWN, OPTIONS, Option
from .store import LOCAL_ZONE, Store
from .tickets import ASSIGNED, CLOSED, PLANNED, SOLVED

# Groups of statuses that option 12 takes instead of a number.
PSEUDO_STATUSES = {
    "all": lambda status: True,
    "notold": lambda status: status not in (SOLVED, CLOSED),
    "notclosed": lambda status: status != CLOSED,
    "old": lambda status: status in (SOLVED, CLOSED),
    "process": lambda status: status in (ASSIGNED, PLANNED),
}
_RELATIVE = re.compile(r"-(\d+)(MINUTE|HOUR|DAY|WEEK)S?")
_UNITS = {"MINUTE": 60, "HOUR": 3600, "DAY": 86400, "WEEK": 604800}


def search(context: Context, itemtype: str) -> Response:
    """GET search/<itemtype>."""
    if itemtype not in OPTIONS:
        raise ApiError(400, "ERROR_RESOURCE_NOT_FOUND_NOR_COMMONDBTM", "itemtype")
    if not context.may(READ, itemtype):
        raise right_missing()
    params = context.call.params
    criteria = params.get("criteria", {})
    _check(criteria, OPTIONS[itemtype])
    rows = [row for row in context.store.rows(itemtype) if context.sees(itemtype, row)]
    if "is_deleted" in COLUMNS[itemtype]:
        deleted = int(context.call.flag("is_deleted"))
        rows = [row for row in rows if row["is_deleted"] == deleted]
    rows = [row for row in rows if _matches(context, itemtype, row, criteria)]
    columns, orders = _order_asked(params)
    for column, order in reversed(list(zip(columns, orders, strict=False))):
        show = OPTIONS[itemtype][int(column)].show
        key = lambda row, show=show: _sort_value(show(context.store, row))  # noqa: E731
        rows.sort(key=key, reverse=order == "DESC")
    start, page = _page(context, rows)
    end = start + len(page) - 1
    result = {
        "totalcount": len(rows),
        "count": len(page),
        "sort": columns,
        "order": orders,
        **({"data": _data(context, itemtype, page)} if page else {}),
        "content-range": f"{start}-{end}/{len(rows)}",
    }
    headers = {"Accept-Range": f"{itemtype} {LIST_LIMIT_MAX}"}
    if rows:
        headers["Content-Range"] = result["content-range"]
    return answer(result, 200 if len(page) == len(rows) else 206, headers)


def _order_asked(params: dict) -> tuple[list, list[str]]:
    asked = params.get("sort")
    if asked is None:
        columns: list = ["1"]  # a text when it is the default, a number when it was asked for
    else:
        values = list(asked.values()) if isinstance(asked, dict) else [asked]
        columns = [int(value) for value in values if str(value).isdigit()]
    order = params.get("order", "ASC")
    orders = list(order.values()) if isinstance(order, dict) else [order]
    orders = [str(value).upper() for value in orders]
    return columns, orders + ["ASC"] * (len(columns) - len(orders))


def _sort_value(value) -> tuple:
    return sort_key(value[0] if isinstance(value, list) else value)


def _page(context: Context, rows: list[dict]) -> tuple[int, list[dict]]:
    start, end = read_range(context) or (0, context.session.list_limit - 1)
    if start > len(rows):
        raise ApiError(400, "ERROR_RANGE_EXCEED_TOTAL", "range_total", total=len(rows))
    return start, rows[start : end + 1]


def _data(context: Context, itemtype: str, page: list[dict]):
    options = OPTIONS[itemtype]
    asked = [int(number) for number in context.call.params.get("forcedisplay", {}).values()]
    searched = _fields(context.call.params.get("criteria", {}))
    shown = dict.fromkeys([*ALWAYS_SHOWN[itemtype], *asked, *searched])
    by_uid = context.call.flag("uid_cols")
    data = []
    for row in page:
        line = {}
        for number in shown:
            if number in options:
                key = options[number].uid if by_uid else str(number)
                line[key] = options[number].show(context.store, row)
        data.append(line)
    if context.call.flag("withindexes"):
        return {str(row["id"]): line for row, line in zip(page, data, strict=True)}
    return data


def _fields(criteria: dict) -> list[int]:
    """Return the fields that are searched by: they are shown as well."""
    found: list[int] = []
    for criterion in criteria.values():
        if "criteria" in criterion:
            found += _fields(criterion["criteria"])
        else:
            found.append(int(criterion["field"]))
    return found


# -- criteria ----------------------------------------------------------------------------------
def _check(criteria: dict, options: dict[int, Option]) -> None:
    for criterion in criteria.values():
        if "criteria" in criterion:
            _check(criterion["criteria"], options)
            continue
        if not {"field", "searchtype", "value"} <= set(criterion):
            raise ApiError(400, "ERROR", "criterion")
        if not str(criterion["field"]).isdigit() or int(criterion["field"]) not in options:
            raise ApiError(400, "ERROR", "criterion_field")


def _matches(context: Context, itemtype: str, row: dict, criteria: dict) -> bool:
    """Combine criteria: AND binds stronger than OR, as in GLPI's SQL."""
    alternatives: list[list[bool]] = [[]]
    for position, criterion in enumerate(criteria.values()):
        link, _space, negated = str(criterion.get("link", "AND")).upper().partition(" ")
        if "criteria" in criterion:
            met = _matches(context, itemtype, row, criterion["criteria"])
        else:
            option = OPTIONS[itemtype][int(criterion["field"])]
            met = _meets(context.store, option, row, _told_whose(context, option, criterion))
        if link == "OR" and position:
            alternatives.append([])
        alternatives[-1].append(met != (negated == "NOT"))
    return any(all(terms) for terms in alternatives)


def _told_whose(context: Context, option: Option, criterion: dict) -> dict:
    """Return a criterion in which "myself" stands for the user of the session."""
    if option.uid.endswith("User.name") and criterion["value"] == "myself":
        return {**criterion, "value": str(context.session.user_id)}
    return criterion


def _meets(store: Store, option: Option, row: dict, criterion: dict) -> bool:
    kind, wanted = criterion["searchtype"], str(criterion["value"])
    shown = option.show(store, row)
    values = shown if isinstance(shown, list) else [shown]
    if kind in ("contains", "notcontains"):
        patterns = {wanted, text.encode(wanted)}
        met = any(contains(value, pattern) for value in values for pattern in patterns)
        return met == (kind == "contains")
    if kind in ("morethan", "lessthan") and option.kind in ("date", "number"):
        return any(_compares(store, option, value, kind, wanted) for value in values)
    if kind in ("under", "notunder") and option.tree:
        below = _below(store, option.tree, _number(wanted))
        return bool(below & set(option.ids(store, row))) == (kind == "under")
    # A search type that the option does not know is silently taken as equals.
    return _equals(store, option, row, values, wanted) == (kind != "notequals")


def _equals(store: Store, option: Option, row: dict, values: list, wanted: str) -> bool:
    if option.ids is not None:
        return _number(wanted) in option.ids(store, row)
    if option.uid == "Ticket.status" and wanted in PSEUDO_STATUSES:
        return PSEUDO_STATUSES[wanted](values[0])
    return any(value is not None and text.fold(str(value)) == text.fold(wanted) for value in values)


def _number(value: str) -> int:
    match = re.match(r"-?\d+", value)
    return int(match[0]) if match else 0


def _compares(store: Store, option: Option, value, kind: str, wanted: str) -> bool:
    if value is None:
        return False
    limit = _number(wanted) if option.kind == "number" else absolute_time(store, wanted)
    return value > limit if kind == "morethan" else value < limit


def absolute_time(store: Store, value: str) -> str:
    """Return a date criterion as local wall time.

    Absolute ones as they are, ``-1HOUR``, ``NOW``.
    """
    now = store.clock().astimezone(LOCAL_ZONE)
    if value == "NOW":
        return now.strftime("%Y-%m-%d %H:%M:%S")
    match = _RELATIVE.fullmatch(value)
    if not match:
        return value
    moment: datetime = now - timedelta(seconds=int(match[1]) * _UNITS[match[2]])
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def _below(store: Store, itemtype: str, number: int) -> set[int]:
    found = {number}
    for row in store.rows(itemtype, **{TREE_PARENTS[itemtype]: number}):
        if row["id"] not in found:
            found |= _below(store, itemtype, row["id"])
    return found
