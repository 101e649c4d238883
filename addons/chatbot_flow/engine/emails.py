# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""E-mail addresses as people type, dictate or paste them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from .shared import tidying

_MAX_LENGTH = 500
_EMAIL = re.compile(
    r"(?<![^\s<(:;,\"'])[a-z0-9_%+-](?:[a-z0-9._%+-]{0,62}[a-z0-9_%+-])?"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}(?![^\s>).,;!\"':?])",
)
_MARKS = re.compile(r"[*`]|\]\(|^\[|https?://(?=[^/\s]+@)|\bwww\.(?=[^/\s]+@)")
#: Nonexistent endings, and what was meant
_SLIPS = {"con": "com", "comm": "com", "ocm": "com", "cpm": "com", "vom": "com", "xom": "com"}
_SPOKEN = (
    (re.compile(r"\s*(?:\barroba\b|[(\[]\s*(?:a|at|arroba)\s*[)\]])\s*"), "@"),
    (re.compile(r"\s+(?:ponto|dot)\s+"), "."),
    (re.compile(r"\s+(?:tra[cç]o|tracinho|h[ií]fen)\s+"), "-"),
    (re.compile(r"\s+(?:underline|underscore|sublinhado)\s+"), "_"),
)
#: Words before an address that are not part of it
_AROUND = frozenset(
    "meu minha o a e eh email mail correio eletronico endereco segue esta aqui pode mandar enviar "
    "para pra no seria sera contato ok sim este esse obrigado obrigada por favor mailto "
    "atenciosamente att do da de trabalho pessoal particular".split()
)


@dataclass(frozen=True, slots=True)
class Email:
    """An address.

    ``doubtful`` if something in it was corrected and needs confirmation.
    """

    value: str
    doubtful: bool = False


def read(text: str) -> Email | None:
    """Return the only address in ``text``, None if there is none or more than one.

    >>> read("Maria @ Exemplo.com .br."), read("maria arroba gmail ponto com").value
    (Email(value='maria@exemplo.com.br', doubtful=False), 'maria@gmail.com')
    """
    plain = tidying.tidy(text)[:_MAX_LENGTH].casefold()
    # marks of a chat: *address*, `address`, [address](mailto:address), https://address
    plain = _MARKS.sub(" ", plain).strip()
    joined = _join(plain)
    if found := _only(joined):
        value = _slip(found[0])
        return Email(value, value != found[0] or _is_doubtful(joined, *found))
    mended = _mend(plain)
    found = _only(mended) if mended != joined else None
    return Email(_slip(found[0]), True) if found else None


def _join(plain: str) -> str:
    """Return the text without blanks around "@" and around the dots after it."""
    text = re.sub(r"\s*@\s*", "@", plain)
    head, at, domain = text.partition("@")
    domain = re.sub(r"(?<=[a-z0-9])\s*\.\s+(?=(?:com|gov|org|net|edu|mg|sp|br)\b)", ".", domain)
    domain = re.sub(r"\s+\.(?=(?:com|gov|org|net|edu|mg|sp|br)\b)", ".", domain)
    return f"{head}{at}{domain}"


def _mend(plain: str) -> str:
    """Return the intended text: dictated signs, commas instead of dots, accents."""
    text = plain
    for expression, sign in _SPOKEN:
        text = expression.sub(sign, text)
    text = _join(text)
    head, at, domain = text.partition("@")
    domain = re.sub(r"(?<=[a-z0-9]),\s?(?=(?:com|gov|org|net|br)\b)", ".", domain)
    split = unicodedata.normalize("NFD", f"{head}{at}{domain}")
    return "".join(char for char in split if unicodedata.category(char)[0] != "M")


def _only(text: str) -> tuple[str, int] | None:
    """Return the one address of a text and where it begins."""
    found = list(_EMAIL.finditer(text))
    if not found or len({match[0] for match in found}) > 1:
        return None
    if text.count("@") != len(found) or ".." in found[0][0]:
        return None
    return found[0][0], found[0].start()


def _slip(address: str) -> str:
    head, _dot, end = address.rpartition(".")
    return f"{head}.{_SLIPS[end]}" if end in _SLIPS else address


def _is_doubtful(text: str, address: str, start: int) -> bool:
    """Return whether words before the address may be part of it ("maria silva@gmail.com")."""
    before = tidying.fold(text[:start])
    words = re.findall(r"[a-z0-9]+", before.replace("e-mail", "email"))
    # after a colon, a bracket or on its own the address is complete
    whole = not words or before.rstrip()[-1:] in ":<(\"'" or words[-1] in _AROUND
    return not whole
