"""Reads one step of a definition into a :class:`FlowStep`, noting every problem.

Nothing here raises on a bad definition: a value of the wrong type becomes a problem and the
default takes its place, so that one look shows the author all there is to repair.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from . import steps
from .inputs import json_value, plain
from .matching import normalise
from .placeholders import EMPTY, NAME, Template
from .problems import Problem
from .steps import FlowOption, FlowStep

#: Fields that hold the key of another step
GOTO_FIELDS = ("goto", "on_fail", "on_error", "on_change", "on_cancel", "on_false")


class Reader:
    """Typed access to one step's dict; what does not fit is noted in ``problems``."""

    def __init__(self, data: Mapping, title: str, key: str, problems: list[Problem]):
        self.data = data
        self.title = title
        self.key = key
        self.problems = problems

    def note(self, code: str, **detail: object) -> None:
        """Adds a problem of this step."""
        self.problems.append(Problem(code, self.title, detail, self.key))

    def string(self, name: str, default: str = "") -> str:
        """A text, cleaned and stripped."""
        value = self.data.get(name)
        if value is None or value is False:
            return default
        if not isinstance(value, str):
            self.note("bad_field", field=name)
            return default
        return plain(value).strip() or default

    def template(self, name: str) -> Template:
        """A text with placeholders."""
        text = self.string(name)
        if not text:
            return EMPTY
        template = Template(text)
        for token in template.errors:
            self.note("bad_placeholder", value=token)
        return template

    def boolean(self, name: str, default: bool) -> bool:
        """True or False."""
        value = self.data.get(name, default)
        if isinstance(value, bool):
            return value
        self.note("bad_field", field=name)
        return default

    def integer(self, name: str, default: int | None, low: int, high: int) -> int | None:
        """A whole number from ``low`` to ``high``; False counts as not given."""
        value = self.data.get(name)
        if value is None or value is False:
            return default
        if type(value) is not int or not low <= value <= high:
            self.note("bad_field", field=name)
            return default
        return value

    def one_of(self, name: str, allowed: tuple[str, ...], default: str, code: str) -> str:
        """One of the allowed words; ``code`` is the problem's when it is another."""
        value = self.data.get(name)
        if value is None or value is False:
            return default
        if not isinstance(value, str) or value not in allowed:
            self.note(code, value=value, field=name)
            return default
        return value

    def strings(self, name: str, accept: Callable[[str], bool]) -> tuple[str, ...]:
        """A list of texts which all pass ``accept``."""
        value = self.data.get(name) or ()
        if not isinstance(value, list | tuple) or not all(
            isinstance(item, str) and accept(item) for item in value
        ):
            self.note("bad_field", field=name)
            return ()
        return tuple(value)

    def name(self, name: str, default: str = "") -> str:
        """The name of a value."""
        value = self.string(name, default)
        if value and not NAME.fullmatch(value):
            self.note("bad_variable", value=value)
            return ""
        return value

    def mapping(self, name: str) -> dict[str, Any]:
        """Names of values and JSON values."""
        value = self.data.get(name) or {}
        if not isinstance(value, Mapping):
            self.note("bad_field", field=name)
            return {}
        for key in value:
            if not isinstance(key, str) or not NAME.fullmatch(key):
                self.note("bad_variable", value=key)
        return {key: json_value(item) for key, item in value.items() if isinstance(key, str)}

    def media(self) -> tuple[Mapping[str, Any], ...]:
        """The files of the step."""
        value = self.data.get("media") or ()
        if not isinstance(value, list | tuple) or not all(
            isinstance(item, Mapping) and item.get("kind") in (*steps.MEDIA_KINDS, "sticker")
            for item in value
        ):
            self.note("bad_field", field="media")
            return ()
        return tuple({str(key): json_value(v) for key, v in item.items()} for item in value)


def read_step(data: Mapping, position: int, problems: list[Problem]) -> FlowStep:
    """One entry of ``definition["steps"]`` (``position`` counts from 1)."""
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


def _read_input(read: Reader) -> dict[str, Any]:
    return {
        "retries": read.integer("retries", steps.DEFAULT_RETRIES, 1, 20),
        "on_fail": read.string("on_fail"),
        "error_text": read.template("error_text"),
    }


