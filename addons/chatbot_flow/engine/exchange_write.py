# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Document -> YAML as people like to read it.

Texts of several lines as blocks, short lists in a line, quotes only where needed. (PyYAML's own
writer puts every text with an emoji into quotes.)

Every reader of YAML 1.1 and 1.2 understands this output in the same way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_INDENT = "  "
#: A text that needs no quotes: it begins with a letter and has no special characters
_PLAIN = re.compile(r"[^\W\d_](?:[^\x00-\x1f:#\x7f-\xa0]*[^\x00-\x20:#\x7f-\xa0])?")
#: The same inside [ ]
_PLAIN_ITEM = re.compile(r"[^\W\d_](?:[\w .-]*\w)?")
_MEANS_SOMETHING = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
#: Characters that must be escaped in YAML
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_TO_ESCAPE = re.compile(f'[\\\\"\n\t]|{_UNPRINTABLE.pattern}')


def write(data: Mapping[str, Any]) -> str:
    """Return the YAML text of plain values.

    Mappings with string keys, lists, texts, numbers, flags.
    """
    lines: list[str] = []
    _mapping(data, "", lines)
    return "\n".join(lines) + "\n"


def _mapping(data: Mapping[str, Any], indent: str, lines: list[str], first: str = "") -> None:
    """Yield the lines of a mapping. ``first`` replaces the indent of its first line ("- ")."""
    for name, value in data.items():
        start = f"{first or indent}{_scalar(name)}:"
        first = ""
        if isinstance(value, Mapping) and value:
            lines.append(start)
            _mapping(value, indent + _INDENT, lines)
        elif isinstance(value, list | tuple) and value:
            _list(value, start, indent, lines)
        elif isinstance(value, str) and _is_block(value):
            _block(value, start, indent + _INDENT, lines)
        else:
            lines.append(f"{start} {_scalar(value)}")


def _list(items: Any, start: str, indent: str, lines: list[str]) -> None:
    """Yield the lines of a list: texts on one line, anything else one per line."""
    if all(isinstance(item, str) for item in items):
        words = ", ".join(_scalar(item, _PLAIN_ITEM) for item in items)
        lines.append(f"{start} [{words}]")
        return
    lines.append(start)
    inner = indent + _INDENT
    for item in items:
        if isinstance(item, Mapping) and item:
            _mapping(item, inner + _INDENT, lines, f"{inner}- ")
        elif isinstance(item, list | tuple) and item:
            lines.append(f"{inner}- {_flow(item)}")
        else:
            lines.append(f"{inner}- {_scalar(item)}")


def _flow(value: Any) -> str:
    """Return a value in one line, for lists inside lists."""
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_scalar(name, _PLAIN_ITEM)}: {_flow(value[name])}" for name in value)
        return f"{{{pairs}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_flow(item) for item in value)}]"
    return _scalar(value, _PLAIN_ITEM)


def _is_block(text: str) -> bool:
    """Return True for a multi-line text that can be written as a block unchanged."""
    return (
        "\n" in text
        and text[0] not in " \t\n"
        and not text.endswith("\n")
        and not _UNPRINTABLE.search(text)
    )


def _block(text: str, start: str, indent: str, lines: list[str]) -> None:
    lines.append(f"{start} |-")
    lines.extend(f"{indent}{line}" if line else "" for line in text.split("\n"))


def _scalar(value: Any, plain: re.Pattern[str] = _PLAIN) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    bare = plain.fullmatch(value) and value.casefold() not in _MEANS_SOMETHING
    if bare and not _UNPRINTABLE.search(value):
        return value
    return f'"{_TO_ESCAPE.sub(_escape, value)}"'


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    return _ESCAPES.get(char) or f"\\u{ord(char):04x}"
