"""The satisfaction survey: four levels, answered by a button, a number or a word."""

import re
import unicodedata

PREFIX = "survey:"
# Best first: the order in which they are offered, and the numbers 1 to 4 of a channel without
# buttons. The titles are what the citizen reads.
LEVELS = (
    ("very_good", "Muito bom"),
    ("good", "Bom"),
    ("fair", "Regular"),
    ("poor", "Ruim"),
)
VALUES = tuple(value for value, _title in LEVELS)

_WORDS = {
    "very_good": ("muito bom", "muito boa", "otimo", "otima", "excelente", "muito bem", "perfeito"),
    "good": ("bom", "boa", "bem"),
    "fair": ("regular", "razoavel", "mais ou menos", "medio", "media"),
    "poor": ("ruim", "pessimo", "pessima", "muito ruim", "horrivel", "mau", "mal"),
}
_BY_WORD = {word: value for value, words in _WORDS.items() for word in words}


def _plain(text: str) -> str:
    """Lower case, without accents, punctuation nor emoji, single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w]+", " ", kept).split())


def parse_answer(text: str = "", option_id: str = "") -> str | None:
    """The level that the citizen's answer means, or None when it is no answer to the survey.

    >>> parse_answer(option_id="survey:good"), parse_answer("1"), parse_answer("ÓTIMO!!")
    ('good', 'very_good', 'very_good')
    >>> parse_answer("meu computador não liga") is None
    True
    """
    if option_id:
        value = option_id.removeprefix(PREFIX)
        return value if option_id.startswith(PREFIX) and value in VALUES else None
    plain = _plain(text)
    if re.fullmatch(r"[1-4]", plain, re.ASCII):
        return VALUES[int(plain) - 1]
    return _BY_WORD.get(plain)
