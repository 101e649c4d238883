# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Readers of the fields of single kinds of steps, for ``engine.schema``.

Each takes a ``reader.Reader`` and gives the keyword arguments of a ``FlowStep``; errors are
recorded as problems and replaced by the default.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .inputs import json_value, plain
from .placeholders import NAME, Template

if TYPE_CHECKING:
    from .reader import Reader

#: Maximum seconds that a step may wait (WhatsApp's window for free answers is a day)
MAX_WAIT = 23 * 3600
#: Maximum texts of a message
MAX_VARIANTS = 20
#: 0 normal, 1 high, 2 urgent, 3 emergency
MAX_PRIORITY = 3


def message(read: Reader) -> dict[str, Any]:
    """Return a message: its further texts."""
    given = read.data.get("variants") or ()
    if not isinstance(given, list | tuple) or len(given) > MAX_VARIANTS:
        read.note("bad_field", field="variants")
        given = ()
    found = []
    for item in given:
        if not isinstance(item, str) or not item.strip():
            read.note("bad_field", field="variants")
            continue
        template = Template(plain(item).strip())
        for token in template.errors:
            read.note("bad_placeholder", value=token)
        found.append(template)
    return {"variants": tuple(found)}


def set_values(read: Reader) -> dict[str, Any]:
    """Return values to set from constants or templates."""
    values = read.templates("values")
    if not values:
        read.note("set_nothing")
    return {"values": values}


def call(read: Reader) -> dict[str, Any]:
    """Return a call of another flow, by its code.

    ``goto`` is where to continue afterwards.
    """
    flow = read.string("flow")
    if not flow:
        read.note("call_no_flow")
    return {"flow": flow}


def lookup(read: Reader) -> dict[str, Any]:
    """Return a look-up: an action that only reads and may find nothing."""
    source = read.string("source")
    if not source:
        read.note("lookup_no_source")
    return {
        "action": source,
        "params": read.templates("params"),
        "on_error": read.string("on_error"),
        "on_empty": read.string("on_empty"),
        "results": read.strings("results", lambda name: bool(NAME.fullmatch(name))),
    }


def wait(read: Reader) -> dict[str, Any]:
    """Return a pause."""
    seconds = read.integer("seconds", None, 1, MAX_WAIT)
    if seconds is None:
        read.note("wait_no_seconds")
    return {"seconds": seconds or 1}


def hand_over(read: Reader) -> dict[str, Any]:
    """Return a hand-over: to which people, and how urgent."""
    return {
        "queue": json_value(read.data.get("queue")),
        "skill": json_value(read.data.get("skill")),
        "priority": read.integer("priority", 0, 0, MAX_PRIORITY),
        "reason": read.string("reason"),
    }


def ending(read: Reader) -> dict[str, Any]:
    """Return an end: how it turned out, and what it was about."""
    return {
        "outcome": read.string("outcome", "self_service"),
        "disposition": json_value(read.data.get("disposition")),
    }
