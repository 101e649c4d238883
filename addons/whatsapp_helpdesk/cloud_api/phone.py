# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Telephone numbers as WhatsApp writes them, and Brazil's ninth digit.

Meta may store a Brazilian mobile with or without its ninth digit, whatever the citizen dials:
5531988887777 and 553188887777 are one person. No rule says which form Meta uses, so a ``wa_id`` is
never computed here: it is stored as received, and searched under both forms.
"""

import re
from collections.abc import Iterable

import phonenumbers

_BSUID = re.compile(r"^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$")
_LONGEST = 20  # digits; E.164 has 15, and some ids of Meta's stand where a number is expected
# Behind the @ of an address that is a telephone's
_OF_PEOPLE = frozenset({"s.whatsapp.net", "c.us"})
# 55, area code (11 to 99, never with a zero), ninth digit, eight digits which start as a mobile's.
# The eight digits of a land line start with 2 to 5: those never get nor lose a nine.
_WITH_NINTH = re.compile(r"^55([1-9][1-9])9([6-9]\d{7})$")
_WITHOUT_NINTH = re.compile(r"^55([1-9][1-9])([6-9]\d{7})$")


def is_bsuid(value: object) -> bool:
    """Return whether ``value`` is a user id such as ``BR.1349120865530274``.

    These are business-scoped.
    """
    return isinstance(value, str) and bool(_BSUID.match(value))


def digits(value: object) -> str:
    """Return only the ASCII digits: ``+55 (31) 98888-7777`` -> ``5531988887777``."""
    return re.sub(r"[^0-9]", "", value) if isinstance(value, str) else ""


def plain(value: object) -> str:
    """Return a person's id in the form of Meta's API; "" if it is no person's.

    WhatsApp's own network writes addresses: ``5531988887777:3@s.whatsapp.net`` is a number (the 3
    is a device), ``@lid`` an id that is no number, ``@g.us`` a group.

    >>> plain("5531988887777:3@s.whatsapp.net"), plain("+5531988887777"), plain("987654321@lid")
    ('5531988887777', '5531988887777', '')
    """
    text = str(value).strip().lstrip("+") if isinstance(value, str | int) else ""
    local, at, server = text.partition("@")
    if not at:
        return text
    return local.partition(":")[0] if server.lower() in _OF_PEOPLE else ""


def is_group(value: object) -> bool:
    """Return whether ``value`` is the address of a group, which is no person's."""
    return isinstance(value, str) and value.strip().lower().endswith("@g.us")


def ids(values: Iterable[object]) -> tuple[str, str]:
    """Return ``(bsuid, wa_id)``: the first of each in ``values``, "" without one.

    Anything with more digits than the longest telephone number is not a number.
    """
    bsuid = wa_id = ""
    for value in values:
        text = plain(value)
        if is_bsuid(text):
            bsuid = bsuid or text
        elif (number := digits(text)) and len(number) <= _LONGEST:
            wa_id = wa_id or number
    return bsuid, wa_id


def variants(wa_id: str) -> tuple[str, ...]:
    """Return the forms under which ``wa_id``'s owner may be known, as given first.

    >>> variants("5531988887777")
    ('5531988887777', '553188887777')
    >>> variants("553133334444")
    ('553133334444',)
    """
    number = digits(wa_id)
    if not number:
        return ()
    if match := _WITH_NINTH.match(number):
        return (number, f"55{match[1]}{match[2]}")
    if match := _WITHOUT_NINTH.match(number):
        return (number, f"55{match[1]}9{match[2]}")
    return (number,)


def e164(wa_id: str) -> str:
    """Return the number for people, ``+5531988887777``; "" without digits.

    A Brazilian mobile gets its ninth digit, without which no telephone dials it. For display and
    search only: what is sent to Meta is the stored ``wa_id``.
    """
    number = digits(wa_id)
    if not number:
        return ""
    if match := _WITHOUT_NINTH.match(number):
        number = f"55{match[1]}9{match[2]}"
    return f"+{number}"


def typed(value: str) -> str:
    """Return a typed number in the form of a ``wa_id``; Brazil's without its 55.

    >>> typed("31 98888-7777"), typed("+351 912 345 678")
    ('5531988887777', '351912345678')
    """
    try:
        parsed = phonenumbers.parse(value, "BR")
    except phonenumbers.NumberParseException:
        return digits(value)
    return f"{parsed.country_code}{parsed.national_number}"


def display(wa_id: str) -> str:
    """Return the number as people write it, ``+55 31 98888-7777``, if it is known.

    Otherwise as received.
    """
    text = e164(wa_id)
    try:
        parsed = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException:
        return text
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
