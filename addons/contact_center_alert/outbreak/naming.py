# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The words by which a subject is known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection


def folded(text: str) -> str:
    """Return a text in small letters without accents and marks.

    >>> folded("  Iluminação-Pública! ")
    'iluminacao publica'
    """
    plain = unicodedata.normalize("NFKD", text or "")
    plain = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


def matcher(words: Collection[str]) -> re.Pattern | None:
    """Return a pattern that finds any of these words, None without words.

    In a folded text, and whole words or phrases only; a star at the end stands for any ending.

    >>> found = matcher(["poste", "sem luz", "ilumina*"])
    >>> [bool(found.search(folded(text))) for text in ("Estamos SEM LUZ", "iluminação", "postes")]
    [True, True, False]
    """
    parts = []
    for word in words:
        plain = folded(word)
        if plain:
            parts.append(re.escape(plain) + ("[a-z0-9]*" if word.rstrip().endswith("*") else ""))
    return re.compile(rf"\b(?:{'|'.join(parts)})\b") if parts else None
