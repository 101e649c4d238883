"""Telephone numbers, documents and search words of people, without Odoo.

A Brazilian mobile may be written with or without its ninth digit, country code and punctuation:
``(31) 8888-7777`` and ``+55 31 98888-7777`` are one number. Land lines never get nor lose a nine.
"""

import re
import unicodedata

import phonenumbers
from stdnum.br import cnpj, cpf

from . import phones

COUNTRY = "55"
# Area code (no zero in it), then a mobile's eight digits, which start with 6 to 9.
_WITH_NINTH = re.compile(r"^55([1-9][1-9])9([6-9]\d{7})$")
_WITHOUT_NINTH = re.compile(r"^55([1-9][1-9])([6-9]\d{7})$")
_LOCAL = re.compile(r"^[1-9][1-9](9?[6-9]\d{7}|[2-5]\d{7})$")
_NUMERIC = re.compile(r"^[\d\s()+./-]+$")
SHORTEST_NUMBER = 3


def digits(text: object) -> str:
    """Return only the ASCII digits of ``text``: ``+55 (31) 98888-7777`` -> ``5531988887777``."""
    return re.sub(r"[^0-9]", "", text) if isinstance(text, str) else ""


def plain(text: object) -> str:
    """Return ``text`` in lower case, without accents and double blanks; "" when it is no text."""
    if not isinstance(text, str):
        return ""
    split = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in split if not unicodedata.combining(c)).lower().split())


def phone_forms(text: object) -> tuple[str, ...]:
    """Return the digits of a telephone, country code included, in every form people write it.

    The form with the ninth digit comes first. A number that is not Brazilian stays as it is.

    >>> phone_forms("(31) 8888-7777")
    ('5531988887777', '553188887777')
    >>> phone_forms("031 3333-4444")
    ('553133334444',)
    """
    number = digits(text)
    if not str(text).strip().startswith("+"):
        number = number.lstrip("0")
        if _LOCAL.match(number):
            number = COUNTRY + number
    if match := _WITH_NINTH.match(number):
        return (number, f"55{match[1]}{match[2]}")
    if match := _WITHOUT_NINTH.match(number):
        return (f"55{match[1]}9{match[2]}", number)
    return (number,) if number else ()


def phone_key(text: object) -> str:
    """Return what is the same for every way to write one telephone; "" for what is none.

    It is what the telephone is dialled by, without "+": of several the one that people write to.
    """
    try:
        return _main(phones.read(text).numbers)[1:]
    except phones.NotAPhone:
        return ""


def tidy_phone(text: str, area: str = "") -> tuple[str, str]:
    """Return a telephone as it is stored, and what else the text said, "" for nothing.

    A number that nobody has (0800 and the like) stays as it was written.

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
    """The number that one writes to: the first mobile, else the first."""
    return next((number for number in numbers if phones.is_mobile(number)), numbers[0])


def phone_display(text: str) -> str:
    """Return a telephone as people write it, anything else as it came.

    >>> phone_display("3188887777")
    '+55 31 98888-7777'
    """
    key = phone_key(text)
    if not key:
        return text
    parsed = phonenumbers.parse(f"+{key}", None)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def format_document(text: str) -> str:
    """Return a CPF or CNPJ as it is printed.

    >>> format_document("52998224725")
    '529.982.247-25'

    :raise ValueError: it is neither, or its check digits are wrong
    """
    for kind in (cpf, cnpj):
        if kind.is_valid(text):
            return kind.format(text)
    raise ValueError(f"neither a CPF nor a CNPJ: {text!r}")


def search_text(*texts: object, phones: tuple[object, ...] = ()) -> str:
    """Return the one text in which all parts of a person's data are found.

    :param texts: name, e-mail, documents ...; of those with digits and punctuation the bare
        digits are added
    :param phones: telephones, kept under all their forms
    """
    words = []
    for text in texts:
        words.append(plain(text))
        if isinstance(text, str) and _NUMERIC.match(text) and digits(text) != plain(text):
            words.append(digits(text))
    for phone in phones:
        words.extend(phone_forms(phone))
    return " ".join(dict.fromkeys(word for word in words if word))


def search_words(query: object) -> tuple[str, ...]:
    """Return the words that must all be part of a `search_text`; none when nothing is asked.

    >>> search_words("(31) 9 8888")
    ('3198888',)
    >>> search_words("José  da Silva")
    ('jose', 'da', 'silva')
    """
    if isinstance(query, str) and _NUMERIC.match(query):
        number = digits(query).lstrip("0")
        if len(number) >= SHORTEST_NUMBER:
            return (number,)
    return tuple(plain(query).split())
