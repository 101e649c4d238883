"""Filters and order of the high-level API: RSQL as GLPI 11 reads it.

As there, a comparison with a property that does not exist is not an error: it is left out.
"""

import re
from collections.abc import Callable
from typing import Any

from . import text

_COMPARISON = re.compile(r"([A-Za-z_.]+)(==|!=|=[a-z]+=)(\"[^\"]*\"|'[^']*'|\([^)]*\)|[^;,]*)")


def matches(row: dict, rsql: str) -> bool:
    """Return True when the row passes the filter.

    ``;`` (and) binds tighter than ``,`` (or).
    """
    alternatives = [_known(row, part) for part in _split(rsql, ",")]
    alternatives = [part for part in alternatives if part]
    return not alternatives or any(all(test(row) for test in part) for part in alternatives)


def _known(row: dict, conjunction: str) -> list[Callable[[dict], bool]]:
    tests = []
    for part in _split(conjunction, ";"):
        match = _COMPARISON.fullmatch(part.strip())
        if match and _exists(row, match[1]):
            tests.append(_test(*match.groups()))
    return tests


def _split(rsql: str, separator: str) -> list[str]:
    """Return parts between separators that stand outside quotes and brackets."""
    parts, depth, quote, start = [], 0, "", 0
    for index, char in enumerate(rsql):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == separator and not depth:
            parts.append(rsql[start:index])
            start = index + 1
    return [part for part in [*parts, rsql[start:]] if part]


def values_at(row: Any, path: str) -> list:
    """Return the values of a property such as ``status.id``.

    Or, of many, ``emails.email``.
    """
    found = [row]
    for name in path.split("."):
        flat = [value if isinstance(value, list) else [value] for value in found]
        items = [item for values in flat for item in values]
        found = [item[name] for item in items if isinstance(item, dict) and name in item]
    return found


def _exists(row: dict, path: str) -> bool:
    # what hangs on a row in any number may be absent from this one
    return path.split(".")[0] in row and (bool(values_at(row, path)) or path.startswith("emails."))


def _test(path: str, operator: str, raw: str) -> Callable[[dict], bool]:
    value = raw[1:-1] if raw[:1] in "\"'" and raw[:1] == raw[-1:] and len(raw) > 1 else raw
    compare = _UNARY_TESTS.get(operator) or _TESTS.get(operator)
    if compare is None:
        return lambda row: True
    if operator in ("=in=", "=out="):
        wanted = [item.strip().strip("\"'") for item in raw.strip("()").split(",")]
        return lambda row: any(compare(_shown(v), wanted) for v in values_at(row, path))
    return lambda row: any(compare(_shown(v), value) for v in values_at(row, path))


def _shown(value: Any) -> str | None:
    """Return a value as the database compares it."""
    if isinstance(value, bool):
        return str(int(value))
    return None if value is None else str(value)


def _equal(value: str | None, wanted: str) -> bool:
    wanted = {"true": "1", "false": "0"}.get(wanted, wanted)
    return value is not None and text.fold(value) == text.fold(wanted)


def _ordered(check: Callable[[Any, Any], bool]) -> Callable[[str | None, str], bool]:
    def compare(value: str | None, wanted: str) -> bool:
        if value is None:
            return False
        if value.isdigit() and wanted.isdigit():
            return check(int(value), int(wanted))
        return check(value, wanted)

    return compare


def _like(fold: Callable[[str], str]) -> Callable[[str | None, str], bool]:
    def compare(value: str | None, wanted: str) -> bool:
        pattern = ".*".join(re.escape(part) for part in fold(wanted).split("*"))
        pattern = pattern.replace("_", ".").replace("%", ".")
        return value is not None and bool(re.fullmatch(pattern, fold(value), re.DOTALL))

    return compare


_TESTS = {
    "==": _equal,
    "!=": lambda value, wanted: not _equal(value, wanted),
    "=lt=": _ordered(lambda a, b: a < b),
    "=le=": _ordered(lambda a, b: a <= b),
    "=gt=": _ordered(lambda a, b: a > b),
    "=ge=": _ordered(lambda a, b: a >= b),
    "=like=": _like(lambda value: value),
    "=ilike=": _like(text.fold),
    "=in=": lambda value, wanted: value in wanted,
    "=out=": lambda value, wanted: value not in wanted,
}
_UNARY_TESTS = {
    "=isnull=": lambda value, _wanted: value is None,
    "=notnull=": lambda value, _wanted: value is not None,
    "=empty=": lambda value, _wanted: not value,
    "=notempty=": lambda value, _wanted: bool(value),
}


def ordered(rows: list[dict], sort: str) -> list[dict]:
    """Return the rows by ``property:direction``.

    Several are separated by commas, the first counts most.
    """
    for part in reversed([part for part in sort.split(",") if part]):
        path, _colon, direction = part.partition(":")
        rows = sorted(
            rows,
            key=lambda row, path=path: _sort_key(values_at(row, path)),
            reverse=direction.lower() == "desc",
        )
    return rows


def _sort_key(values: list) -> tuple:
    value = values[0] if values else None
    if isinstance(value, int):
        return (1, value, "")
    return (0, 0, "") if value is None else (2, 0, text.fold(str(value)))
