"""Feasts whose day follows Easter, and what they are on in a year.

Lists that somebody keeps by hand often carry last year's carnival along; Easter itself is
``dateutil``'s.
"""

import re
from datetime import date, timedelta

from dateutil.easter import easter

from .tidying import fold

# Days from Easter, the first one is the day itself; the others are kept as well in some cities
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
    """Return the day on which this feast is in that year, None when it is right or no such feast.

    >>> right_day(date(2026, 3, 4), "Carnaval"), right_day(date(2026, 6, 4), "Corpus Christi")
    (datetime.date(2026, 2, 17), None)
    """
    words = fold(name)
    # "véspera de", "ponte", "recesso": days beside the feast
    if re.search(r"\b(?:vespera|ponte|recesso|emenda|apos|antes|pos)\b", words):
        return None
    for expression, offsets in _FEASTS:
        if expression.search(words):
            sunday = easter(day.year)
            right = {sunday + timedelta(days=offset) for offset in offsets}
            return None if day in right else sunday + timedelta(days=offsets[0])
    return None
