# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Numbers and sums of money as people write them: "R$ 1.234,56", "1 mil", "doze"."""

from __future__ import annotations

import re

from .shared import cardinals, tidying

_MAX_LENGTH = 64
#: 1.234,56 and 1234,56 as in Brazil, 1,234.56 as on a pocket calculator
_NUMBER = re.compile(
    r"-?\d{1,3}(?:\.\d{3}){1,4}(?:,\d{1,6})?|-?\d{1,3}(?:,\d{3}){1,4}\.\d{1,6}"
    r"|-?\d{1,3}(?:,\d{3}){2,4}|-?\d{1,3}(?: \d{3}){1,4}(?:,\d{1,6})?|-?\d{1,15}(?:[.,]\d{1,6})?",
    re.ASCII,
)
#: Units, and words before a number: neither changes its value
_BEFORE = re.compile(
    r"^(?:(?:sao|e|foi|foram|deu|da|custa|custou|no total|total de|total|valor de|valor|o valor e|"
    r"so|somente|apenas|tenho|temos|somos(?: em)?|estamos em|resposta|numero|n[ºo°]?|quantidade|"
    r"no valor de|de)"
    r"\b[:.]?\s*)+"
)
_AFTER = re.compile(
    r"\s*(?:(?:de )?(?:reais|real|conto|contos|pila|pilas|mangos|pratas|pau|paus|dinheiros|brl)|"
    r"pessoas?|unidades?|un|anos?|dias?|meses|mes|horas?|vezes|vez|metros?|m2|km|kg|quilos?|"
    r"litros?|"
    r"filh[oa]s?|criancas?|adult[oa]s?|morador(?:es)?|familias?|animais|animal|cachorros?|caes|"
    r"gat[oa]s?|"
    r"arvores?|postes?|lampadas?|casas?|lotes?|quartos?|comodos?|andares?|sacos?|caixas?|pneus?|"
    r"por mes|mensais|ao mes|por ano|obrigad[oa]|obg|vlw|"
    r"itens|item|por cento|%|no total|ao todo|por favor|ok|so|somente|apenas)\s*$"
)
_CURRENCY = re.compile(r"^(-?)\s*(?:r\s?\$|rs\b|brl\b|\$)\s*")
_CENTS = re.compile(r"(.+?) ?(?:reais|real) e (.+?) centavos?")
_CENTS_ONLY = re.compile(r"(.+?) centavos?")
_THOUSANDS = re.compile(r"(.+?) ?(mil|k|milhao|milhoes|mi)(?: e (.+)| (\d+))?")
_SCALES = {"mil": 1_000, "k": 1_000, "milhao": 1_000_000, "milhoes": 1_000_000, "mi": 1_000_000}


def read(text: str) -> int | float | None:
    """Return the only number in ``text``, None if there is none or it is ambiguous.

    >>> read("R$ 1.234,56"), read("1 mil"), read("mil e duzentos"), read("50 conto")
    (1234.56, 1000, 1200, 50)
    >>> read("2 ou 3") is None
    True
    """
    folded = tidying.fold(text)
    if len(folded) > _MAX_LENGTH:
        return None
    # "R$ 50,00 (cinquenta reais)", "50,-"
    folded = re.sub(r"(?<=[0-9])\s*\([^0-9()]+\)$|,-{1,2}$", "", folded)
    folded = folded.strip(" \"'!;()").rstrip(".,").removeprefix("+")
    folded = _BEFORE.sub("", folded)
    before = None
    while folded != before:
        if match := _CENTS.fullmatch(folded):
            return _with_cents(match[1], match[2])
        if match := _CENTS_ONLY.fullmatch(folded):
            return _with_cents("0", match[1])
        before, folded = folded, _AFTER.sub("", folded).rstrip(" .,!")
    return _plain(_CURRENCY.sub(r"\1", folded))


def _plain(text: str) -> int | float | None:
    if _NUMBER.fullmatch(text):
        return _digits(text)
    if (words := cardinals.read(text)) is not None:
        return words
    match = _THOUSANDS.fullmatch(text)
    if not match:
        return None
    head = _digits(match[1]) if _NUMBER.fullmatch(match[1]) else None
    tail = _plain(match[3] or match[4]) if match[3] or match[4] else 0
    scale = _SCALES[match[2]]
    # "1.500 mil" and "2 mil e 3.000" are not numbers that people say
    if head is None or tail is None or not 0 < head < 1000 or not 0 <= tail < scale:
        return None
    value = round(head * scale, 6) + tail
    return int(value) if value == int(value) else value


def _with_cents(whole: str, cents: str) -> float | None:
    whole_value, cents_value = _plain(_CURRENCY.sub("", whole)), _plain(cents)
    if not isinstance(whole_value, int) or not isinstance(cents_value, int):
        return None
    return round(whole_value + cents_value / 100, 2) if 0 <= cents_value < 100 else None


def _digits(text: str) -> int | float:
    text = text.replace(" ", "")
    if "," in text and "." in text:
        decimal = "," if text.rfind(",") > text.rfind(".") else "."
    elif text.count(",") > 1 or text.count(".") > 1 or re.fullmatch(r"-?\d{1,3}\.\d{3}", text):
        decimal = ""
    else:
        decimal = "," if "," in text else "."
    for mark in {",", "."} - {decimal}:
        text = text.replace(mark, "")
    text = text.replace(",", ".")
    return float(text) if "." in text else int(text)