def _read_question(read: Reader) -> dict[str, Any]:
    answer = read.one_of("answer", steps.ANSWERS, "text", "bad_answer")
    echo = read.data.get("echo")
    if isinstance(echo, bool):
        echo = "confirm" if echo else ""
    if echo is not None and (not isinstance(echo, str) or echo not in steps.ECHOES):
        read.note("bad_field", field="echo")
        echo = ""
    low, high = -(10**15), 10**15
    if answer in ("text", "location"):
        low, high = 0, 10000
    elif answer == "media":
        low, high = 1, steps.MAX_MEDIA
    minimum = read.integer("minimum", None, low, high)
    maximum = read.integer("maximum", None, low, high)
    if minimum is not None and maximum is not None and minimum > maximum:
        read.note("bad_range")
    return {
        **_read_input(read),
        "answer": answer,
        "variable": read.name("variable", read.key if NAME.fullmatch(read.key) else ""),
        "label": read.string("label"),
        "required": read.boolean("required", True),
        "echo": echo or "",
        "minimum": minimum,
        "maximum": maximum,
        "media_kinds": read.strings("media_kinds", steps.MEDIA_KINDS.__contains__),
    }


def _read_menu(read: Reader) -> dict[str, Any]:
    raw = read.data.get("options") or ()
    if not isinstance(raw, list | tuple):
        read.note("bad_field", field="options")
        raw = ()
    if not raw:
        read.note("menu_no_options")
    options: list[FlowOption] = []
    ids: set[str] = set()
    titles: set[str] = set()
    for position, item in enumerate(raw, 1):
        option = _read_option(read, item, position)
        if option is None:
            continue
        if option.id in ids:
            read.note("duplicate_option", value=option.id)
        title = option.words[0] if option.words else ""
        if title and title in titles:
            read.note("duplicate_title", value=option.title.constant)
        ids.add(option.id)
        titles.add(title)
        options.append(option)
    return {
        **_read_input(read),
        "options": tuple(options),
        "variable": read.name("variable", read.key if NAME.fullmatch(read.key) else ""),
        "label": read.string("label"),
        "list_button": read.string("list_button"),
        "cut_through": read.boolean("cut_through", True),
    }


def _read_option(read: Reader, item: Any, position: int) -> FlowOption | None:
    if not isinstance(item, Mapping):
        read.note("bad_option", value=position)
        return None
    inner = Reader(item, read.title, read.key, read.problems)
    title = inner.template("title")
    if not title:
        read.note("option_no_title", position=position)
    option_id = inner.string("id", str(position))
    words = [normalise(title.constant)] if title.constant else []
    words += [normalise(word) for word in inner.strings("keywords", lambda _word: True)]
    return FlowOption(
        id=option_id,
        wire_id=f"{read.key}:{option_id}",
        title=title,
        description=inner.template("description"),
        goto=inner.string("goto"),
        values=inner.mapping("set"),
        words=tuple(word for word in words if word),
    )


def _read_confirm(read: Reader) -> dict[str, Any]:
    return {
        **_read_input(read),
        "show": read.strings("show", lambda name: bool(NAME.fullmatch(name))),
        "on_change": read.string("on_change"),
        "on_cancel": read.string("on_cancel"),
    }


def _read_action(read: Reader) -> dict[str, Any]:
    action = read.string("action")
    if not action:
        read.note("action_no_name")
    params: dict[str, Any] = {}
    for name, value in read.mapping("params").items():
        if isinstance(value, str):
            value = Template(value)
            for token in value.errors:
                read.note("bad_placeholder", value=token)
        params[name] = value
    return {
        "action": action,
        "params": params,
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
    steps.MESSAGE: lambda read: {},
    steps.QUESTION: _read_question,
    steps.MENU: _read_menu,
    steps.CONFIRM: _read_confirm,
    steps.ACTION: _read_action,
    steps.CONDITION: _read_condition,
    steps.HAND_OVER: lambda read: {
        "queue": json_value(read.data.get("queue")),
        "reason": read.string("reason"),
    },
    steps.END: lambda read: {"outcome": read.string("outcome", "self_service")},
}
