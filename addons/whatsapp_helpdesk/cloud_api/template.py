# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Message templates: their parts as Meta stores them, filled in, and sent.

A template's *components* are Meta's list of ``HEADER``, ``BODY``, ``FOOTER`` and ``BUTTONS``. Its
variables are positional (``{{1}}``) or named (``{{nome}}``) and stand in the header's text, the
body and the end of a button's address. Source: Meta, "Message templates", "Send templates".
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .payloads import Content, clean
from .payloads import template as template_content
from .reading import a_dict, a_list, a_text

NAMED = "NAMED"
HEADER, BODY, BUTTON = "header", "body", "button"
MEDIA_FORMATS = ("IMAGE", "VIDEO", "DOCUMENT")
# Buttons that need nothing when the template is sent, or a text at the end of an address.
_SENDABLE_BUTTONS = frozenset(
    {"QUICK_REPLY", "URL", "PHONE_NUMBER", "REQUEST_CONTACT_INFO", "VOICE_CALL"}
)
_SENDABLE_PARTS = frozenset({"HEADER", "BODY", "FOOTER", "BUTTONS"})
_VARIABLE = re.compile(r"{{\s*(\w+)\s*}}")
# Meta refuses a parameter with these: a line break, a tabulator, more than four blanks in a row.
_BLANKS = re.compile(r"[\r\n\t]+| {5,}")

Components = Iterable[Any]


@dataclass(frozen=True)
class Variable:
    """A place to be filled in; ``key`` is unique in its template: ``body.1``.

    Of a button: ``button0.1``.
    """

    part: str  # header, body or button
    name: str  # "1", "2" ... or the name of a named one
    index: int = 0  # of the button
    example: str = ""

    @property
    def key(self) -> str:
        """Return the key of this variable in the values of `render` and `content`."""
        return f"{self.part}{self.index if self.part == BUTTON else ''}.{self.name}"


@dataclass(frozen=True)
class Button:
    """A button: ``kind`` as Meta calls it, ``url`` where it leads, or ""."""

    kind: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Rendered:
    """The filled-in template as the citizen sees it."""

    header: str = ""
    media: str = ""  # IMAGE, VIDEO or DOCUMENT
    body: str = ""
    footer: str = ""
    buttons: tuple[Button, ...] = field(default=())

    @property
    def text(self) -> str:
        """Header, body and footer as one text in WhatsApp's markup."""
        header = f"*{self.header}*" if self.header else ""
        footer = f"_{self.footer}_" if self.footer else ""
        return "\n\n".join(part for part in (header, self.body, footer) if part)


class MissingVariables(ValueError):
    """Places without a value; ``variables`` holds them."""

    def __init__(self, variables: Iterable[Variable]):
        self.variables = tuple(variables)
        super().__init__("no value for " + ", ".join(one.key for one in self.variables))


def variables(components: Components) -> list[Variable]:
    """Return the variables in reading order."""
    found = []
    parts = _parts(components)
    header = parts.get("HEADER", {})
    if _format(header) == "TEXT":
        found += _in_text(HEADER, a_text(header.get("text")), _examples(header, "header_text"))
    body = parts.get("BODY", {})
    found += _in_text(BODY, a_text(body.get("text")), _examples(body, "body_text"))
    for index, button in enumerate(_buttons(parts)):
        example = a_text(next(iter(a_list(button.get("example"))), ""))
        names = dict.fromkeys(_VARIABLE.findall(a_text(button.get("url"))))
        found += [Variable(BUTTON, name, index, example) for name in names]
    return found


def media_format(components: Components) -> str:
    """Return the kind of file that the header needs: IMAGE, VIDEO, DOCUMENT or ""."""
    found = _format(_parts(components).get("HEADER", {}))
    return found if found in MEDIA_FORMATS else ""


def unsupported(components: Components) -> str:
    """Return the part that cannot be sent from here, as Meta calls it, or ""."""
    parts = _parts(components)
    for kind in parts:
        if kind not in _SENDABLE_PARTS:
            return kind
    header = _format(parts.get("HEADER", {}))
    if header not in ("", "TEXT", *MEDIA_FORMATS):
        return header
    kinds = (a_text(button.get("type")) for button in _buttons(parts))
    return next((kind for kind in kinds if kind not in _SENDABLE_BUTTONS), "")


