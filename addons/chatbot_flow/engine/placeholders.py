# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Texts with ``{name}`` in them: parsed once, filled in fast, never evaluated.

A name is a-z, 0-9 and ``_``. Inserted values are not parsed again, so a citizen who types
``{protocolo}`` gets just those characters back. ``{{`` and ``}}`` stand for braces.
"""

from __future__ import annotations

import re
from collections.abc import Callable

#: Values that cost the caller a query or more: computed only if a flow uses them
MOMENT_NAMES = frozenset(
    {
        "cidade",
        "bairro",
        "documento",
        "etiquetas",
        "idioma",
        "aberto",
        "fila_espera",
        "espera_minutos",
        "maior_espera_minutos",
        "atendentes",
        "primeiro_contato",
        "chamados_abertos",
    }
)
#: The date in the citizen's time zone, ``31/12/2026``
TODAY = "hoje"
#: The city's area code, for telephones without one ("31"); if empty, they are refused
AREA = "ddd"
#: The citizen's own telephone
PHONE = "telefone"
#: Values that the engine's caller provides with every event (see the Odoo layer's ``_flow_values``)
CONTEXT_NAMES = MOMENT_NAMES | {
    "protocolo",
    "nome",
    "email",
    PHONE,
    "ticket",
    "saudacao",
    "primeiro_nome",
    "fila",
    "fluxo",
    TODAY,
    AREA,
}

NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}\n]{0,80})\}|[{}]")


_NOTHING: frozenset[str] = frozenset()


class Template:
    """A parsed text.

    ``names`` are its placeholders, ``errors`` the unreadable parts, ``source`` the text itself,
    ``only`` the placeholder of a text that is nothing else.
    """

    __slots__ = ("_parts", "constant", "errors", "names", "only", "source")

    def __init__(self, text: str):
        if "{" not in text and "}" not in text:
            # most texts of a flow with thousands of menus have no placeholders
            self.constant, self.names, self.errors = text, _NOTHING, ()
            self._parts = ((False, text),)
            self.source, self.only = text, ""
            return
        parts: list[tuple[bool, str]] = []
        errors: list[str] = []
        last = 0
        for match in _TOKEN.finditer(text):
            if match.start() > last:
                parts.append((False, text[last : match.start()]))
            last = match.end()
            token, name = match.group(0), match.group(1)
            if token in ("{{", "}}"):
                parts.append((False, token[0]))
            elif name is not None and NAME.fullmatch(name.strip()):
                parts.append((True, name.strip()))
            else:
                errors.append(token)
        parts.append((False, text[last:]))
        self.names = frozenset(part for is_name, part in parts if is_name)
        self.errors = tuple(errors)
        self.constant = None if self.names else "".join(part for _name, part in parts)
        self._parts = tuple(parts)
        self.source = text
        filled = [part for part in parts if part[0] or part[1]]
        self.only = filled[0][1] if len(filled) == 1 and filled[0][0] else ""

    def __bool__(self) -> bool:
        return self.constant != ""

    def render(self, lookup: Callable[[str], str]) -> str:
        """Return the text with each name replaced by ``lookup(name)``."""
        if self.constant is not None:
            return self.constant
        return "".join([lookup(part) if is_name else part for is_name, part in self._parts])


EMPTY = Template("")
