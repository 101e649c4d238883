# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How many contacts were to be expected, and how unlikely the number is that came.

The mean is that of the same minutes of the same weekday in earlier weeks, which are few and often
empty: the mean over all hours stands in as a weak prior (gamma), and what is not known of the mean
goes into the variance. Contacts scatter more than a Poisson law allows, so the law is a negative
binomial one whose dispersion is estimated from the same weeks and never below Poisson.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

# Weight of the prior, in windows: half of one week.
PRIOR_WINDOWS = 0.5
# A mean is never taken for less: nobody knows that something happens less often than that.
LEAST_MEAN = 0.02
# Dispersion (variance over mean) that is assumed, and for how many weeks that counts.
USUAL_DISPERSION = 1.5
USUAL_WEIGHT = 4.0
MOST_DISPERSION = 6.0
# Half hours in a week; tests of one series within a half hour that count as independent ones.
HALF_HOURS = 336
INDEPENDENT_TESTS = 3.0


@dataclass(frozen=True)
class Span:
    """Contacts of an earlier week around the same time of day.

    :ivar count: contacts in it
    :ivar windows: its length, in windows of the alarm
    """

    count: int
    windows: float


@dataclass(frozen=True)
class Expected:
    """Return what a window brings, by earlier weeks and the usual mean."""

    mean: float
    variance: float


def expected(spans: Sequence[Span], usual: float) -> Expected:
    """Return what a window brings, by earlier weeks and by the mean over all hours.

    :param spans: earlier weeks without an outbreak
    :param usual: contacts in a window, as the mean over all hours

    >>> ten = [Span(20, 2.0)] * 8
    >>> round(expected(ten, 6.0).mean, 1)
    9.9
    >>> expected([], 0.5).mean
    0.5
    """
    windows = sum(span.windows for span in spans) + PRIOR_WINDOWS
    shape = sum(span.count for span in spans) + max(usual, LEAST_MEAN) * PRIOR_WINDOWS
    mean = max(shape / windows, LEAST_MEAN)
    unsure = mean / windows
    return Expected(mean, mean * _dispersion(spans, mean) + unsure)


def _dispersion(spans: Sequence[Span], mean: float) -> float:
    """Return variance over mean, drawn towards the usual one while there are few weeks."""
    if len(spans) < 2:
        return USUAL_DISPERSION
    found = sum((span.count - mean * span.windows) ** 2 / (mean * span.windows) for span in spans)
    free = len(spans) - 1
    drawn = (USUAL_DISPERSION * USUAL_WEIGHT + found) / (USUAL_WEIGHT + free)
    return min(max(drawn, 1.0), MOST_DISPERSION)


def tail(count: int, law: Expected) -> float:
    """Return the probability that `count` contacts or more come in a window.

    Summed from `count` upwards: what is tiny stays exact.

    >>> round(tail(1, Expected(1.0, 1.0)), 4)
    0.6321
    >>> tail(37, Expected(1.2, 2.0)) < 1e-12
    True
    """
    if count <= 0:
        return 1.0
    if law.variance <= law.mean * (1 + 1e-9):
        first, ratio = _poisson(count, law.mean)
    else:
        first, ratio = _negative_binomial(count, law)
    total, term, k = 0.0, math.exp(first), count
    while term > 1e-320 and (k < law.mean or term > total * 1e-12):
        total += term
        k += 1
        term *= ratio(k)
    return min(total, 1.0)


def _poisson(count, mean):
    """Return the logarithm of the first probability, and p(k) / p(k - 1)."""
    first = count * math.log(mean) - mean - math.lgamma(count + 1)
    return first, lambda k: mean / k


def _negative_binomial(count, law):
    """Return the logarithm of the first probability, and p(k) / p(k - 1)."""
    success = law.mean / law.variance
    size = law.mean * success / (1 - success)
    first = (
        math.lgamma(count + size)
        - math.lgamma(size)
        - math.lgamma(count + 1)
        + size * math.log(success)
        + count * math.log1p(-success)
    )
    return first, lambda k: (k - 1 + size) / k * (1 - success)


def limit(series: int, false_alarms: float) -> float:
    """Return below which probability a count raises an alarm.

    Each minute every series is looked at, with a window that moves by a minute: within a half hour
    that counts as a few independent looks.

    :param series: pairs of subject and district, and subjects in the whole city, that are watched
    :param false_alarms: how many of all of them together may be raised by chance in a week

    >>> f"{limit(50, 0.5):.1e}"
    '9.9e-06'
    """
    return false_alarms / (max(series, 1) * HALF_HOURS * INDEPENDENT_TESTS)
