# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A menu as numbered text, in case Meta refuses the menu itself.

What is sent to Meta says how a menu looks, not what the citizen types for each option: these
*labels* ("1", "12", "M") stand beside it. Buttons, lists and whatever Meta calls interactive are
menus here.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from . import payloads
from .reading import a_dict, a_list, a_text

# Before a number, in words that people put there
_LEAD = ("opcao ", "a opcao ", "numero ", "o numero ", "item ")
_ANSWER_MAX = 80


@dataclass(frozen=True, slots=True)
class Written:
    """One option as it is written down; ``label`` is what is typed for it."""

    id: str
    title: str
    description: str = ""
    label: str = ""


def is_menu(content: dict[str, Any]) -> bool:
    """Return whether a content asks for a tap: buttons, a list, a link, a form."""
    return content.get("type") == "interactive"


def options(content: dict[str, Any], labels: Sequence[str] = ()) -> list[Written]:
    """Return a menu's options; an option without a label gets its position as label."""
    action = a_dict(a_dict(content.get("interactive")).get("action"))
    found = []
    for button in a_list(action.get("buttons")):
        reply = a_dict(a_dict(button).get("reply"))
        found.append((a_text(reply.get("id")), a_text(reply.get("title")), ""))
    for section in a_list(action.get("sections")):
        for row in a_list(a_dict(section).get("rows")):
            row = a_dict(row)
            words = a_text(row.get("title")), a_text(row.get("description"))
            found.append((a_text(row.get("id")), *_whole(*words)))
    known = [*labels, *[""] * len(found)]
    return [
        Written(*words, label=known[place] or str(place + 1)) for place, words in enumerate(found)
    ]


def write_down(content: dict[str, Any], labels: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Return the text messages, at least one, that replace a menu."""
    part = a_dict(content.get("interactive"))
    parameters = a_dict(a_dict(part.get("action")).get("parameters"))
    header, footer = a_dict(part.get("header")), a_dict(part.get("footer"))
    link = [a_text(parameters.get("display_text")), a_text(parameters.get("url"))]
    pieces = (
        a_text(header.get("text")),
        payloads.numbered(a_text(a_dict(part.get("body")).get("text")), options(content, labels)),
        ": ".join(filter(None, link)) if link[1] else "",
        a_text(footer.get("text")),
    )
    words = "\n\n".join(piece for piece in map(payloads.clean, pieces) if piece)
    return [payloads.text(piece) for piece in payloads.split_text(words)] or [
        payloads.text(payloads.DEFAULT_BODY)
    ]


def as_choices(content: dict[str, Any], labels: Sequence[str] = ()) -> list[list[str]]:
    """Return ``[label, id, title]`` of each option, kept until the citizen answers."""
    return [[option.label, option.id, option.title] for option in options(content, labels)]


def chosen(choices: Iterable[Sequence[str]], answer: str) -> tuple[str, str]:
    """Return id and title of the option that is meant, ``("", "")`` when none is.

    By label ("2", "2)", "opção 2", keycap emoji) or by its whole title; case and accents never
    count. Anything less clear is left to the reader of the answer.
    """
    if len(answer) > _ANSWER_MAX:
        return "", ""
    given = _plain(answer)
    for lead in _LEAD:
        given = given.removeprefix(lead)
    names = {given, given.lstrip("0")} - {""}
    listed = [choice for choice in choices if len(choice) == 3]
    for position in (0, 2):
        found = {
            (choice[1], choice[2])
            for choice in listed
            if choice[1] and _plain(choice[position]) in names
        }
        if len(found) == 1:
            return found.pop()
    return "", ""


def _whole(title: str, description: str) -> tuple[str, str]:
    """Return a row's title as it was before it was cut for the list."""
    start = title.removesuffix("…")
    if start != title and description.startswith(start):
        return description, ""
    return title, description


def _plain(text: str) -> str:
    """Return lower case, without accents, signs around it and emoji parts; single spaces."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(
        char if unicodedata.category(char)[0] in "LN" else " "
        for char in decomposed
        if unicodedata.category(char)[0] not in "MC"
    )
    return " ".join(kept.split())
