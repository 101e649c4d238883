# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Menus and texts of a flow that WhatsApp cannot show as written.

Nothing is lost when they are sent (see :func:`payloads.render`): content that is too long for
buttons and lists is sent in another form. The author is told and may change it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .payloads import (
    BUTTON_BODY_MAX,
    LIST_BUTTON_MAX,
    ROW_DESCRIPTION_MAX,
    ROW_TITLE_MAX,
    ROWS_MAX,
    TEXT_MAX,
    clean,
    fits_buttons,
    fits_list,
)

#: Code -> whether it is a warning; the others are hints
WARNINGS = frozenset({"numbered", "list_button", "description"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that WhatsApp shows differently from how it was written.

    :ivar code: "many_options", "numbered" (as text with numbers, not to be tapped), "row_title"
        (cut, the whole title below it), "description", "list_button", "long_text" (in several
        messages), "button_body" (the text ahead of its buttons)
    :ivar key: key of the step, and ``title`` its title
    :ivar value: the option or the number that it is about
    :ivar limit: what WhatsApp shows
    """

    code: str
    key: str
    title: str
    value: str
    limit: int


@dataclass(frozen=True, slots=True)
class _Option:
    id: str
    title: str
    description: str
    label: str = ""


def findings(definition: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield all findings in a definition, in step order.

    See docs/developer/flow-format.md.
    """
    for step in definition.get("steps") or ():
        if not isinstance(step, Mapping):
            continue
        key = str(step.get("key") or "")
        title = str(step.get("title") or key)
        body = str(step.get("text") or "")
        if len(body) > TEXT_MAX:
            yield Finding("long_text", key, title, str(len(body)), TEXT_MAX)
        if step.get("kind") == "menu":
            for code, value, limit in _menu(key, step, body):
                yield Finding(code, key, title, value, limit)


def _menu(key: str, step: Mapping[str, Any], body: str) -> Iterator[tuple[str, str, int]]:
    options = [
        _Option(
            f"{key}:{option.get('id')}",
            str(option.get("title") or ""),
            str(option.get("description") or ""),
        )
        for option in step.get("options") or ()
        if isinstance(option, Mapping)
    ]
    button = clean(str(step.get("list_button") or ""))
    if len(button) > LIST_BUTTON_MAX:
        yield "list_button", button, LIST_BUTTON_MAX
    if fits_buttons(options):
        if len(body) > BUTTON_BODY_MAX:
            yield "button_body", str(len(body)), BUTTON_BODY_MAX
        return
    if len(options) > ROWS_MAX:
        yield "many_options", str(len(options)), ROWS_MAX
    yield from _rows(options)


def _rows(options: Sequence[_Option]) -> Iterator[tuple[str, str, int]]:
    """Yield findings for rows that are cut; placeholders ("{...}") cannot be measured."""
    whole = True
    for option in options:
        title, description = clean(option.title), clean(option.description)
        if len(description) > ROW_DESCRIPTION_MAX:
            yield "description", title, ROW_DESCRIPTION_MAX
            whole = False
        elif len(title) > ROW_TITLE_MAX and "{" not in title:
            if description or len(title) > ROW_DESCRIPTION_MAX:
                yield "numbered", title, ROW_TITLE_MAX
                whole = False
            else:
                yield "row_title", title, ROW_TITLE_MAX
    if whole and 0 < len(options) <= ROWS_MAX and not fits_list(options):
        yield "numbered", clean(options[0].title), ROW_TITLE_MAX
