# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Feasts whose date depends on Easter, and when they are in a given year.

Lists kept by hand often still contain last year's carnival; Easter itself is ``dateutil``'s.
"""

import re
from datetime import date, timedelta

from dateutil.easter import easter

from .tidying import fold

# Offsets from Easter in days: first the day itself, then days also observed in some cities
_FEASTS = (
    (re.compile(r"\bcinzas\b"), (-46,)),
    (re.compile(r"\bcarnaval\b"), (-47, -48, -49, -50, -46)),
    (re.compile(r"\bramos\b"), (-7,)),
    (re.compile(r"quinta.*\bsanta\b|endoencas"), (-3,)),
    (re.compile(r"sexta.*\b(?:santa|paixao)\b|paixao de cristo|^paixao$"), (-2,)),
    (re.compile(r"sabado.*\b(?:santo|aleluia)\b"), (-1,)),
    (re.compile(r"segunda.*\bpascoa\b|\bpascoela\b"), (1, 7)),
    (re.compile(r"\bpascoa\b"), (0,)),
    (re.compile(r"\bascensao\b"), (39, 42)),
    (re.compile(r"\bpentecostes\b"), (49,)),
    (re.compile(r"corpus ?(?:christi|cristi|crist)\b|corpo de (?:cristo|deus)"), (60, 61)),
)


def right_day(day: date, name: str) -> date | None:
    """Return the feast's right date in that year.

    None if the date is right or there is no such feast.

    >>> right_day(date(2026, 3, 4), "Carnaval"), right_day(date(2026, 6, 4), "Corpus Christi")
    (datetime.date(2026, 2, 17), None)
    """
    words = fold(name)
    # "véspera de", "ponte", "recesso": days next to the feast
    if re.search(r"\b(?:vespera|ponte|recesso|emenda|apos|antes|pos)\b", words):
        return None
    for expression, offsets in _FEASTS:
        if expression.search(words):
            sunday = easter(day.year)
            right = {sunday + timedelta(days=offset) for offset in offsets}
            return None if day in right else sunday + timedelta(days=offsets[0])
    return None
