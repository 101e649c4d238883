# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Extracts named values from a JSON response by paths (JMESPath)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

#: Characters of a text and entries of a list that a conversation keeps
MAX_TEXT = 2000
MAX_LIST = 50


class MappingError(ValueError):
    """A path cannot be read."""


@dataclass(frozen=True)
class Mapping:
    """One value.

    :ivar path: JMESPath, such as ``endereco.rua`` or ``[0].nome``
    :ivar fallback: its value if the response lacks it
    """

    name: str
    path: str
    fallback: Any = None


def check_path(path: str) -> None:
    """Raise :class:`MappingError` when a path cannot be read."""
    try:
        jmespath.compile(path)
    except JMESPathError as error:
        raise MappingError(str(error).splitlines()[0]) from error


def picked(data: Any, mappings: Iterable[Mapping]) -> tuple[dict[str, Any], bool]:
    """Return the values of a response, and whether it had none of them."""
    values: dict[str, Any] = {}
    empty = True
    for mapping in mappings:
        try:
            found = _kept(jmespath.search(mapping.path, data))
        except (JMESPathError, RecursionError):
            # a function in the path does not fit this response: there is no such value
            found = None
        if found not in (None, "", []):
            empty = False
        elif mapping.fallback not in (None, ""):
            found = mapping.fallback
        values[mapping.name] = found
    return {name: value for name, value in values.items() if value is not None}, empty


def _kept(value: Any) -> Any:
    """Return a value that a flow can store: texts, numbers, booleans, and lists of them."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value.strip()[:MAX_TEXT]
    if isinstance(value, int):
        return value if abs(value) < 2**63 else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list):
        kept = [_kept(item) for item in value[:MAX_LIST]]
        return [item for item in kept if item is not None]
    return None
