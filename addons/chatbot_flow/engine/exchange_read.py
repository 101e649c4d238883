# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Text of a file -> nodes with their lines, or problems.

Never raises, never runs anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

#: Limits of a file: a flow of 11,111 menus with ten options each has about ten million characters
MAX_CHARS = 40_000_000
MAX_DEPTH = 12
MAX_NODES = 3_000_000

# libyaml if PyYAML was built with it: ten times faster, with the same events
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,40})")
_FLOAT = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{1,15}")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class FileProblem:
    """An error in a file.

    :ivar code: ``too_big``, ``too_deep``, ``bad_yaml``, ``bad_json``, ``alias``, ``tag``,
        ``double_key``, ``not_a_flow``, ``bad_format``, ``bad_step``, ``bad_option``,
        ``unknown_kind``, ``unknown_key``, ``missing_key``, ``wrong_type``, ``double_step``
    :ivar line: line of the file, from 1; 0 if unknown
    :ivar step: title, key or number of the step, empty for the flow
    :ivar detail: values for the problem's text
    """

    code: str
    line: int = 0
    step: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Node:
    """A value of the file: a dict of nodes, a list of nodes, or a scalar.

    ``raw`` is the scalar as written.
    """

    value: Any
    line: int
    raw: str = ""

    def plain(self) -> Any:
        """Return the value without lines; nesting is bounded by ``MAX_DEPTH``."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


class _Refused(Exception):
    """Reading stops: the problem says why."""

    def __init__(self, code: str, line: int = 0, **detail: object):
        super().__init__(code)
        self.problem = FileProblem(code, line, "", detail)


def read(text: str, problems: list[FileProblem]) -> Node | None:
    """Return the root of a file; None, and another problem, if it cannot be read."""
    text = text.removeprefix("\ufeff")
    try:
        if len(text) > MAX_CHARS:
            raise _Refused("too_big", value=MAX_CHARS // 1_000_000)
        return _read_json(text) if text.lstrip()[:1] == "{" else _read_yaml(text)
    except _Refused as refused:
        problems.append(refused.problem)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        problems.append(FileProblem("bad_yaml", line, "", {"value": error.problem or ""}))
    except (yaml.YAMLError, UnicodeError) as error:
        problems.append(FileProblem("bad_yaml", 0, "", {"value": str(error).splitlines()[0]}))
    return None


def _read_json(text: str) -> Node:
    def refuse(name: str) -> None:
        raise _Refused("bad_json", value=name)

    try:
        return _from_json(
            json.loads(text, object_pairs_hook=_pairs, parse_constant=refuse), MAX_DEPTH
        )
    except json.JSONDecodeError as error:
        raise _Refused("bad_json", error.lineno, value=error.msg) from error
    except RecursionError as error:
        raise _Refused("too_deep", value=MAX_DEPTH) from error
    except ValueError as error:  # a number with thousands of digits
        raise _Refused("bad_json", value=str(error)) from error


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [name for name, _value in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise _Refused("double_key", value=double)
    return result


def _from_json(value: Any, depth: int) -> Node:
    if depth <= 0:
        raise _Refused("too_deep", value=MAX_DEPTH)
    if isinstance(value, dict):
        return Node({key: _from_json(item, depth - 1) for key, item in value.items()}, 0)
    if isinstance(value, list):
        return Node([_from_json(item, depth - 1) for item in value], 0)
    return Node(value, 0, value if isinstance(value, str) else _spelt(value))


def _spelt(value: Any) -> str:
    return "" if value is None else json.dumps(value)


def _read_yaml(text: str) -> Node:
    """Build the nodes from YAML's events, without recursion."""
    builder = _Builder()
    for event in yaml.parse(text, Loader=_LOADER):
        builder.take(event)
    if builder.root is None:
        raise _Refused("not_a_flow", 1)
    return builder.root


class _Builder:
    """Assembles nodes from the stream of events."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.open: list[Node] = []
        # for each open mapping the key awaiting its value, None between two entries
        self.keys: list[str | None] = []
        self.count = 0

    def take(self, event: Any) -> None:
        """Handle one event of the parser."""
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent | yaml.AliasEvent):
            self._node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
            self.keys.pop()

    def _node(self, event: Any) -> None:
        line = event.start_mark.line + 1
        self.count += 1
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise _Refused("alias", line)
        if event.tag is not None:
            raise _Refused("tag", line, value=event.tag)
        if self.count > MAX_NODES or len(self.open) >= MAX_DEPTH:
            deep = len(self.open) >= MAX_DEPTH
            raise _Refused("too_deep" if deep else "too_big", line, value=MAX_DEPTH)
        scalar = isinstance(event, yaml.ScalarEvent)
        if self.open and isinstance(self.open[-1].value, dict) and self.keys[-1] is None:
            self._key(event, scalar, line)
            return
        if scalar:
            node = Node(_scalar(event), line, event.value)
        else:
            node = Node({} if isinstance(event, yaml.MappingStartEvent) else [], line)
        self._place(node)
        if not scalar:
            self.open.append(node)
            self.keys.append(None)

    def _key(self, event: Any, scalar: bool, line: int) -> None:
        if not scalar:
            raise _Refused("bad_yaml", line, value="a list or a mapping as a key")
        if event.value in self.open[-1].value:
            raise _Refused("double_key", line, value=event.value)
        self.keys[-1] = event.value

    def _place(self, node: Node) -> None:
        if not self.open:
            if self.root is not None:
                raise _Refused("bad_yaml", node.line, value="a second document")
            self.root = node
        elif isinstance(self.open[-1].value, dict):
            self.open[-1].value[self.keys[-1]] = node
            self.keys[-1] = None
        else:
            self.open[-1].value.append(node)


def _scalar(event: yaml.ScalarEvent) -> Any:
    """Return a scalar's value: quoted ones are texts, others follow YAML 1.2's core rules."""
    text = event.value
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
