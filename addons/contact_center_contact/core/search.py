# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Search words for people: names without accents, telephones, documents.

Telephones in every form.

A Brazilian mobile may be written with or without its ninth digit, country code and punctuation:
``(31) 8888-7777`` and ``+55 31 98888-7777`` are one number. Landlines never gain or lose a nine.
"""

import re
import unicodedata

COUNTRY = "55"
# Area code (no zero in it), then a mobile's eight digits, which start with 6 to 9.
_WITH_NINTH = re.compile(r"^55([1-9][1-9])9([6-9]\d{7})$")
_WITHOUT_NINTH = re.compile(r"^55([1-9][1-9])([6-9]\d{7})$")
_LOCAL = re.compile(r"^[1-9][1-9](9?[6-9]\d{7}|[2-5]\d{7})$")
_NUMERIC = re.compile(r"^[\d\s()+./-]+$")
SHORTEST_NUMBER = 3


def digits(text: object) -> str:
    """Return only the ASCII digits: ``+55 (31) 98888-7777`` -> ``5531988887777``."""
    return re.sub(r"[^0-9]", "", text) if isinstance(text, str) else ""


def plain(text: object) -> str:
    """Return ``text`` in lower case, without accents and double blanks.

    "" if it is not a string.
    """
    if not isinstance(text, str):
        return ""
    split = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in split if not unicodedata.combining(c)).lower().split())


def phone_forms(text: object) -> tuple[str, ...]:
    """Return a telephone's digits, with country code, in every form that people use.

    The form with the ninth digit comes first. A foreign number is unchanged.

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


def search_text(*texts: object, phones: tuple[object, ...] = ()) -> str:
    """Return the text in which all of a person's searchable data can be found.

    :param texts: name, e-mail, documents ...; for those with digits and punctuation the bare digits
        are added
    :param phones: telephones, stored in all their forms
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
    """Return the words that must all be in a `search_text`; none for an empty query.

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
