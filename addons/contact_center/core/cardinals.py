# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Numbers in Portuguese words: "doze", "mil e duzentos", "vinte e um"."""

_UNITS = {
    word: number
    for number, word in enumerate(
        "zero um dois tres quatro cinco seis sete oito nove dez onze doze treze quatorze quinze "
        "dezesseis dezessete dezoito dezenove".split()
    )
} | {"uma": 1, "duas": 2, "catorze": 14, "dezasseis": 16, "meia": 6}
_TENS = {
    word: number * 10
    for number, word in enumerate(
        "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa".split(), 2
    )
} | {"cincoenta": 50}
_HUNDREDS = {
    word: number * 100
    for number, word in enumerate(
        "cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos "
        "novecentos".split(),
        1,
    )
} | {"cem": 100, "duzentas": 200, "trezentas": 300, "quinhentas": 500}
_SCALES = {"mil": 1000, "milhao": 1_000_000, "milhoes": 1_000_000}
#: What a word may follow, by the magnitude of its number
_BELOW = (_UNITS, _TENS, _HUNDREDS)


def read(text: str) -> int | None:
    """Return the number that folded words stand for, None for anything else.

    >>> read("mil e duzentos"), read("vinte e um"), read("2 mil e 500"), read("vinte trinta")
    (1200, 21, 2500, None)
    """
    words = [word for word in text.split() if word != "e"]
    if not words or "meia" in words or text.split()[0] == "e" or text.split()[-1] == "e":
        return None
    total = 0
    last_scale = None
    group: list[str] = []
    for word in words:
        if word not in _SCALES:
            group.append(word)
            continue
        scale = _SCALES[word]
        value = _below_thousand(group) if group else 1
        if value is None or value == 0 or (last_scale and scale >= last_scale):
            return None
        total, last_scale, group = total + value * scale, scale, []
    if group:
        value = _below_thousand(group)
        if value is None:
            return None
        total += value
    return total


def _below_thousand(words: list[str]) -> int | None:
    """Return the number below 1,000 that these words stand for: hundreds, then tens, then units."""
    if len(words) == 1 and words[0].isascii() and words[0].isdigit() and len(words[0]) <= 3:
        return int(words[0])
    total, size = 0, 3
    for word in words:
        rank = next((rank for rank, names in enumerate(_BELOW) if word in names), None)
        if rank is None or rank >= size or (word == "cem" and len(words) > 1):
            return None
        value = _BELOW[rank][word]
        # ten to nineteen cannot be combined, nor can "zero"
        if total and (value == 0 or (rank == 0 and total % 100 and value > 9)):
            return None
        total, size = total + value, rank
    return total
