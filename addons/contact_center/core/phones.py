# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Parses telephone numbers as people write them, or refuses them with a reason.

A guessed number belongs to somebody else: text without an area code, with digits lost in a
spreadsheet or that is not a number at all is never silently completed. Area codes, carriers and
other countries come from the library ``phonenumbers``.
"""

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberType

from .tidying import fold, tidy

#: Why a text is not a telephone number
NONE, SHORT, LOST, SERVICE, INVALID = "none", "short", "lost", "service", "invalid"
REASONS = (NONE, SHORT, LOST, SERVICE, INVALID)
#: Longer texts are not telephone numbers
MAX_LENGTH = 200
_COUNTRY = "55"
_AREA = re.compile(r"[1-9][1-9]")
#: Excel displays and saves long numbers as 5,53199E+12
_SCIENTIFIC = re.compile(r"\s*([0-9])(?:[.,]([0-9]+))?e\+?([0-9]{1,2})\s*")
#: 5531988887777.0: a number that has been in a spreadsheet cell
_FLOAT = re.compile(r"([0-9]{8,15})[.,]0+")
#: A complete mobile number next to something else
_FULL = re.compile(r"(?:[1-9][1-9]\)?[ -]?)9[ .]?[0-9]{4}[ .-]?[0-9]{4}(?![0-9])")
#: Separators between two numbers (a single one may also separate area code and number)
_BETWEEN = re.compile(r"[/;,|:\\&]+|\be\b|\bou\b|[a-z]{2,}|\s-\s|\s{2,}|\n", re.IGNORECASE)
_EXTENSION = re.compile(r"\b(?:ramal|ram|r|ext|x)\b[.:]?\s*([0-9]{1,6})\b", re.IGNORECASE)
#: A postcode: 35300-030, 35.300-030, "CEP 35300030"
_CEP = re.compile(r"(?<![0-9-])(?:[0-9]{5}|[0-9]{2}\.[0-9]{3})-[0-9]{3}(?![0-9-])|\bcep\b")
_CPF = re.compile(r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}")
_SERVICE = re.compile(r"0[3589]00[0-9]{6,7}|(?:[34]00[0-9]|40[0-9]{2})[0-9]{4}")
_MOBILE_8 = re.compile(r"[6-9][0-9]{7}")
#: 98888-777: a digit is missing; this is not a mobile number from before the ninth digit
_CUT = re.compile(r"9[0-9]{4}[-. ]+[0-9]{3}$")


class NotAPhone(ValueError):
    """A text is not a telephone number that can be dialled.

    :ivar reason: ``none`` (no number in it), ``short`` (area code missing), ``lost`` (a spreadsheet
        dropped digits), ``service`` (0800 and the like: not a person's number), ``invalid``
    """

    def __init__(self, reason: str, text: str):
        self.reason = reason
        self.text = text
        super().__init__(f"{reason}: {text!r}")


@dataclass(frozen=True)
class Found:
    """The numbers in a text.

    :ivar numbers: in E.164 (``+5531988887777``), in the order of the text, each once; at least one
    :ivar rest: whether the text contains more (names, an extension, an unreadable number)
    """

    numbers: tuple[str, ...]
    rest: bool = False


def read(text: object, area: str = "") -> Found:
    """Return the telephone numbers in ``text``.

    >>> read("(31) 9 8765-4321 / 3333-4444").numbers
    ('+5531987654321', '+553133334444')
    >>> read("0 31 31 3333-4444").numbers, read("98888-7777", area="31").numbers
    (('+553133334444',), ('+5531988887777',))

    :param area: the area code (DDD) for numbers that have none; otherwise they are refused :raise
    NotAPhone: with the reason
    """
    plain = tidy(text if isinstance(text, str) else "")
    if not any(char.isdigit() and char.isascii() for char in plain) or len(plain) > MAX_LENGTH:
        raise NotAPhone(NONE, plain[:MAX_LENGTH])
    if _CPF.search(plain) or (_CEP.search(fold(plain)) and not _FULL.search(plain)):
        raise NotAPhone(INVALID, plain)
    written = _out_of_a_spreadsheet(plain)
    area = area if _AREA.fullmatch(area or "") else ""
    bare = re.sub(
        r"^(?:tel|fone|telefone|cel|celular|whats(?:app)?|zap|numero|n[º°o.])[.:]?\s*",
        "",
        fold(written),
    )
    whole = _number(bare, area)
    if whole:
        return Found((whole,), rest=False)
    return _several(bare, plain, area)


def _out_of_a_spreadsheet(plain: str) -> str:
    """Return the digits of a numeric cell; NotAPhone if some were lost."""
    if match := _SCIENTIFIC.fullmatch(plain.casefold()):
        digits, exponent = match[1] + (match[2] or ""), int(match[3])
        if len(digits) != exponent + 1:
            raise NotAPhone(LOST, plain)
        return digits
    if re.search(r"[0-9][.,]?[0-9]*e\+[0-9]", plain.casefold()):
        raise NotAPhone(LOST, plain)
    if match := _FLOAT.fullmatch(plain):
        return match[1]
    return plain


def _several(bare: str, plain: str, area: str) -> Found:
    """Return the numbers of a text that contains more than one."""
    rest = bool(re.search(r"[a-z]", bare))
    text = _EXTENSION.sub(" ; ", bare)
    found: list[str] = []
    open_area = area
    reasons = []
    pieces = [piece.strip(" -().") for piece in _BETWEEN.split(text)]
    for piece in _joined([piece for piece in pieces if re.search(r"[0-9]", piece)]):
        number = _number(piece, open_area)
        if number:
            found.append(number)
            if number.startswith(f"+{_COUNTRY}"):
                open_area = number[3:5]
        else:
            reasons.append(_reason(piece))
            rest = True
    if not found and INVALID in reasons:
        found = _searched(text)
    if not found:
        raise NotAPhone(next((r for r in REASONS if r in reasons), NONE), plain)
    # an unreadable part makes the other numbers doubtful: which one was meant?
    if INVALID in reasons and len(re.sub(r"[^0-9]", "", text)) - 13 * len(found) > 4:
        raise NotAPhone(INVALID, plain)
    return Found(tuple(dict.fromkeys(found)), rest=rest)


def _searched(text: str) -> list[str]:
    """Return the numbers in a text that are not separated."""
    matches = phonenumbers.PhoneNumberMatcher(text, "BR")
    return [number for match in matches if (number := _number(match.raw_string, ""))]


def _joined(pieces: list[str]) -> list[str]:
    """Return the pieces with each area code joined to its number ("31 / 98888-7777")."""
    joined: list[str] = []
    for piece in pieces:
        if joined and re.fullmatch(
            r"\(?0?[1-9][1-9]\)?|\+?55(?: ?\(?0?[1-9][1-9]\)?)?", joined[-1]
        ):
            joined[-1] = f"{joined[-1]} {piece}"
        else:
            joined.append(piece)
    return joined


def _reason(text: str) -> str:
    digits = re.sub(r"[^0-9]", "", text)
    if _SERVICE.fullmatch(digits):
        return SERVICE
    if re.fullmatch(r"9?[2-9][0-9]{7}", digits):
        return SHORT
    return INVALID if len(digits) >= 6 else NONE


def _number(text: str, area: str) -> str | None:
    """Return the single number in ``text``, in E.164, or None."""
    if re.search(r"[^0-9+()./\s-]", text) or text.count("+") > 1 or "+" in text[1:].lstrip("("):
        return None
    digits = re.sub(r"[^0-9]", "", text)
    if not 8 <= len(digits) <= 20 or _SERVICE.fullmatch(digits) or _CUT.search(text):
        return None
    international = text.lstrip("( ").startswith("+") or digits.startswith("00")
    if international and not digits.lstrip("0").startswith(_COUNTRY):
        return _valid(f"+{digits.lstrip('0')}", None)
    for candidate in _brazilian(digits, international, area):
        if (number := _valid(f"+{_COUNTRY}{candidate}", None)) and not _is_filler(candidate):
            return number
    return None


def _brazilian(digits: str, international: bool, area: str):
    """Yield readings of ``digits`` as area code and number, the most likely first."""
    national = digits.lstrip("0") if digits.startswith("00") else digits
    if national.startswith(_COUNTRY) and (international or len(national) in (12, 13)):
        yield from _national(national[2:])
    if national.startswith(_COUNTRY * 2) and len(national) in (14, 15):
        yield from _national(national[4:])
    if not international:
        yield from _national(national)
        if re.fullmatch(r"9?[2-9][0-9]{7}", national) and area:
            yield from _national(area + national)


def _national(digits: str):
    """Yield area code and number of digits that may begin with "0" and a carrier code."""
    forms = [digits]
    if digits.startswith("0"):
        forms = [digits[1:]]
        if len(digits) in (13, 14):
            forms = [digits[3:]]
    for form in forms:
        if len(form) == 10 and _MOBILE_8.fullmatch(form[2:]):
            yield f"{form[:2]}9{form[2:]}"
        elif len(form) in (10, 11):
            yield form


def _is_filler(national: str) -> bool:
    """Return whether the number is just a dummy for a form: (31) 99999-9999."""
    return len(set(national[2:])) == 1


def _valid(number: str, region: str | None) -> str | None:
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    kind = phonenumbers.number_type(parsed)
    if kind in (PhoneNumberType.TOLL_FREE, PhoneNumberType.PREMIUM_RATE):
        return None
    return _e164(parsed)


def _e164(parsed) -> str:
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def is_area(code: str) -> bool:
    """Return whether ``code`` is an area code (DDD) of Brazil.

    >>> is_area("31"), is_area("20"), is_area("3")
    (True, False, False)
    """
    return bool(_AREA.fullmatch(code)) and _valid(f"+{_COUNTRY}{code}33334444", None) is not None


def is_mobile(number: str) -> bool:
    """Return whether a number in E.164 may be a mobile.

    Only Brazil's rules are conclusive.
    """
    if number.startswith(f"+{_COUNTRY}"):
        return len(number) == 14
    return True
