# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A flow's steps for the runtime: parsed once, immutable, cheap to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .placeholders import EMPTY, Template

MESSAGE = "message"
QUESTION = "question"
MENU = "menu"
CONFIRM = "confirm"
ACTION = "action"
CONDITION = "condition"
SET = "set"
CALL = "call"
LOOKUP = "lookup"
WAIT = "wait"
SURVEY = "survey"
HAND_OVER = "hand_over"
END = "end"

KINDS = (
    MESSAGE,
    QUESTION,
    MENU,
    CONFIRM,
    ACTION,
    CONDITION,
    SET,
    CALL,
    LOOKUP,
    WAIT,
    SURVEY,
    HAND_OVER,
    END,
)
#: Steps that wait for the citizen
INPUT_KINDS = frozenset({QUESTION, MENU, CONFIRM})
#: Final steps
LAST_KINDS = frozenset({HAND_OVER, SURVEY, END})

ANSWERS = (
    "text",
    "name",
    "email",
    "phone",
    "cpf",
    "cnpj",
    "number",
    "date",
    "time",
    "yes_no",
    "choice",
    "media",
    "location",
    "pattern",
)
#: What happens after too many wrong answers if no step is named
FAILS = ("hand_over", "menu", "end")
ECHOES = ("", "say", "confirm")
OPERATORS = ("present", "absent", "equals", "differs", "one_of", "contains", "greater", "less")
MEDIA_KINDS = ("image", "video", "audio", "voice", "document")

#: How a question treats a known answer: ask anyway, skip, or confirm
ALWAYS, SKIP, CONFIRM_KNOWN = "ask", "skip", "confirm"
KNOWN = (ALWAYS, SKIP, CONFIRM_KNOWN)
#: Citizens' data kept from one conversation to the next
CONTACT_FIELDS = ("name", "email", "phone", "document", "street", "district", "city", "zip")

DEFAULT_RETRIES = 3
DEFAULT_MAX_TEXT = 1000
#: Records of a choice shown at once: with "more" and "before" they fit one list
MAX_PAGE = 8
#: Maximum media for one question
MAX_MEDIA = 10


@dataclass(frozen=True, slots=True)
class FlowOption:
    """A line of a menu. ``wire_id`` is the id that the channel sends and receives."""

    id: str
    wire_id: str
    title: Template
    description: Template
    goto: str
    values: Mapping[str, Any]
    #: normalised title and keywords, for matching what is typed
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FlowStep:
    """A step with every default filled in; the relevant fields depend on ``kind``."""

    key: str
    kind: str
    title: str
    text: Template = EMPTY
    #: further texts of a message: one of them all is sent
    variants: tuple[Template, ...] = ()
    media: tuple[Mapping[str, Any], ...] = ()
    goto: str = ""
    variable: str = ""
    label: str = ""
    retries: int = DEFAULT_RETRIES
    on_fail: str = ""
    fail: str = ""
    error_text: Template = EMPTY
    # question
    answer: str = "text"
    required: bool = True
    echo: str = ""
    minimum: int | None = None
    maximum: int | None = None
    media_kinds: tuple[str, ...] = ()
    #: compiled expression (see ``patterns``) of an answer of kind "pattern"
    pattern: Any = None
    #: where the records of a "choice" come from, and how many are shown at once
    source: str = ""
    page_size: int = MAX_PAGE
    #: one of ``KNOWN``, and where on the contact the answer stands (see ``known``)
    known: str = ALWAYS
    contact_field: str = ""
    #: the first words or files of the conversation may be the answer (see ``first_words``)
    first_words: bool = False
    # menu
    options: tuple[FlowOption, ...] = ()
    list_button: str = ""
    cut_through: bool = True
    # confirm
    show: tuple[str, ...] = ()
    on_change: str = ""
    on_cancel: str = ""
    # action and lookup (whose action is its source)
    action: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    on_error: str = ""
    results: tuple[str, ...] = ()
    on_empty: str = ""
    # condition
    operator: str = "present"
    value: Any = None
    on_false: str = ""
    # set: a template or a JSON value by variable
    values: Mapping[str, Any] = field(default_factory=dict)
    # call: code of the flow
    flow: str = ""
    # wait
    seconds: int = 0
    # hand_over, survey and end
    queue: Any = None
    skill: Any = None
    priority: int = 0
    reason: str = ""
    outcome: str = "self_service"
    disposition: Any = None

    def owned(self) -> frozenset[str]:
        """Return the names of the values that answering this step writes."""
        names = set()
        if self.variable:
            names.update((self.variable, f"{self.variable}_option"))
        if self.kind == QUESTION:
            names.update(self.results)
        for option in self.options:
            names.update(option.values)
        return frozenset(names)

    def exits(self) -> tuple[tuple[str, str, str], ...]:
        """Return every exit but implicit hand-overs.

        ``(field, label, key of the next step)``.
        """
        ways = []
        if self.kind == MENU:
            ways += [
                ("goto", option.title.constant or option.id, option.goto or self.goto)
                for option in self.options
            ]
        elif self.kind == CONDITION:
            ways += [("goto", "sim", self.goto), ("on_false", "não", self.on_false)]
        elif self.kind not in LAST_KINDS:
            ways.append(("goto", "", self.goto))
        ways += [
            (name, name, key)
            for name in ("on_fail", "on_error", "on_empty", "on_change", "on_cancel")
            if (key := getattr(self, name))
        ]
        return tuple(ways)
