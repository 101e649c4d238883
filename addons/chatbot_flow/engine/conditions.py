# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The comparisons of conditions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import steps


def holds(operator: str, value: Any, other: Any) -> bool:
    """Return whether a value satisfies a condition.

    :param operator: one of ``steps.OPERATORS``
    :param other: the condition's value; case never matters
    """
    return _COMPARE[operator](value, other)


def _same(left: Any, right: Any) -> bool:
    return _word(left) == _word(right)


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "sim" if value else "não"
    return str(value if value is not None else "").casefold()


def _number(value: Any) -> float | None:
    if isinstance(value, str):
        value = value.strip().replace(",", ".")
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return None


def _greater(left: Any, right: Any) -> bool:
    first, second = _number(left), _number(right)
    return first is not None and second is not None and first > second


def _one_of(value: Any, allowed: Any) -> bool:
    if isinstance(allowed, str):
        allowed = [item.strip() for item in allowed.split(",")]
    return isinstance(allowed, list) and any(_same(value, item) for item in allowed)


def _contains(value: Any, part: Any) -> bool:
    if isinstance(value, list):
        return any(_same(item, part) for item in value)
    return bool(_word(part)) and _word(part) in _word(value)


def _present(value: Any) -> bool:
    return value not in (None, "", [], {}, False)


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "present": lambda value, _other: _present(value),
    "absent": lambda value, _other: not _present(value),
    "equals": _same,
    "differs": lambda value, other: not _same(value, other),
    "one_of": _one_of,
    "contains": _contains,
    "greater": _greater,
    "less": lambda value, other: _greater(other, value),
}

assert set(_COMPARE) == set(steps.OPERATORS)
