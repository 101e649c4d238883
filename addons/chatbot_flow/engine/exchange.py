# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A flow as one file that people can read, compare and send: YAML, or JSON.

``dump`` writes a document, ``load`` reads one and checks every key before using it: anything out of
place is reported with its line. A document is a definition with names instead of record ids (the
Odoo layer converts them), plus ``code`` and ``note``.

YAML is read event by event, by the rules of YAML 1.2's core: "no" and "12:30" are texts, no tag
creates an object, and anything that could blow up (aliases, depth, size) is refused.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import exchange_keys as keys
from .exchange_read import FileProblem, Node, read
from .exchange_write import write

__all__ = ["FORMAT", "Document", "FileProblem", "dump", "load", "slim_step"]

#: First line of every file; the number grows when older programs could not read a newer file
FORMAT = "chatbot-flow 1"
#: Maximum number of steps in a file
MAX_STEPS = 50_000


@dataclass(slots=True)
class Document:
    """The result of reading a file. ``data`` is empty if there are ``problems``.

    :ivar data: the definition, with names for records, ``code`` and ``note``
    :ivar problems: all errors in the file
    :ivar lines: key of a step -> line of the file at which it begins (JSON: none)
    """

    data: dict[str, Any] = field(default_factory=dict)
    problems: list[FileProblem] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)


def dump(data: Mapping[str, Any], extra: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """Return the file of a flow: keys in the reader's order, defaults left out.

    :param extra: keys of other addons, as for :func:`load`
    """
    flow = {"format": FORMAT} | _slim(data, keys.FLOW, {})
    tests = flow.pop("tests", None)
    flow["steps"] = [slim_step(step, extra) for step in data.get("steps") or ()]
    if tests:
        flow["tests"] = tests
    return write(flow)


def load(text: str, extra: Mapping[str, Mapping[str, str]] | None = None) -> Document:
    """Read and check a file. Never raises, whatever the text.

    :param extra: keys that other addons know: {"step" or "option": {key: type}}, with the types
        of ``exchange_keys``
    """
    document = Document()
    root = read(text, document.problems)
    if root is None:
        return document
    if not isinstance(root.value, dict):
        document.problems.append(FileProblem("not_a_flow", root.line))
        return document
    judge = _Judge(document, extra or {})
    data = judge.flow(root)
    if not document.problems:
        document.data = data
    return document


class _Judge:
    """Walks the nodes of a file and collects errors in the document's problems."""

    def __init__(self, document: Document, extra: Mapping[str, Mapping[str, str]]):
        self.document = document
        self.extra = extra
        self.step = ""

    def note(self, code: str, node: Node, **detail: object) -> None:
        """Add a problem at a node."""
        self.document.problems.append(FileProblem(code, node.line, self.step, detail))

    def flow(self, root: Node) -> dict[str, Any]:
        """Return the complete file."""
        given = root.value.get("format")
        if given is None or given.raw != FORMAT:
            self.note("bad_format", given or root, value=given.raw if given else "")
            return {}
        data = self.mapping(root, keys.FLOW, ("name", "steps"))
        data.pop("format", None)
        steps = root.value.get("steps")
        if steps is None:
            return data
        if not isinstance(steps.value, list) or len(steps.value) > MAX_STEPS:
            self.note("wrong_type", steps, key="steps", type=keys.LIST)
            return data
        data["steps"] = [self.one_step(node, place) for place, node in enumerate(steps.value, 1)]
        return data

    def one_step(self, node: Node, place: int) -> dict[str, Any]:
        """Return one entry of the list of steps."""
        self.step = f"#{place}"
        if not isinstance(node.value, dict):
            self.note("bad_step", node, place=place)
            return {}
        key = node.value["key"].raw if "key" in node.value else ""
        title = node.value["title"].raw if "title" in node.value else ""
        self.step = title or key or self.step
        kind = node.value["kind"].raw if "kind" in node.value else ""
        if kind and kind not in keys.KINDS:
            self.note("unknown_kind", node.value["kind"], value=kind, near=_near(kind, keys.KINDS))
            return {}
        allowed = keys.STEP | keys.KINDS.get(kind, {}) | self.extra.get("step", {})
        data = self.mapping(node, allowed, ("key", "kind"))
        if key in self.document.lines:
            self.note("double_step", node, value=key, line=self.document.lines[key])
        elif key:
            self.document.lines[key] = node.line
        options = node.value.get("options")
        if options is not None and "options" in allowed:
            data["options"] = self.options(options)
        self.step = ""
        return data

    def options(self, node: Node) -> list[dict[str, Any]]:
        """Return the options of a menu."""
        if not isinstance(node.value, list):
            self.note("wrong_type", node, key="options", type=keys.LIST)
            return []
        allowed = keys.OPTION | self.extra.get("option", {})
        result = []
        for place, item in enumerate(node.value, 1):
            if isinstance(item.value, dict):
                result.append({"id": str(place)} | self.mapping(item, allowed, ("title",)))
            else:
                self.note("bad_option", item, place=place)
        return result

    def mapping(
        self, node: Node, allowed: Mapping[str, str], needed: tuple[str, ...]
    ) -> dict[str, Any]:
        """Return the values of a mapping, each of its key's type."""
        result = {}
        for key, value in node.value.items():
            wanted = allowed.get(key)
            if wanted is None:
                self.note("unknown_key", value, key=key, near=_near(key, allowed))
            elif wanted != keys.NESTED:
                read_as = keys.READERS[wanted](value)
                if read_as is keys.WRONG:
                    self.note("wrong_type", value, key=key, type=wanted)
                else:
                    result[key] = read_as
        for key in needed:
            if key not in node.value:
                self.note("missing_key", node, key=key)
        return result


def _near(word: str, known: Mapping[str, Any]) -> str:
    """Return the known word that was probably meant, or ""."""
    return next(iter(difflib.get_close_matches(word, list(known), 1)), "")


def slim_step(
    step: Mapping[str, Any], extra: Mapping[str, Mapping[str, str]] | None = None
) -> dict[str, Any]:
    """Return a step's entry without defaults, so that equivalent entries are equal.

    :param extra: keys of other addons, as for :func:`load`
    """
    extra = extra or {}
    kind = step.get("kind", "")
    order = keys.STEP | keys.KINDS.get(kind, {}) | extra.get("step", {})
    slim = _slim(step, order, keys.DEFAULTS)
    if slim.get("variable") == slim.get("key"):
        slim.pop("variable", None)
    if "options" in step:
        order = keys.OPTION | extra.get("option", {})
        slim["options"] = [_slim(option, order, {}) for option in step["options"]]
    return slim


def _slim(
    data: Mapping[str, Any], order: Mapping[str, str], defaults: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the meaningful values in the order of the keys; nested lists come later."""
    return {
        key: data[key]
        for key, kind in order.items()
        if kind != keys.NESTED
        and key in data
        and (not keys.is_empty(data[key]) or (key in keys.KEPT and data[key] is not None))
        and not (key in defaults and data[key] == defaults[key])
    }
