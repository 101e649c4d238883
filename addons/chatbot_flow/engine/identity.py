# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""CPF and CNPJ: Brazil's numbers for people and companies.

Check digits are python-stdnum's, which knows the CNPJ with letters as well (in use from July 2026).
Stored without punctuation, shown with it.
"""

from __future__ import annotations

import re

from stdnum.br import cnpj, cpf

from .shared import tidying

#: Longer texts contain no number worth looking for
_MAX_LENGTH = 200
#: Separators that people put between groups, even across two lines
_GAP = r"[ .,/|\\-]{0,3}"
_CPF = re.compile(
    rf"(?<![0-9$])(?<![0-9][.,/-])(?<!\$ "
    rf")[0-9]{{3}}{_GAP}[0-9]{{3}}{_GAP}[0-9]{{3}}{_GAP}[0-9]{{2}}"
    r"(?![.,/-]?[0-9])"
)
_CNPJ = re.compile(
    rf"(?<![0-9A-Z])(?<![0-9][.,/-])[0-9A-Z]{{2}}{_GAP}[0-9A-Z]{{3}}{_GAP}[0-9A-Z]{{3}}{_GAP}"
    rf"[0-9A-Z]{{4}}{_GAP}[0-9]{{2}}(?![.,/-]?[0-9A-Z])"
)
#: Digits with a blank after each: "3 9 0 5 3 3 4 4 7 0 5"
_SPELT = re.compile(r"[0-9]{1,2}(?:[ .,/-]+[0-9]{1,2})+")
#: The letter O in place of a zero: "390.533.447-O5"
_LETTER_O = re.compile(r"(?<=[0-9./-])[oO]+(?=[0-9./-])")
#: Fewer digits than this are words that happen to fit a CNPJ with letters
_MIN_DIGITS = 6


def parse_cpf(text: str) -> str | None:
    """Return the 11 digits of the only CPF in the text.

    None without one or if it cannot be one.
    """
    return _only(_CPF, text, cpf.compact, cpf.is_valid) or _only(
        _CPF, _noughts(text), cpf.compact, cpf.is_valid
    )


def parse_cnpj(text: str) -> str | None:
    """Return the 14 characters of the only CNPJ in the text.

    None without one or if it cannot be one.
    """
    written = tidying.tidy(text).upper().replace("CNPJ", " ")
    # letters may belong to it: only impossible characters are corrected
    return _only(_CNPJ, written, cnpj.compact, cnpj.is_valid) or _only(
        _CNPJ, _noughts(written), cnpj.compact, cnpj.is_valid
    )


def show_cpf(value: str) -> str:
    """Return ``390.533.447-05``; anything that is not a CPF unchanged."""
    return cpf.format(value) if cpf.is_valid(value) else value


def show_cnpj(value: str) -> str:
    """Return ``16.727.230/0001-97``; anything that is not a CNPJ unchanged."""
    return cnpj.format(value) if cnpj.is_valid(value) else value


def _noughts(text: str) -> str:
    return _LETTER_O.sub(lambda match: "0" * len(match[0]), tidying.tidy(text))


def _only(expression, text, compact, is_valid) -> str | None:
    text = tidying.tidy(text)
    if len(text) > _MAX_LENGTH:
        return None
    if _SPELT.fullmatch(text):
        text = re.sub(r"[^0-9]", "", text)
    found = {compact(re.sub(r"[ .,/|\\-]", "", match)) for match in expression.findall(text)}
    found = {number for number in found if sum(map(str.isdigit, number)) >= _MIN_DIGITS}
    if len(found) != 1:
        return None
    (number,) = found
    # "111.111.111-11" has valid check digits, but is nobody's
    return number if len(set(number)) > 1 and number.isascii() and is_valid(number) else None
