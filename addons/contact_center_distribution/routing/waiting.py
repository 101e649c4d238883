# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How long a contact will wait: a range, self-correcting, with its formula."""

import bisect
import math
from dataclasses import dataclass

#: Parts of people that wait at most so long: the low end of the range, the middle, the high end
SHARES = (0.25, 0.5, 0.8)

#: The same quantiles of the standard normal distribution
NORMAL = (-0.6744897501960817, 0.0, 0.8416212335729143)

#: Contacts ahead up to which each band of corrections goes; one more band is above the last
BANDS = (0, 2, 5, 10, 20, 40)

#: How much of a factor one contact moves, and where factors end. The waits of one busy hour are all
#: long: a larger step would follow the hour instead of the queue, and every forecast be worse.
STEP = 0.0025
LEAST_FACTOR, MOST_FACTOR = 0.5, 2.0

#: Contacts that waited long stand for others who gave up: for so many at most
MOST_WEIGHT = 5.0

#: Busy seconds at which what an agent did counts as much as what the queues are
IDLE_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Traffic:
    """What a forecast needs to know.

    :param ahead: waiting contacts that would be served before this one
    :param agents: contacts that are served at a time (see `forecasting.Forecaster`, or
        `agent_share` where there is no snapshot); 0: nobody is there
    :param service_seconds: mean time that a contact occupies one unit of `agents`, after-contact
        work included (see `shrunk_mean`)
    :param patience_seconds: mean time after which people give up (see `mean_patience`); None: they
        do not
    :param free: whether a qualified agent could take a contact at once
    """

    ahead: int
    agents: float
    service_seconds: float
    patience_seconds: float | None = None
    free: bool = False


@dataclass(frozen=True, slots=True)
class Forecast:
    """A forecast, corrected by what was learned.

    :param seconds: expected wait
    :param low: minutes, rounded up, that a quarter of people wait at most
    :param high: minutes, rounded up, that four of five people wait at most
    :param basis: uncorrected 25 %, 50 % and 80 % quantiles in seconds; to be kept with the stay,
        for `Correction.learn`
    :param ahead: as in `Traffic`; to be kept too
    """

    seconds: float
    low: int
    high: int
    basis: tuple[float, float, float] = (0.0, 0.0, 0.0)
    ahead: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """What a citizen was told last.

    :param low: minutes
    :param high: minutes
    :param longer: how often a longer time than before was told
    """

    low: int
    high: int
    longer: int = 0


@dataclass(frozen=True, slots=True)
class Correction:
    """What a queue learned about its forecasts: factors by band of contacts ahead.

    Each band has a factor for each of the three quantiles of `Forecast.basis`. They follow what
    really happened a step at a time: up where people waited longer than the quantile says, down
    where they waited less, in the proportion that makes the quantile true. So they forget: a
    factor is about the last `1 / STEP` contacts of its band.

    `to_json` and `from_json` keep it; `learn` returns a new one.
    """

    factors: tuple[tuple[float, float, float], ...] = ((1.0, 1.0, 1.0),) * (len(BANDS) + 1)

    def learn(
        self,
        ahead: int,
        basis: tuple[float, float, float],
        waited: float,
        patience_seconds: float | None = None,
    ) -> "Correction":
        """Return what is known after a contact was answered.

        :param ahead: of the forecast
        :param basis: of the forecast
        :param waited: seconds until an agent answered, from the moment of the forecast
        :param patience_seconds: see `Traffic`: those who give up are not seen, and the longer the
            wait, the more of them; this makes up for it
        """
        if not basis[1] > 0:
            return self
        weight = 1.0
        if patience_seconds:
            weight = min(math.exp(min(waited / patience_seconds, 2.0)), MOST_WEIGHT)
        band = bisect.bisect_left(BANDS, ahead)
        factors = tuple(
            _moved(factor, share, waited > seconds * factor, weight)
            for factor, share, seconds in zip(self.factors[band], SHARES, basis, strict=True)
        )
        return Correction((*self.factors[:band], factors, *self.factors[band + 1 :]))

    def of(self, ahead: int) -> tuple[float, float, float]:
        """Return the factors for a contact with so many ahead."""
        return self.factors[bisect.bisect_left(BANDS, ahead)]

    def to_json(self) -> list[list[float]]:
        """Return it as a value that JSON can hold."""
        return [list(band) for band in self.factors]

    @classmethod
    def from_json(cls, value: list[list[float]] | None) -> "Correction":
        """Return what `to_json` gave, or a new one if it is nothing or of other bands."""
        if not value or len(value) != len(BANDS) + 1:
            return cls()
        return cls(tuple(tuple(map(_clipped, band)) for band in value))


