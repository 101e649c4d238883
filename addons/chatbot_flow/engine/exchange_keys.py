# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The keys of a flow's file, in the order of writing, and the type of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import steps
from .exchange_read import Node

TEXT = "text"
FLAG = "flag"
WHOLE = "whole"
WORDS = "words"
NAMED = "named"
NAMED_TEXTS = "named_texts"
LIST = "list"
ANY = "any"
#: Checked by separate code
NESTED = "nested"

#: A reader's result for a value of the wrong type
WRONG = object()

FLOW = {
    "format": TEXT,
    "name": TEXT,
    "code": TEXT,
    "note": TEXT,
    "start": TEXT,
    "main_menu": TEXT,
    "prefix": TEXT,
    "globals": ANY,
    "on_agent": TEXT,
    "on_exit": TEXT,
    "fail": TEXT,
    "codes": NAMED_TEXTS,
    "silence": ANY,
    "manners": ANY,
    "quiet": ANY,
    "resume_hours": WHOLE,
    "listen": ANY,
    "suggest": FLAG,
    "texts": NAMED_TEXTS,
    "variables": ANY,
    "languages": WORDS,
    "translations": ANY,
    "steps": NESTED,
    "tests": ANY,
}
STEP = {
    "key": TEXT,
    "kind": TEXT,
    "title": TEXT,
    "comment": TEXT,
    "text": TEXT,
    "media": LIST,
    "goto": TEXT,
}
_INPUT = {"retries": WHOLE, "on_fail": TEXT, "fail": TEXT, "error_text": TEXT}
KINDS: dict[str, dict[str, str]] = {
    steps.MESSAGE: {"variants": WORDS},
    steps.QUESTION: {
        "answer": TEXT,
        "variable": TEXT,
        "label": TEXT,
        "required": FLAG,
        "echo": TEXT,
        "minimum": WHOLE,
        "maximum": WHOLE,
        "media_kinds": WORDS,
        "pattern": TEXT,
        "source": TEXT,
        "page_size": WHOLE,
        "params": NAMED,
        "results": WORDS,
        "list_button": TEXT,
        "on_error": TEXT,
        "known": TEXT,
        "contact_field": TEXT,
        "first_words": FLAG,
        **_INPUT,
    },
    steps.MENU: {
        "variable": TEXT,
        "label": TEXT,
        "list_button": TEXT,
        "cut_through": FLAG,
        **_INPUT,
        "options": NESTED,
    },
    steps.CONFIRM: {"show": WORDS, "on_change": TEXT, "on_cancel": TEXT, **_INPUT},
    steps.ACTION: {"action": TEXT, "params": NAMED, "results": WORDS, "on_error": TEXT},
    steps.CONDITION: {"variable": TEXT, "operator": TEXT, "value": ANY, "on_false": TEXT},
    steps.HAND_OVER: {"queue": TEXT, "skill": ANY, "priority": WHOLE, "reason": TEXT},
    steps.END: {"outcome": TEXT, "disposition": TEXT},
    steps.SET: {"values": NAMED},
    steps.CALL: {"flow": TEXT},
    steps.LOOKUP: {
        "source": TEXT,
        "params": NAMED,
        "results": WORDS,
        "on_error": TEXT,
        "on_empty": TEXT,
    },
    steps.SURVEY: {"outcome": TEXT, "disposition": TEXT},
    steps.WAIT: {"seconds": WHOLE},
}
OPTION = {
    "id": TEXT,
    "title": TEXT,
    "description": TEXT,
    "keywords": WORDS,
    "set": NAMED,
    "goto": TEXT,
}
#: Default values of a step, omitted from the file
DEFAULTS = {
    "answer": "text",
    "retries": steps.DEFAULT_RETRIES,
    "required": True,
    "known": steps.ALWAYS,
    "first_words": False,
    "cut_through": True,
    "outcome": "self_service",
    "operator": "present",
}
#: Keys whose empty text is meaningful: a comparison with nothing
KEPT = frozenset({"value"})


def is_empty(value: Any) -> bool:
    """Return True for an empty value; 0 and False are not empty."""
    return value is None or (isinstance(value, str | list | tuple | dict) and not value)


def _text(node: Node) -> Any:
    """Return a text; an unquoted number or a word like "true" counts too, as written."""
    return WRONG if isinstance(node.value, dict | list) else node.raw


def _flag(node: Node) -> Any:
    return node.value if isinstance(node.value, bool) else WRONG


def _whole(node: Node) -> Any:
    return node.value if type(node.value) is int or node.value is None else WRONG


def _words(node: Node) -> Any:
    if not isinstance(node.value, list):
        return WRONG
    words = [_text(item) for item in node.value]
    return WRONG if WRONG in words else words


def _named(node: Node) -> Any:
    """Return names with texts, numbers or flags."""
    if not isinstance(node.value, dict):
        return WRONG
    if any(isinstance(item.value, dict | list) for item in node.value.values()):
        return WRONG
    return {key: item.value for key, item in node.value.items()}


def _named_texts(node: Node) -> Any:
    if not isinstance(node.value, dict):
        return WRONG
    texts = {key: _text(item) for key, item in node.value.items()}
    return WRONG if WRONG in texts.values() else texts


def _list(node: Node) -> Any:
    return node.plain() if isinstance(node.value, list) else WRONG


READERS: dict[str, Callable[[Node], Any]] = {
    TEXT: _text,
    FLAG: _flag,
    WHOLE: _whole,
    WORDS: _words,
    NAMED: _named,
    NAMED_TEXTS: _named_texts,
    LIST: _list,
    ANY: Node.plain,
}
