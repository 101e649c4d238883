# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Telephone numbers as they are stored and compared, without Odoo.

A Brazilian mobile may be written with or without its ninth digit, country code and punctuation:
``(31) 8888-7777`` and ``+55 31 98888-7777`` are one number. Landlines never gain or lose a nine.
"""

import phonenumbers

from . import phones


def phone_key(text: object) -> str:
    """Return a key that is the same for every spelling of a telephone number.

    It is "" for anything else.

    The key is the number as dialled, without "+"; of several numbers, the one to send messages to.
    """
    try:
        return _main(phones.read(text).numbers)[1:]
    except phones.NotAPhone:
        return ""


def tidy_phone(text: str, area: str = "") -> tuple[str, str]:
    """Return a telephone number in stored form, and the rest of the text or "".

    A service number (0800 and the like) is left as written.

    >>> tidy_phone("(31) 8888-7777"), tidy_phone("98888-7777 (Maria)", area="31")
    (('+55 31 98888-7777', ''), ('+55 31 98888-7777', '98888-7777 (Maria)'))

    :param area: the area code of numbers without one
    :raise phones.NotAPhone: with the reason
    """
    try:
        found = phones.read(text, area)
    except phones.NotAPhone as error:
        if error.reason == phones.SERVICE:
            return " ".join(text.split()), ""
        raise
    more = found.rest or len(found.numbers) > 1
    return phone_display(_main(found.numbers)), " ".join(text.split()) if more else ""


def _main(numbers: tuple[str, ...]) -> str:
    """Return the number to send messages to: the first mobile, else the first one."""
    return next((number for number in numbers if phones.is_mobile(number)), numbers[0])


def phone_display(text: str) -> str:
    """Return a telephone number as people write it, anything else unchanged.

    >>> phone_display("3188887777")
    '+55 31 98888-7777'
    """
    key = phone_key(text)
    if not key:
        return text
    parsed = phonenumbers.parse(f"+{key}", None)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
