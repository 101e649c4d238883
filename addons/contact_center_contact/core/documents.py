# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Identity documents of people and companies in Brazil."""

from unicodedata import decimal

from stdnum.br import cnpj, cpf


def format_document(text: str) -> str:
    """Return a CPF or CNPJ with its usual punctuation.

    >>> format_document("52998224725")
    '529.982.247-25'

    :raise ValueError: it is neither, or its check digits are wrong
    """
    # What is a digit in any script passes the check, and would be kept as it is
    plain = "".join(str(decimal(sign)) if sign.isdecimal() else sign for sign in text)
    for kind in (cpf, cnpj):
        if kind.is_valid(plain):
            return kind.format(plain)
    raise ValueError(f"neither a CPF nor a CNPJ: {text!r}")