def estimate(traffic: Traffic, correction: Correction | None = None) -> Forecast | None:
    """Return how long a contact will wait; None: no agents, no forecast.

    With `n` contacts ahead, `s` agents who each end a contact at rate `μ`, and people who give up
    at rate `θ`, the place moves up at rates sμ + iθ: the expected wait is Σ 1/(sμ + iθ), i = 0..n.
    Its variance is Σ 1/(sμ + iθ)²; a gamma distribution with both gives the range.
    """
    if traffic.agents <= 0 or traffic.service_seconds <= 0:
        return None
    if traffic.free and not traffic.ahead:
        return Forecast(0.0, 0, 0)
    served = traffic.agents / traffic.service_seconds
    leaving = 1.0 / traffic.patience_seconds if traffic.patience_seconds else 0.0
    steps = [1.0 / (served + place * leaving) for place in range(traffic.ahead + 1)]
    mean = math.fsum(steps)
    shape = mean * mean / math.fsum(step * step for step in steps)
    basis = tuple(mean * gamma_quantile(shape, normal) for normal in NORMAL)
    low, middle, high = (correction or Correction()).of(traffic.ahead)
    return Forecast(
        mean * middle,
        _minutes(basis[0] * low),
        max(_minutes(basis[2] * high), _minutes(basis[0] * low)),
        basis,
        traffic.ahead,
    )


def gamma_quantile(shape: float, normal: float) -> float:
    """Return a quantile of the gamma distribution with mean 1.

    By Wilson and Hilferty, 1931.

    :param shape: mean² / variance, at least 1 here; the error is then under 3 % of the mean
    :param normal: the same quantile of the standard normal distribution
    """
    ninth = 1.0 / (9.0 * shape)
    return max(1.0 - ninth + normal * math.sqrt(ninth), 0.0) ** 3


def tell(forecast: Forecast, told: Told | None = None) -> Told:
    """Return what a citizen is told now; a longer time than before at most once.

    After that they keep hearing the longest that they were told, until it becomes shorter.
    """
    if told is None:
        return Told(forecast.low, forecast.high)
    if forecast.high <= told.high:
        return Told(min(forecast.low, forecast.high), forecast.high, told.longer)
    if told.longer:
        return told
    return Told(forecast.low, forecast.high, told.longer + 1)


def agent_share(on_queue_seconds: float, busy_seconds: float, queues: int) -> float:
    """Return an agent's part for one queue: of the last hour's time on contacts.

    Who was hardly busy counts an equal part for each of the queues. It is the simple way: it needs
    no snapshot, but does not see that agents will go where the wait is longer.

    :param on_queue_seconds: spent on the queue's contacts in the last hour
    :param busy_seconds: spent on contacts of all queues in the last hour
    :param queues: how many queues the agent serves
    """
    equal = 1.0 / max(queues, 1)
    known = max(busy_seconds, 0.0)
    return (max(on_queue_seconds, 0.0) + equal * IDLE_SECONDS) / (known + IDLE_SECONDS)


def shrunk_mean(total: float, count: int, usual: float, strength: int = 100) -> float:
    """Return the last hour's mean, drawn to the usual one the fewer contacts it had.

    :param total: seconds of service and after-contact work in the last 60 minutes
    :param count: contacts that ended in it
    :param usual: mean of the same hour of 28 days, or the queue's expected handling time
    :param strength: contacts that the usual mean counts for
    """
    return (total + usual * strength) / (count + strength)


def mean_patience(
    waited_seconds: float, abandoned: int, usual: float = 350.0, strength: int = 5
) -> float:
    """Return the mean patience: total waiting time of all, by how many gave up.

    That is exact where patience is exponential (the model Erlang-A).

    :param waited_seconds: of all contacts, answered or not, same hour of 28 days
    :param abandoned: how many of them gave up
    :param usual: assumed in the beginning
    :param strength: abandonments that the assumption counts for
    """
    return (waited_seconds + usual * strength) / (abandoned + strength)


def _moved(factor: float, share: float, longer: bool, weight: float) -> float:
    """Return a factor after one contact, a step nearer to the one that makes `share` true."""
    step = STEP * weight * (share if longer else share - 1.0)
    return _clipped(factor * math.exp(step))


def _clipped(factor: float) -> float:
    return min(max(factor, LEAST_FACTOR), MOST_FACTOR)


def _minutes(seconds: float) -> int:
    """Return minutes for people, rounded up; at least one, as they do have to wait."""
    return max(math.ceil(seconds / 60 - 1e-9), 1)
