# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Yes or no when people change their mind: "não, pera, sim".

The last clear word counts, unless followed by doubt.
"""

from __future__ import annotations

import re

from .shared import tidying, yes_no

#: Words that retract what was written before
_TAKEN_BACK = re.compile(
    r"\b(?:pera ?ai|pera|espera(?: ai)?|espere|ops|opa|digo|quer dizer|alias|ou melhor|errei|"
    r"desculpa|desculpe|corrigindo|mudei de ideia|quis dizer)\b"
)
_DOUBT = re.compile(
    r"\b(?:mas|porem|talvez|depende|acho|duvida|sei|pera|perai|espera|calma|ops|se|quase|menos|"
    r"contudo|todavia|entretanto)\b"
)
#: Longer texts are stories, in which such words mean nothing
_MAX_WORDS = 12


def read(text: str) -> bool | None:
    """Return the yes or no that follows the words "pera", "ops", "digo" ...; or None.

    >>> read("não, pera, sim"), read("sim... ops, não"), read("sim, moro aqui"), read("sim, pera")
    (True, False, None, None)
    """
    folded = tidying.fold(text)
    found = list(_TAKEN_BACK.finditer(folded))
    if not found or len(folded.split()) > _MAX_WORDS:
        return None
    return yes_no.read(folded[found[-1].end() :].lstrip(" ,.;:!-…"))


def doubts(text: str) -> bool:
    """Return whether a line retracts or doubts what was said before it.

    >>> doubts("mas acho que não"), doubts("moro aqui há anos")
    (True, False)
    """
    return bool(_DOUBT.search(tidying.fold(text)))
