# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reads the steps that wait for the citizen: questions, menus and confirmations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import patterns, steps
from .matching import normalise
from .placeholders import NAME
from .reader import Reader
from .steps import FlowOption

#: Default contact field of an answer, if the question does not say
_FIELD_OF_ANSWER = {
    "name": "name", "email": "email", "phone": "phone", "cpf": "document", "cnpj": "document",
}  # fmt: skip
_FIELD_OF_VARIABLE = {
    "nome": "name", "nome_completo": "name", "seu_nome": "name", "name": "name",
    "email": "email", "telefone": "phone", "celular": "phone", "cpf": "document",
    "documento": "document", "endereco": "street", "rua": "street", "logradouro": "street",
    "bairro": "district", "cidade": "city", "municipio": "city", "cep": "zip",
}  # fmt: skip


def _read_input(read: Reader) -> dict[str, Any]:
    return {
        "retries": read.integer("retries", steps.DEFAULT_RETRIES, 1, 20),
        "on_fail": read.string("on_fail"),
        "fail": read.one_of("fail", ("", *steps.FAILS), "", "bad_field"),
        "error_text": read.template("error_text"),
    }


def read_question(read: Reader) -> dict[str, Any]:
    """Return the fields of a question."""
    answer = read.one_of("answer", steps.ANSWERS, "text", "bad_answer")
    echo = read.data.get("echo")
    if isinstance(echo, bool):
        echo = "confirm" if echo else ""
    if echo is not None and (not isinstance(echo, str) or echo not in steps.ECHOES):
        read.note("bad_field", field="echo")
        echo = ""
    pattern = _read_pattern(read) if answer == "pattern" else None
    source = read.string("source")
    if answer == "choice" and not source:
        read.note("choice_no_source")
    minimum, maximum = _read_range(read, answer)
    variable = read.name("variable", read.key if NAME.fullmatch(read.key) else "")
    return {
        **_read_input(read),
        **_read_memory(read, answer, variable),
        "answer": answer,
        "variable": variable,
        "label": read.string("label"),
        "required": read.boolean("required", True),
        "echo": echo or "",
        "minimum": minimum,
        "maximum": maximum,
        "media_kinds": read.strings("media_kinds", steps.MEDIA_KINDS.__contains__),
        "pattern": pattern,
        "source": source,
        "page_size": read.integer("page_size", steps.MAX_PAGE, 1, steps.MAX_PAGE),
        "params": read.templates("params"),
        "results": read.strings("results", lambda name: bool(NAME.fullmatch(name))),
        "list_button": read.string("list_button"),
        "on_error": read.string("on_error"),
    }


def _read_range(read: Reader, answer: str) -> tuple[int | None, int | None]:
    """Return the smallest and the largest answer: a number, or how many signs or media."""
    low, high = -(10**15), 10**15
    if answer in ("text", "name", "location"):
        low, high = 0, 10000
    elif answer == "media":
        low, high = 1, steps.MAX_MEDIA
    minimum = read.integer("minimum", None, low, high)
    maximum = read.integer("maximum", None, low, high)
    if minimum is not None and maximum is not None and minimum > maximum:
        read.note("bad_range")
    return minimum, maximum


def _read_memory(read: Reader, answer: str, variable: str) -> dict[str, Any]:
    """Return how the question treats known values and first words."""
    allowed = ("", "none", *steps.CONTACT_FIELDS)
    field = read.one_of("contact_field", allowed, "", "bad_field")
    if not field:
        field = contact_field(answer, variable)
    first_words = read.boolean("first_words", False)
    if first_words and answer not in ("text", "media"):
        read.note("bad_field", field="first_words")
    return {
        "known": read.one_of("known", steps.KNOWN, steps.ALWAYS, "bad_field"),
        "contact_field": "" if field == "none" or answer == "media" else field,
        "first_words": first_words,
    }


def contact_field(answer: str, variable: str) -> str:
    """Return the default contact field of an answer, "" for none."""
    if answer in ("media", "choice", "yes_no", "date", "time"):
        return ""
    return _FIELD_OF_ANSWER.get(answer, "") or _FIELD_OF_VARIABLE.get(variable, "")


def _read_pattern(read: Reader) -> Any:
    """Return the compiled expression of the question, None if it is missing or refused."""
    source = read.string("pattern")
    try:
        return patterns.compile_pattern(source)
    except patterns.PatternError as error:
        read.note("bad_pattern", value=source[: patterns.MAX_PATTERN], reason=str(error))
        return None


def read_menu(read: Reader) -> dict[str, Any]:
    """Return the fields of a menu, its options among them."""
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


def read_confirm(read: Reader) -> dict[str, Any]:
    """Return the fields of a confirmation."""
    return {
        **_read_input(read),
        "show": read.strings("show", lambda name: bool(NAME.fullmatch(name))),
        "on_change": read.string("on_change"),
        "on_cancel": read.string("on_cancel"),
    }
