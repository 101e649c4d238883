# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Typed reading of an object of a definition, recording every problem.

Nothing here raises on a bad definition: a value of the wrong type becomes a problem and the default
takes its place, so that the author sees everything to fix at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from . import steps
from .inputs import json_value, plain
from .placeholders import EMPTY, NAME, Template
from .problems import Problem


class Reader:
    """Typed access to a step's dict; errors are recorded in ``problems``."""

    def __init__(self, data: Mapping, title: str, key: str, problems: list[Problem]):
        self.data = data
        self.title = title
        self.key = key
        self.problems = problems

    def note(self, code: str, **detail: object) -> None:
        """Add a problem of this step."""
        self.problems.append(Problem(code, self.title, detail, self.key))

    def string(self, name: str, default: str = "") -> str:
        """Return a text, cleaned and stripped."""
        value = self.data.get(name)
        if value is None or value is False:
            return default
        if not isinstance(value, str):
            self.note("bad_field", field=name)
            return default
        return plain(value).strip() or default

    def template(self, name: str) -> Template:
        """Return a text with placeholders."""
        text = self.string(name)
        if not text:
            return EMPTY
        template = Template(text)
        for token in template.errors:
            self.note("bad_placeholder", value=token)
        return template

    def boolean(self, name: str, default: bool) -> bool:
        """Return True or False."""
        value = self.data.get(name, default)
        if isinstance(value, bool):
            return value
        self.note("bad_field", field=name)
        return default

    def integer(self, name: str, default: int | None, low: int, high: int) -> int | None:
        """Return a whole number from ``low`` to ``high``; False counts as not given."""
        value = self.data.get(name)
        if value is None or value is False:
            return default
        if type(value) is not int or not low <= value <= high:
            self.note("bad_field", field=name)
            return default
        return value

    def one_of(self, name: str, allowed: tuple[str, ...], default: str, code: str) -> str:
        """Return one of the allowed words; ``code`` is the problem's for any other word."""
        value = self.data.get(name)
        if value is None or value is False:
            return default
        if not isinstance(value, str) or value not in allowed:
            self.note(code, value=value, field=name)
            return default
        return value

    def strings(self, name: str, accept: Callable[[str], bool]) -> tuple[str, ...]:
        """Return a list of texts which all pass ``accept``."""
        value = self.data.get(name) or ()
        if not isinstance(value, list | tuple) or not all(
            isinstance(item, str) and accept(item) for item in value
        ):
            self.note("bad_field", field=name)
            return ()
        return tuple(value)

    def name(self, name: str, default: str = "") -> str:
        """Return the name of a value."""
        value = self.string(name, default)
        if value and not NAME.fullmatch(value):
            self.note("bad_variable", value=value)
            return ""
        return value

    def mapping(self, name: str) -> dict[str, Any]:
        """Return the names of values and JSON values."""
        value = self.data.get(name) or {}
        if not isinstance(value, Mapping):
            self.note("bad_field", field=name)
            return {}
        for key in value:
            if not isinstance(key, str) or not NAME.fullmatch(key):
                self.note("bad_variable", value=key)
        return {key: json_value(item) for key, item in value.items() if isinstance(key, str)}

    def templates(self, name: str) -> dict[str, Any]:
        """Return names and JSON values, with placeholders in the texts."""
        found: dict[str, Any] = {}
        for key, value in self.mapping(name).items():
            if isinstance(value, str):
                value = Template(value)
                for token in value.errors:
                    self.note("bad_placeholder", value=token)
            found[key] = value
        return found

    def media(self) -> tuple[Mapping[str, Any], ...]:
        """Return the files of the step."""
        value = self.data.get("media") or ()
        if not isinstance(value, list | tuple) or not all(
            isinstance(item, Mapping) and item.get("kind") in (*steps.MEDIA_KINDS, "sticker")
            for item in value
        ):
            self.note("bad_field", field="media")
            return ()
        return tuple({str(key): json_value(v) for key, v in item.items()} for item in value)
