# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Texts with `{placeholders}`, checked when saved and safe when filled in.

`{nome}` is replaced by the value of that name, `{{` and `}}` are braces. There are no formats,
attributes or indexes: an administrator's text must not reach into objects.
"""

import re
from collections.abc import Iterable, Mapping

_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_NAME = re.compile(r"[^\W\d]\w*")


class PlaceholderError(ValueError):
    """A text uses an unknown placeholder.

    `unknown` holds the faulty parts of the text, `known` the existing names.
    """

    def __init__(self, unknown: Iterable[str], known: Iterable[str]):
        self.unknown = tuple(unknown)
        self.known = tuple(known)
        super().__init__(
            f"unknown: {', '.join(self.unknown)}; known: {', '.join(self.known) or 'none'}"
        )


def names(text: str) -> tuple[str, ...]:
    """Return the names of the placeholders of `text`, in order, each once.

    >>> names("Olá, {nome}! {{literal}} {protocolo} {nome}")
    ('nome', 'protocolo')
    """
    found = (match[1] for match in _TOKEN.finditer(text) if match[1] is not None)
    return tuple(dict.fromkeys(found))


def check(text: str, known: Iterable[str]) -> None:
    """Raise `PlaceholderError` if `text` has an unknown placeholder or a stray brace."""
    known = tuple(known)
    wrong = {}
    for match in _TOKEN.finditer(text):
        token, name = match[0], match[1]
        if token in ("{{", "}}"):
            continue
        if name is None or not _NAME.fullmatch(name) or name not in known:
            wrong[token] = True
    if wrong:
        raise PlaceholderError(wrong, known)


def render(text: str, values: Mapping[str, object]) -> str:
    """Fill in the placeholders; missing values become empty text.

    >>> render("Olá, {nome}! Protocolo {protocolo}.", {"nome": "Maria", "protocolo": 2026000123})
    'Olá, Maria! Protocolo 2026000123.'

    Values are plain text and never parsed again: a citizen called "{senha}" stays "{senha}".
    """

    def fill(match: re.Match) -> str:
        token, name = match[0], match[1]
        if token in ("{{", "}}"):
            return token[0]
        if name is None:
            return token
        value = values.get(name)
        return "" if value is None or value is False else str(value)

    return _TOKEN.sub(fill, text)


def render_kindly(text: str, values: Mapping[str, object]) -> tuple[str, tuple[str, ...]]:
    """Fill in the placeholders of a text that a person reviews before it is sent.

    One without a value is removed together with the comma or space before it, so that the sentence
    still reads well. Returns the text and the names that had no value.

    >>> render_kindly("Olá, {nome}! Chamado {ticket}.", {"nome": "", "ticket": 7})
    ('Olá! Chamado 7.', ('nome',))
    """
    missing = tuple(name for name in names(text) if not _has_value(values.get(name)))
    for name in missing:
        text = re.sub(r"(?<!\{)[,;:]?[ \t]*\{" + re.escape(name) + r"\}(?!\})", "", text)
    text = render(text, values).strip()
    return (text.lstrip(",;: ") if missing else text), missing


def _has_value(value: object) -> bool:
    return value is not None and value is not False and str(value) != ""
