# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How long a contact will wait: a range, self-correcting, with its formula."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Traffic:
    """What a forecast needs to know.

    :param ahead: waiting contacts that would be served before this one
    :param agents: effective agents of the queue (see `effective_agents`); 0: nobody is there
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

    `to_json` and `from_json` keep it; `learn` returns a new one.
    """

    factors: tuple[tuple[float, float, float], ...] = ()

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
        raise NotImplementedError

    def to_json(self) -> list[list[float]]:
        """Return it as a value that JSON can hold."""
        raise NotImplementedError

    @classmethod
    def from_json(cls, value: list[list[float]] | None) -> "Correction":
        """Return what `to_json` gave, or a new one."""
        raise NotImplementedError


def estimate(traffic: Traffic, correction: Correction | None = None) -> Forecast | None:
    """Return how long a contact will wait; None: no agents, no forecast.

    With `n` contacts ahead, `s` agents who each end a contact at rate `μ`, and people who give up
    at rate `θ`, the place moves up at rates sμ + iθ: the expected wait is Σ 1/(sμ + iθ), i = 0..n.
    """
    raise NotImplementedError


def tell(forecast: Forecast, told: Told | None = None) -> Told:
    """Return what a citizen is told now; a longer time than before at most once."""
    raise NotImplementedError


def effective_agents(shares: list[float]) -> float:
    """Return how many agents a queue has, from each one's part of the last hour spent on it."""
    raise NotImplementedError


def agent_share(on_queue_seconds: float, busy_seconds: float, queues: int) -> float:
    """Return an agent's part for one queue: of the time spent on contacts during the last hour.

    Who was hardly busy counts an equal part for each of the queues.
    """
    raise NotImplementedError


def shrunk_mean(total: float, count: int, usual: float, strength: int = 20) -> float:
    """Return the mean of the last hour, drawn to the usual one the fewer contacts there were.

    :param total: seconds of service and after-contact work in the last 60 minutes
    :param count: contacts that ended in it
    :param usual: mean of the same hour of 28 days, or the queue's expected handling time
    :param strength: contacts that the usual mean counts for
    """
    raise NotImplementedError


def mean_patience(
    waited_seconds: float, abandoned: int, usual: float = 350.0, strength: int = 5
) -> float:
    """Return the mean patience: total waiting time of all, by how many gave up.

    :param waited_seconds: of all contacts, answered or not, same hour of 28 days
    :param abandoned: how many of them gave up
    :param usual: assumed in the beginning
    :param strength: abandonments that the assumption counts for
    """
    raise NotImplementedError
