"""Words as the archive finds them: without accents, capitals or irregular plurals.

PostgreSQL's Portuguese stemmer does the regular endings. It knows the irregular plurals
only with their accents, which hurried people leave out: both forms are brought together here.
"""

import re
import unicodedata

# Irregular plurals, accents already gone: solicitacoes, caes, municipais, papeis, barris, lencois.
# Three letters stay before the last three, so that "mais", "pois" and "seis" keep theirs.
_PLURALS = (
    (re.compile(r"\b(\w+)(?:oes|aes)\b"), r"\1ao"),
    (re.compile(r"\b(\w{3,})ais\b"), r"\1al"),
    (re.compile(r"\b(\w{3,})eis\b"), r"\1el"),
    (re.compile(r"\b(\w{3,})ois\b"), r"\1ol"),
)


def fold(text):
    """`text` (str) as it is put into the index, and as what is searched for is compared with it.

    Lower case, no accents, no NUL, irregular Portuguese plurals in the singular, one space
    between words. Folding twice changes nothing more.
    """
    decomposed = unicodedata.normalize("NFKD", text.replace("\x00", " "))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
    # Folding the case of some letters makes new combined ones
    bare = unicodedata.normalize("NFKD", bare)
    bare = "".join(char for char in bare if not unicodedata.combining(char))
    words = " ".join(bare.split())
    for pattern, singular in _PLURALS:
        words = pattern.sub(singular, words)
    return words
