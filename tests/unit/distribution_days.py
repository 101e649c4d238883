"""Simulated days of a contact centre, to try forecasts of the wait on.

Arrivals with two humps and a noise of 12 % from day to day, lognormal handling times (coefficient
of variation 1.2), exponential patience, agents of one or several queues who take whoever has waited
longest. Whoever gives up leaves a ghost behind: it costs nobody anything and says, when its turn
comes, how long the wait would have been. So the waits are those of all who had to wait, not only of
the patient.
"""

import heapq
import math
import random
from collections import Counter, deque
from dataclasses import dataclass, field, replace

from contact_center_distribution.routing import (
    Correction,
    Forecast,
    Traffic,
    balanced,
    estimate,
    shrunk_mean,
)

HOURS = 12
ARRIVAL, END = 0, 1


@dataclass
class Centre:
    """What is simulated.

    :param peak: contacts an hour at the top of the day, by queue
    :param handling: mean handling time in seconds
    :param patience: mean patience in seconds
    :param agents: queues of each agent
    """

    peak: tuple[float, ...]
    handling: float
    patience: float
    agents: tuple[frozenset[int], ...]


@dataclass
class Wait:
    """One contact that had to wait: what was forecast when it came, and what happened.

    `ideal` is what the bare formula says that knows the true handling time: no forecast that looks
    at the queue alone can do much better.
    """

    queue: int
    forecast: Forecast
    ideal: float
    waited: float


@dataclass(order=True)
class Waiting:
    """A contact in a queue."""

    since: float
    number: int
    queue: int = field(compare=False)
    gives_up: float = field(compare=False)
    forecast: Forecast = field(compare=False)
    ideal: float = field(compare=False)


class Day:
    """One day of a centre; what it learns goes on to the next."""

    def __init__(self, centre: Centre, rnd: random.Random, corrections: list[Correction]):
        self.centre = centre
        self.rnd = rnd
        self.corrections = corrections
        queues = range(len(centre.peak))
        self.waiting = [deque() for _queue in queues]
        self.free: list[int] = list(range(len(centre.agents)))
        self.ended: list[list] = [[] for _queue in queues]
        self.events: list[tuple] = []
        self.waits: list[Wait] = []
        self.offered = self.answered = 0

    def play(self) -> list[Wait]:
        """Return what everybody who had to wait was told, and what became of it."""
        mood = self.rnd.gauss(1, 0.12)
        for queue, peak in enumerate(self.centre.peak):
            for at in self._arrivals(peak * mood / 3600):
                heapq.heappush(self.events, (at, ARRIVAL, len(self.events), queue))
        while self.events:
            at, kind, number, what = heapq.heappop(self.events)
            if kind == ARRIVAL:
                self._comes(at, number, what)
            else:
                self._free_again(at, what)
        return self.waits

    def _arrivals(self, peak: float):
        top, at = peak * 1.5, 0.0
        while (at := at + self.rnd.expovariate(top)) < HOURS * 3600:
            x = at / (HOURS * 3600)
            humps = 0.55 * math.exp(-(((x - 0.28) / 0.17) ** 2))
            humps += 0.35 * math.exp(-(((x - 0.68) / 0.15) ** 2))
            if self.rnd.random() * 1.5 < 0.45 + humps:
                yield at

    def _comes(self, at: float, number: int, queue: int) -> None:
        self.offered += 1
        able = [one for one in self.free if queue in self.centre.agents[one]]
        if able:
            # Those of one queue first, as the nearest; the list is in the order of idleness
            agent = min(able, key=lambda one: len(self.centre.agents[one]))
            self.free.remove(agent)
            self._serve(at, agent, queue)
            return
        forecast, ideal = self._forecast(at, queue)
        gives_up = at + self.rnd.expovariate(1 / self.centre.patience)
        self.waiting[queue].append(Waiting(at, number, queue, gives_up, forecast, ideal))

    def _free_again(self, at: float, agent: int) -> None:
        while True:
            heads = [self.waiting[queue] for queue in self.centre.agents[agent]]
            heads = [queue for queue in heads if queue]
            if not heads:
                self.free.append(agent)
                return
            first = min(heads, key=lambda queue: queue[0]).popleft()
            waited = at - first.since
            self.waits.append(Wait(first.queue, first.forecast, first.ideal, waited))
            if first.gives_up > at:
                self._learn(first, waited)
                self._serve(at, agent, first.queue)
                return

    def _learn(self, first: Waiting, waited: float) -> None:
        self.corrections[first.queue] = self.corrections[first.queue].learn(
            first.forecast.ahead, first.forecast.basis, waited, self.centre.patience
        )

    def _serve(self, at: float, agent: int, queue: int) -> None:
        self.answered += 1
        spread = math.sqrt(math.log(1 + 1.2**2))
        handling = self.rnd.lognormvariate(
            math.log(self.centre.handling) - spread * spread / 2, spread
        )
        heapq.heappush(self.ended[queue], (at + handling, handling))
        heapq.heappush(self.events, (at + handling, END, self.offered, agent))

    def _forecast(self, at: float, queue: int) -> tuple[Forecast, float]:
        while self.ended[queue] and self.ended[queue][0][0] < at - 3600:
            heapq.heappop(self.ended[queue])
        known = [seconds for end, seconds in self.ended[queue] if end <= at]
        handling = shrunk_mean(sum(known), len(known), self.centre.handling)
        waiting = {
            other: sum(one.gives_up > at for one in line) for other, line in enumerate(self.waiting)
        }
        waiting[queue] += 1
        agents = balanced(Counter(self.centre.agents), waiting)
        traffic = Traffic(waiting[queue] - 1, agents[queue], handling, self.centre.patience)
        ideal = estimate(replace(traffic, service_seconds=self.centre.handling))
        return estimate(traffic, self.corrections[queue]), ideal.seconds


def play_days(seed: int, days: int, centre: Centre) -> list[Wait]:
    """Return the waits of some days; corrections are learned from the first on."""
    rnd = random.Random(seed)
    corrections = [Correction() for _queue in centre.peak]
    waits = []
    for _day in range(days):
        waits += Day(centre, rnd, corrections).play()
    return waits


def error(waits: list[Wait], ideal: bool = False) -> tuple[float, float]:
    """Return RMSE and bias, each by the mean wait, of forecasts or of the ideal."""
    mean = sum(one.waited for one in waits) / len(waits)
    off = [(one.ideal if ideal else one.forecast.seconds) - one.waited for one in waits]
    rmse = math.sqrt(sum(value * value for value in off) / len(off))
    return rmse / mean, sum(off) / len(off) / mean
