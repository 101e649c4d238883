"""The contacts of a day, drawn from a seed: who comes when, where, and what for.

Pure. The same seed gives the same day, whatever other days are drawn before or after it.
"""

import math
import random
from dataclasses import dataclass
from datetime import date

from .shape import DAY_SECONDS, HALF_HOURS, OUTBREAK, STREAMS, Stream, expected, poisson, storm

SLOT = DAY_SECONDS / HALF_HOURS
CITIZENS = 1_500
"""People of the city who write to the 156, some of them often."""

PATIENCE = 420.0
"""Mean seconds after which somebody gives up waiting."""

ELECTRONIC = 0.55
"""Contacts that the assistant ends by itself, as a part of those that people serve."""

SPREAD = 0.45
"""Of the logarithm of handling times."""

RATED = 0.46
RATINGS = (("very_good", 0.62), ("good", 0.25), ("fair", 0.08), ("poor", 0.05))
NATURES = (("information", 0.52), ("request", 0.33), ("complaint", 0.15))
PRIORITIES = ((0, 0.94), (1, 0.05), (2, 0.01))


@dataclass(frozen=True, slots=True)
class Coming:
    """A contact that comes.

    :param at: seconds after midnight, local time
    :param queue: key in the preset
    :param citizen: number of the citizen, below `CITIZENS`
    :param handling: seconds that it takes of an agent
    :param patience: seconds that the citizen waits
    :param nature: what kind of contact it is
    :param subject: a number that chooses among the queue's subjects
    :param rating: the answer to the survey, "" for none
    :param priority: as the router counts it
    :param electronic: the assistant ends it
    """

    at: float
    queue: str
    citizen: int
    handling: float
    patience: float
    nature: str
    subject: int
    rating: str
    priority: int
    electronic: bool


def choose(rnd: random.Random, weighted):
    """Return one of (value, part) pairs, by their parts."""
    values, parts = zip(*weighted, strict=True)
    return rnd.choices(values, parts)[0]


def draw_day(day: date, contacts: float, seed: str, is_holiday: bool = False) -> list[Coming]:
    """Return the contacts of a day in order of time.

    :param contacts: expected on a Thursday, those of the assistant not counted
    """
    mood = math.exp(random.Random(f"mood {seed} {day}").gauss(0, 0.06))
    dark = storm(day, seed)
    found = []
    for stream in STREAMS:
        rnd = random.Random(f"{stream.queue} {seed} {day}")
        for slot, mean in enumerate(expected(stream, day, contacts * mood, is_holiday)):
            more = OUTBREAK if _is_dark(stream, slot, dark) else 1.0
            for electronic, part in ((False, 1.0), (True, ELECTRONIC)):
                for _number in range(poisson(rnd, mean * more * part)):
                    found.append(_coming(rnd, stream, slot, electronic, more > 1))
    return sorted(found, key=lambda one: (one.at, one.queue, one.citizen))


def _is_dark(stream: Stream, slot: int, dark: float | None) -> bool:
    return stream.queue == "streets" and dark is not None and dark <= slot / 2 < dark + 2


def _coming(
    rnd: random.Random, stream: Stream, slot: int, electronic: bool, is_storm: bool
) -> Coming:
    mean = math.log(stream.handling) - SPREAD**2 / 2
    at = (slot + rnd.random()) * SLOT
    return Coming(
        # Queues open and close within a half hour
        at=min(max(at, stream.opens * 3600), stream.closes * 3600 - 1),
        queue=stream.queue,
        citizen=int(CITIZENS * rnd.random() ** 1.6),
        handling=max(rnd.lognormvariate(mean, SPREAD), 30.0),
        patience=rnd.expovariate(1 / PATIENCE),
        nature="request" if is_storm else choose(rnd, NATURES),
        # In a storm all of them are about the lights, the second subject of that queue
        subject=1 if is_storm else rnd.randrange(1_000_000),
        rating=choose(rnd, RATINGS) if rnd.random() < RATED else "",
        priority=choose(rnd, PRIORITIES),
        electronic=electronic,
    )
