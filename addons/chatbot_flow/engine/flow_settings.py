# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Settings of a whole flow: silence, variables, languages.

Read like the steps: errors are recorded as problems and left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .inputs import json_value, plain
from .listening import DEFAULT, Listening, read_listening
from .manners import Manners, read_manners
from .placeholders import EMPTY, NAME, Template
from .problems import Problem

TYPES = ("text", "number", "boolean", "date", "list")
#: Longest silence that a flow may set: the conversation's day on WhatsApp
MAX_SILENCE = 23 * 3600
MIN_SILENCE = 30
#: How long an interrupted conversation may be resumed: default and maximum (a month)
DEFAULT_RESUME_HOURS, MAX_RESUME_HOURS = 48, 720
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Za-z@]{2,12})?")

#: Values with the citizen's language, the first one known to the flow counts: the id of the :
# option chosen at a menu "idioma", the value itself
LANGUAGE_NAMES = ("idioma_option", "idioma")


@dataclass(frozen=True, slots=True)
class Silence:
    """Reactions to a citizen's silence. Times in seconds, 0 for never.

    :ivar remind_after: from the question to the reminder
    :ivar end_after: from the reminder (if there is none, from the question) to the end
    """

    remind_after: int = 0
    remind_text: Template = EMPTY
    end_after: int = 0
    end_text: Template = EMPTY

    def __bool__(self) -> bool:
        return bool(self.remind_after or self.end_after)


@dataclass(frozen=True, slots=True)
class Variable:
    """A named value of the flow.

    :ivar type: one of ``TYPES``
    :ivar label: its readable name; if set, the value is shown to the agent
    :ivar personal: whether it is personal data
    :ivar default: its value until something sets it
    """

    name: str
    type: str = "text"
    label: str = ""
    personal: bool = False
    default: Any = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a whole flow.

    :ivar languages: codes; the first is the one that the steps are written in
    :ivar resume_hours: how long an interrupted conversation may be resumed; 0 for never
    :ivar listening: how long the bot listens before it answers
    """

    silence: Silence
    variables: Mapping[str, Variable]
    languages: tuple[str, ...]
    manners: Manners
    resume_hours: int = 0
    listening: Listening = DEFAULT


def read_settings(definition: Mapping, called: list[Mapping], problems: list[Problem]) -> Settings:
    """Return a definition's settings, including the variables of called flows."""
    variables: dict[str, Variable] = {}
    for other in called:
        variables.update(read_variables(other, problems))
    variables.update(read_variables(definition, problems))
    return Settings(
        read_silence(definition, problems),
        variables,
        read_languages(definition, problems),
        read_manners(definition, problems),
        read_resume_hours(definition, problems),
        read_listening(definition, problems),
    )


def read_resume_hours(definition: Mapping, problems: list[Problem]) -> int:
    """``definition["resume_hours"]``."""
    hours = definition.get("resume_hours", DEFAULT_RESUME_HOURS)
    if type(hours) is not int or not 0 <= hours <= MAX_RESUME_HOURS:
        problems.append(Problem("bad_setting", detail={"field": "resume_hours"}))
        return DEFAULT_RESUME_HOURS
    return hours


def read_silence(definition: Mapping, problems: list[Problem]) -> Silence:
    """``definition["silence"]``."""
    data = definition.get("silence") or {}
    if not isinstance(data, Mapping):
        problems.append(Problem("bad_silence", detail={"value": data}))
        return Silence()
    seconds: dict[str, int] = {}
    for name in ("remind_after", "end_after"):
        value = data.get(name) or 0
        if type(value) is not int or (value and not MIN_SILENCE <= value <= MAX_SILENCE):
            problems.append(Problem("bad_silence", detail={"value": value}))
            value = 0
        seconds[name] = value
    texts: dict[str, Template] = {}
    for name in ("remind_text", "end_text"):
        value = data.get(name) or ""
        texts[name] = Template(plain(value).strip())
        problems.extend(
            Problem("bad_placeholder", name, {"value": token}) for token in texts[name].errors
        )
    return Silence(
        seconds["remind_after"], texts["remind_text"], seconds["end_after"], texts["end_text"]
    )


def read_variables(definition: Mapping, problems: list[Problem]) -> dict[str, Variable]:
    """``definition["variables"]`` by name."""
    data = definition.get("variables") or {}
    if not isinstance(data, Mapping):
        problems.append(Problem("bad_declaration", detail={"value": "variables"}))
        return {}
    found: dict[str, Variable] = {}
    for name, given in data.items():
        kind = given.get("type") or "text" if isinstance(given, Mapping) else None
        if not isinstance(name, str) or not NAME.fullmatch(name) or kind not in TYPES:
            problems.append(Problem("bad_declaration", detail={"value": name}))
            continue
        default = json_value(given.get("default"))
        if default is not None and default != "":
            default = typed(default, kind)
            if default is None:
                problems.append(Problem("bad_default", detail={"value": name}))
        found[name] = Variable(
            name=name,
            type=kind,
            label=plain(given.get("label")).strip(),
            personal=given.get("personal") is True,
            default=default if default != "" else None,
        )
    return found


def read_languages(definition: Mapping, problems: list[Problem]) -> tuple[str, ...]:
    """Read ``definition["languages"]``; the first one is that of the steps' texts."""
    data = definition.get("languages") or ()
    if not isinstance(data, list | tuple) or not all(
        isinstance(code, str) and _LANGUAGE.fullmatch(code) for code in data
    ):
        problems.append(Problem("bad_language", detail={"value": data}))
        return ()
    return tuple(dict.fromkeys(data))


def typed(value: Any, kind: str) -> Any:
    """Return a value converted to its variable's type; None if that is impossible.

    A number may be written with a comma; "sim", "true" and "1" are true; a date is ISO or
    ``31/12/2026``; a list may be a text with commas.
    """
    if value is None or value == "" or isinstance(value, Mapping):
        return None
    return _TYPED[kind](value)


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "sim" if value else "não"
    return str(value) if isinstance(value, str | int | float) else None


def _number(value: Any) -> int | float | None:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str):
        match = re.fullmatch(r"\s*(-?\d{1,15})(?:[.,](\d{1,6}))?\s*", value)
        if not match:
            return None
        return float(f"{match[1]}.{match[2]}") if match[2] else int(match[1])
    return value if isinstance(value, int | float) else None


def _boolean(value: Any) -> bool | None:
    if isinstance(value, bool | int | float):
        return bool(value)
    word = value.strip().casefold() if isinstance(value, str) else ""
    if word in ("sim", "s", "true", "1", "yes"):
        return True
    return False if word in ("não", "nao", "n", "false", "0", "no") else None


def _date(value: Any) -> str | None:
    match = re.fullmatch(
        r"\s*(?:(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?|(\d{2})/(\d{2})/(\d{4}))\s*", str(value)
    )
    if not match:
        return None
    year, month, day = match[1] or match[6], match[2] or match[5], match[3] or match[4]
    return f"{year}-{month}-{day}" if 1 <= int(month) <= 12 and 1 <= int(day) <= 31 else None


def _list(value: Any) -> list | None:
    if isinstance(value, list):
        return value
    if isinstance(value, str):
        return [item.strip() for item in value.split(",") if item.strip()]
    return None


_TYPED = {"text": _text, "number": _number, "boolean": _boolean, "date": _date, "list": _list}
