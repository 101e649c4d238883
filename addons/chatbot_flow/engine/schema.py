# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reads a step of a definition into a :class:`FlowStep`; records every problem.

Nothing here raises on a bad definition: a value of the wrong type becomes a problem and the default
takes its place, so that the author sees everything to fix at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from . import step_readers, steps
from .inputs import json_value
from .placeholders import NAME
from .problems import Problem
from .reader import Reader
from .schema_input import read_confirm, read_menu, read_question
from .steps import FlowStep

#: Fields that hold the key of another step
GOTO_FIELDS = ("goto", "on_fail", "on_error", "on_empty", "on_change", "on_cancel", "on_false")


def read_step(data: Mapping, position: int, problems: list[Problem]) -> FlowStep:
    """Return one entry of ``definition["steps"]`` (``position`` counts from 1)."""
    raw_key = data.get("key")
    key = raw_key.strip() if isinstance(raw_key, str) else ""
    raw_title = data.get("title")
    title = (raw_title.strip() if isinstance(raw_title, str) else "") or key or f"#{position}"
    read = Reader(data, title, key, problems)
    if not NAME.fullmatch(key):
        read.note("bad_key", value=raw_key)
    kind = data.get("kind")
    if not isinstance(kind, str) or kind not in steps.KINDS:
        read.note("unknown_kind", value=kind)
        kind = steps.MESSAGE
    common = {
        "key": key,
        "kind": kind,
        "title": title,
        "text": read.template("text"),
        "media": read.media(),
        "goto": read.string("goto"),
    }
    step = FlowStep(**common, **_READERS[kind](read))
    text_needed = kind in steps.INPUT_KINDS or (kind == steps.MESSAGE and not step.media)
    if text_needed and not step.text:
        read.note("missing_text")
    return step


def _read_action(read: Reader) -> dict[str, Any]:
    action = read.string("action")
    if not action:
        read.note("action_no_name")
    return {
        "action": action,
        "params": read.templates("params"),
        "on_error": read.string("on_error"),
        "results": read.strings("results", lambda name: bool(NAME.fullmatch(name))),
    }


def _read_condition(read: Reader) -> dict[str, Any]:
    variable = read.name("variable")
    if not variable:
        read.note("bad_variable", value=read.data.get("variable") or "")
    return {
        "variable": variable,
        "operator": read.one_of("operator", steps.OPERATORS, "present", "bad_operator"),
        "value": json_value(read.data.get("value")),
        "on_false": read.string("on_false"),
    }


_READERS: dict[str, Callable[[Reader], dict[str, Any]]] = {
    steps.MESSAGE: step_readers.message,
    steps.QUESTION: read_question,
    steps.MENU: read_menu,
    steps.CONFIRM: read_confirm,
    steps.ACTION: _read_action,
    steps.CONDITION: _read_condition,
    steps.SET: step_readers.set_values,
    steps.CALL: step_readers.call,
    steps.LOOKUP: step_readers.lookup,
    steps.WAIT: step_readers.wait,
    steps.SURVEY: step_readers.ending,
    steps.HAND_OVER: step_readers.hand_over,
    steps.END: step_readers.ending,
}
