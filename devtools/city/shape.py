"""How many contacts a city's 156 gets by queue, half hour, weekday and season.

Pure. The figures are invented, but look like those that a city publishes: two humps a day, Mondays
full, Sundays and holidays quiet, taxes in January and around the due date.
"""

import math
import random
from dataclasses import dataclass
from datetime import date, timedelta

HALF_HOURS = 48
DAY_SECONDS = 86_400.0

WEEKDAYS = (1.17, 1.08, 1.02, 1.0, 0.95, 0.44, 0.27)
"""From Monday to Sunday, as parts of a Thursday."""

HOLIDAY = 0.30
"""What comes on a holiday, as a part of a Thursday."""

HUMPS = ((10.25, 1.7, 1.0), (15.0, 2.1, 0.86), (19.75, 2.0, 0.2))
"""Hour, width in hours and height of the humps of a day."""

NIGHT = 0.012
"""What comes at any hour, on the scale of the humps."""

GROWTH = 0.0006
"""By which each day has more than the one before."""

DUE_DAYS, DUE = range(10, 16), 1.35
JANUARY = 1.5
"""Around the due date, and in the month of the property tax, citizens ask about taxes."""

OUTBREAK = 3.0
OUTBREAK_EVERY = 13
"""Each so many days a storm puts out the lights: so many times the usual calls for two hours."""


@dataclass(frozen=True)
class Stream:
    """What comes to one queue.

    :param queue: its key in the preset of the 156
    :param share: part of all contacts
    :param handling: mean seconds that one takes
    :param opens, closes: hours of the day
    """

    queue: str
    share: float
    handling: float
    opens: float = 0.0
    closes: float = 24.0


_DAY = (6 + 40 / 60, 19 + 20 / 60)

STREAMS = (
    Stream("streets", 0.22, 430),
    Stream("health", 0.17, 380, *_DAY),
    Stream("taxes", 0.13, 520, *_DAY),
    Stream("traffic", 0.11, 400, 6.0, 24.0),
    Stream("citizenship", 0.09, 560, *_DAY),
    Stream("fines", 0.08, 450, *_DAY),
    Stream("information", 0.07, 300, *_DAY),
    Stream("work", 0.07, 360, *_DAY),
    Stream("permits", 0.04, 600, *_DAY),
    Stream("culture", 0.02, 280),
)
"""The queues of the preset; people of its other hours talk to the assistant only."""


def hump(hour: float) -> float:
    """Return how much comes at an hour of an open day, on the scale of `HUMPS`."""
    return NIGHT + sum(
        height * math.exp(-0.5 * ((hour - at) / width) ** 2) for at, width, height in HUMPS
    )


def profile(stream: Stream) -> tuple[float, ...]:
    """Return the parts of a stream's day by half hour; all together are 1."""
    weights = []
    for slot in range(HALF_HOURS):
        start, end = slot / 2, (slot + 1) / 2
        open_part = max(min(end, stream.closes) - max(start, stream.opens), 0.0) * 2
        weights.append(hump(start + 0.25) * open_part)
    total = sum(weights)
    return tuple(weight / total for weight in weights)


def factor(day: date, is_holiday: bool) -> float:
    """Return how busy a day is, as a part of a Thursday."""
    return HOLIDAY if is_holiday else WEEKDAYS[day.weekday()]


def season(stream: Stream, day: date) -> float:
    """Return how much more than usual comes to a stream on a day of the year."""
    if stream.queue != "taxes":
        return 1.0
    return (JANUARY if day.month == 1 else 1.0) * (DUE if day.day in DUE_DAYS else 1.0)


def expected(
    stream: Stream, day: date, contacts: float, is_holiday: bool = False
) -> tuple[float, ...]:
    """Return the contacts expected by half hour.

    :param contacts: of all streams on a Thursday
    """
    # Growth counts from a day that never changes, or a longer past would change each of its days
    grown = 1 + GROWTH * (day - date(2026, 1, 1)).days
    total = contacts * stream.share * factor(day, is_holiday) * season(stream, day) * grown
    return tuple(max(total, 0.0) * part for part in profile(stream))


def storm(day: date, seed: str) -> float | None:
    """Return the hour at which the lights went out on a day, if they did."""
    rnd = random.Random(f"storm {seed} {day}")
    return rnd.uniform(17.5, 20.5) if rnd.random() < 1 / OUTBREAK_EVERY else None


def poisson(rnd: random.Random, mean: float) -> int:
    """Return a number drawn from Poisson's distribution.

    >>> poisson(random.Random(1), 0.0)
    0
    """
    count, left = -1, mean
    while left >= 0:
        count += 1
        left -= rnd.expovariate(1.0)
    return count


def past_days(last: date, count: int) -> list[date]:
    """Return so many days, the last one included, the oldest first."""
    return [last - timedelta(days=back) for back in range(count - 1, -1, -1)]
