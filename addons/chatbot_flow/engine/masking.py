# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Masks known data in texts to the person who holds the phone.

A phone may be shared by a family or change hands: an e-mail, a document or an address from an
earlier conversation is shown so that its owner recognises it, but nobody else learns it (LGPD, art.
6, III and VII).
"""

from __future__ import annotations

from collections.abc import Callable

HIDDEN = "***"


def mask(value: object, field: str) -> str:
    """Return the value with only as much visible as its owner needs.

    >>> mask("rosa.silva@exemplo.com.br", "email"), mask("52998224725", "document")
    ('r***@exemplo.com.br', '***.982.247-**')
    >>> mask("Rua das Flores, 10", "street"), mask("Rosa", "name")
    ('Rua d***', 'Rosa')
    """
    text = str(value or "").strip()
    return _MASKS[field](text) if text and field in _MASKS else text


def _email(text: str) -> str:
    name, _at, domain = text.partition("@")
    return f"{name[:1]}{HIDDEN}@{domain}"


def _document(text: str) -> str:
    digits = "".join(char for char in text if char.isalnum())
    if len(digits) == 11:
        return f"{HIDDEN}.{digits[3:6]}.{digits[6:9]}-**"
    return f"{HIDDEN}{digits[-4:-2]}**" if len(digits) > 6 else HIDDEN


def _phone(text: str) -> str:
    digits = "".join(char for char in text if char.isdigit())
    return f"{HIDDEN}-{digits[-4:]}" if len(digits) > 6 else HIDDEN


def _street(text: str) -> str:
    kind, _blank, rest = text.partition(" ")
    return f"{kind} {rest[:1]}{HIDDEN}" if rest else f"{kind[:1]}{HIDDEN}"


def _zip(text: str) -> str:
    digits = "".join(char for char in text if char.isdigit())
    return f"{digits[:5]}-{HIDDEN}"


_MASKS: dict[str, Callable[[str], str]] = {
    "email": _email,
    "document": _document,
    "phone": _phone,
    "street": _street,
    "zip": _zip,
}
#: Contact fields that are masked
MASKED = frozenset(_MASKS)
