# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Flow tests in a flow's file: each message with its outcome.

    - name: Agradece à primeira pergunta
      strictness: steps
      begins: {path: [boas_vindas, nome]}
      talk:
        - {text: valeu, manner: thanks}
        - {text: Maria Souza, path: [email]}

Empty values are left out: an entry without ``kind`` is a text, an outcome without ``path`` entered
no step. See :mod:`chatbot_flow.engine.rehearsal` for entries and outcomes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .inputs import json_value
from .rehearsal import STEPS, STRICTNESS, TEXTS

#: Maximum tests in a file, and entries in a test
MAX_TESTS = 500
MAX_TALK = 500
_DEPTH = 8
_ENTRY = ("kind", "text", "option_id", "latitude", "longitude", "settings")
#: What is compared, and therefore written, by strictness
_COMPARED = {
    TEXTS: ("said", "path", "actions", "manner", "over"),
    STEPS: ("path", "manner", "over"),
}
_NOTHING: dict[str, Any] = {"said": [], "path": [], "actions": [], "manner": "", "over": None}
_SAID: dict[str, Any] = {"text": "", "options": [], "list_button": "", "footer": "", "media": []}
_OPTION = {"id": "", "title": "", "description": "", "label": ""}
_OVER: dict[str, dict[str, Any]] = {
    "handed_over": {"queue": None, "reason": "", "skill": None, "priority": 0},
    "ended": {"outcome": ""},
    "survey": {"outcome": ""},
}
_EMPTY = ("", None, [], {}, 0)


def write(
    name: str,
    strictness: str,
    settings: Mapping[str, Any],
    entries: list[Mapping[str, Any]],
    expected: list[Mapping[str, Any]],
) -> dict[str, Any]:
    """Return a test as an entry of the file's ``tests``.

    :param settings: differences from the default situation
    """
    outcomes = [_slim_outcome(outcome, strictness) for outcome in expected]
    written: dict[str, Any] = {"name": name, "strictness": strictness}
    if settings:
        written["settings"] = dict(settings)
    if outcomes and outcomes[0]:
        written["begins"] = outcomes[0]
    written["talk"] = [
        {**_slim_entry(entry), **outcome}
        for entry, outcome in zip(entries, outcomes[1:], strict=False)
    ]
    return written


def read(given: Any) -> dict[str, Any] | None:
    """Return a test of a file.

    ``name``, ``strictness``, ``settings``, ``entries``, ``expected``.

    :return: None for anything that is not a test
    """
    given = json_value(given, _DEPTH)
    if not isinstance(given, dict) or not isinstance(given.get("name"), str):
        return None
    talk, settings = given.get("talk") or [], given.get("settings") or {}
    strictness, begins = given.get("strictness") or TEXTS, given.get("begins") or {}
    if (
        not given["name"].strip()
        or strictness not in STRICTNESS
        or not isinstance(settings, dict)
        or not isinstance(begins, dict)
        or not isinstance(talk, list)
        or len(talk) > MAX_TALK
        or not all(isinstance(item, dict) for item in talk)
    ):
        return None
    return {
        "name": given["name"].strip(),
        "strictness": strictness,
        "settings": settings,
        "entries": [_whole_entry(item) for item in talk],
        "expected": [_whole_outcome(item) for item in (begins, *talk)],
    }


def _slim_entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: entry[name] for name in _ENTRY if entry.get(name) not in _EMPTY}
    if kept.get("kind") == "text":
        del kept["kind"]
    return kept


def _slim_outcome(outcome: Mapping[str, Any], strictness: str) -> dict[str, Any]:
    kept = {}
    for name in _COMPARED[strictness]:
        value = outcome.get(name)
        if value in _EMPTY:
            continue
        if name == "said":
            value = [_slim_said(said) for said in value]
        elif name == "over":
            value = _slim(value)
        kept[name] = value
    return kept


def _slim_said(said: Mapping[str, Any]) -> dict[str, Any]:
    slim = _slim(said)
    if "options" in slim:
        slim["options"] = [_slim(option) for option in slim["options"]]
    return slim


def _slim(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in _EMPTY}


def _whole_entry(item: Mapping[str, Any]) -> dict[str, Any]:
    entry = {name: item[name] for name in _ENTRY if name in item}
    return {"kind": "text", "text": "", **entry}


def _whole_outcome(item: Mapping[str, Any]) -> dict[str, Any]:
    outcome = {name: item.get(name, nothing) for name, nothing in _NOTHING.items()}
    if isinstance(outcome["said"], list):
        outcome["said"] = [_whole_said(said) for said in outcome["said"] if isinstance(said, dict)]
    over = outcome["over"]
    if isinstance(over, dict):
        outcome["over"] = {**_OVER.get(str(over.get("kind")), {}), **over}
    return outcome


def _whole_said(said: Mapping[str, Any]) -> dict[str, Any]:
    options = said.get("options")
    whole = {**_SAID, **said}
    if isinstance(options, list):
        whole["options"] = [
            {**_OPTION, **option} for option in options if isinstance(option, Mapping)
        ]
    return whole
