"""What a definition says about the whole flow: silence, variables, languages.

Read like the steps: what is wrong is noted as a problem and left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .inputs import json_value, plain
from .placeholders import EMPTY, NAME, Template
from .problems import Problem

TYPES = ("text", "number", "boolean", "date", "list")
#: Longest time of silence that a flow may name: the conversation's day on WhatsApp
MAX_SILENCE = 23 * 3600
MIN_SILENCE = 30
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Za-z@]{2,12})?")


@dataclass(frozen=True, slots=True)
class Silence:
    """What happens when the citizen does not answer. Times in seconds, 0 for never.

    :ivar remind_after: from the question to the reminder
    :ivar end_after: from the reminder (without one from the question) to the end
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
    :ivar label: what people call it; shown to the agent when it is given
    :ivar personal: it says something about the citizen
    :ivar default: what it is before anything gives it
    """

    name: str
    type: str = "text"
    label: str = ""
    personal: bool = False
    default: Any = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for a whole flow.

    :ivar languages: codes; the first is the one that the steps are written in
    """

    silence: Silence
    variables: Mapping[str, Variable]
    languages: tuple[str, ...]


def read_settings(definition: Mapping, called: list[Mapping], problems: list[Problem]) -> Settings:
    """A definition's settings; the variables of the flows that it calls are its own as well."""
    variables: dict[str, Variable] = {}
    for other in called:
        variables.update(read_variables(other, problems))
    variables.update(read_variables(definition, problems))
    return Settings(
        read_silence(definition, problems), variables, read_languages(definition, problems)
    )


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
    """``definition["languages"]``: the first is the one the texts of the steps are written in."""
    data = definition.get("languages") or ()
    if not isinstance(data, list | tuple) or not all(
        isinstance(code, str) and _LANGUAGE.fullmatch(code) for code in data
    ):
        problems.append(Problem("bad_language", detail={"value": data}))
        return ()
    return tuple(dict.fromkeys(data))


def typed(value: Any, kind: str) -> Any:
    """A value as its variable's type wants it; None when it cannot be that.

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
