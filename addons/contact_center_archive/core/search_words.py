# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Search words of the archive: without accents, capitals or irregular plurals.

PostgreSQL's Portuguese stemmer handles regular endings. It recognises irregular plurals only with
their accents, which people in a hurry omit: both forms are unified here.
"""

import re
import unicodedata

# Irregular plurals, accents already gone: solicitacoes, caes, municipais, papeis, barris, lencois.
# At least three letters must precede the ending, so that "mais", "pois" and "seis" are unchanged.
_PLURALS = (
    (re.compile(r"\b(\w+)(?:oes|aes)\b"), r"\1ao"),
    (re.compile(r"\b(\w{3,})ais\b"), r"\1al"),
    (re.compile(r"\b(\w{3,})eis\b"), r"\1el"),
    (re.compile(r"\b(\w{3,})ois\b"), r"\1ol"),
)


def fold(text):
    """Return `text` (str) in the form used both for the index and for queries.

    Lower case, no accents, no NUL, irregular Portuguese plurals in the singular, one space
    between words. Folding twice changes nothing more.
    """
    decomposed = unicodedata.normalize("NFKD", text.replace("\x00", " "))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
    # Case-folding some letters produces new combining characters
    bare = unicodedata.normalize("NFKD", bare)
    bare = "".join(char for char in bare if not unicodedata.combining(char))
    words = " ".join(bare.split())
    for pattern, singular in _PLURALS:
        words = pattern.sub(singular, words)
    return words