def render(components: Components, values: Mapping[str, str]) -> Rendered:
    """Fill a template in for display; variables without a value stay as ``{{name}}``.

    :param values: texts by `Variable.key`
    """
    parts = _parts(components)
    header = parts.get("HEADER", {})
    return Rendered(
        header=_fill(a_text(header.get("text")), HEADER, values)
        if _format(header) == "TEXT"
        else "",
        media=media_format(components),
        body=_fill(a_text(parts.get("BODY", {}).get("text")), BODY, values),
        footer=a_text(parts.get("FOOTER", {}).get("text")),
        buttons=tuple(
            Button(
                a_text(button.get("type")),
                a_text(button.get("text")),
                _fill(a_text(button.get("url")), f"{BUTTON}{index}", values),
            )
            for index, button in enumerate(_buttons(parts))
        ),
    )


def content(
    name: str,
    language: str,
    components: Components,
    values: Mapping[str, str],
    named: bool = False,
    filename: str = "",
) -> Content:
    """Return the content that sends a template.

    A header's file gets its id by `with_media_id`.

    :param values: texts by `Variable.key`; line breaks, which Meta refuses, become blanks
    :param named: the template's variables have names (``parameter_format`` is NAMED)
    :param filename: of the header's document
    :raise MissingVariables: a place has no value
    """
    components = list(components)
    wanted = variables(components)
    given = {one.key: parameter_text(values.get(one.key)) for one in wanted}
    if missing := [one for one in wanted if not given[one.key]]:
        raise MissingVariables(missing)
    parts = []
    header = [one for one in wanted if one.part == HEADER]
    if media := media_format(components):
        kind = media.lower()
        file = {"id": "", **({"filename": filename} if filename and kind == "document" else {})}
        parts.append({"type": HEADER, "parameters": [{"type": kind, kind: file}]})
    elif header:
        parts.append({"type": HEADER, "parameters": _parameters(header, given, named)})
    if body := [one for one in wanted if one.part == BODY]:
        parts.append({"type": BODY, "parameters": _parameters(body, given, named)})
    parts += [
        {
            "type": BUTTON,
            "sub_type": "url",
            "index": str(one.index),
            "parameters": [{"type": "text", "text": given[one.key]}],
        }
        for one in wanted
        if one.part == BUTTON
    ]
    return template_content(name, language, parts)


def with_media_id(template: Content, media_id: str) -> Content:
    """Return a template's content (or envelope) with `media_id` in its header."""
    value = template["template"]
    parts = []
    for part in value.get("components", ()):
        parameters = [
            {**one, one["type"]: {**one[one["type"]], "id": media_id}}
            if one["type"].upper() in MEDIA_FORMATS
            else one
            for one in part["parameters"]
        ]
        parts.append({**part, "parameters": parameters})
    return {**template, "template": {**value, "components": parts}}


def parameter_text(value: str | None) -> str:
    """Return a value as Meta takes it: no line breaks, tabulators, runs of blanks.

    >>> parameter_text("Rua A,\\n10")
    'Rua A, 10'
    """
    return _BLANKS.sub(" ", clean(value)).strip()


# --- inside -------------------------------------------------------------------------------------


def _parts(components: Components) -> dict[str, dict[str, Any]]:
    """Return the components by their type; anything else is left out."""
    return {
        kind: part
        for part in a_list(components)
        if isinstance(part, dict) and (kind := a_text(part.get("type")).upper())
    }


def _format(header: dict[str, Any]) -> str:
    """Return the header's format; one without is a text."""
    return a_text(header.get("format")).upper() or ("TEXT" if header else "")


def _buttons(parts: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the buttons."""
    return [a_dict(button) for button in a_list(parts.get("BUTTONS", {}).get("buttons"))]


def _in_text(part: str, text: str, examples: dict[str, str]) -> list[Variable]:
    """Return the variables of one text, each once."""
    names = dict.fromkeys(_VARIABLE.findall(text))
    return [Variable(part, name, example=examples.get(name, "")) for name in names]


def _examples(part: dict[str, Any], key: str) -> dict[str, str]:
    """Return the examples that were given to Meta, by the name of the variable."""
    example = a_dict(part.get("example"))
    named = {
        a_text(a_dict(one).get("param_name")): a_text(a_dict(one).get("example"))
        for one in a_list(example.get(f"{key}_named_params"))
    }
    values = a_list(example.get(key))
    if values and isinstance(values[0], list):
        values = values[0]
    return {str(number): a_text(value) for number, value in enumerate(values, 1)} | named


def _fill(text: str, part: str, values: Mapping[str, str]) -> str:
    """Fill one text in; values are never looked at again."""
    return _VARIABLE.sub(
        lambda match: parameter_text(values.get(f"{part}.{match[1]}")) or match[0], text
    )


def _parameters(wanted: list[Variable], given: dict[str, str], named: bool) -> list[dict[str, str]]:
    """Return the parameters of header or body."""
    return [
        {
            "type": "text",
            "text": given[one.key],
            **({"parameter_name": one.name} if named else {}),
        }
        for one in wanted
    ]
