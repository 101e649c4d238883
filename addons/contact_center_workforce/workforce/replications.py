# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a plan gives on average, how sure that is, whether the model fits a day."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import ModuleType

from .day import Day
from .simulation import Outcome, Plan, Tally
from .to_come import ToCome, drawn

REPLICATIONS = 20
#: Points of service level by which a simulation of a real day may be off
TOLERANCE = 2.0

# Quantiles 97.5 % of Student's distribution by degrees of freedom
_STUDENT = (
    (1, 12.706),
    (2, 4.303),
    (3, 3.182),
    (4, 2.776),
    (5, 2.571),
    (7, 2.365),
    (9, 2.262),
    (14, 2.145),
    (19, 2.093),
    (29, 2.045),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a day, or a queue's part of it, was like.

    :param offered: contacts that came
    :param level: percent of them answered within the goal
    :param wait: mean seconds of waiting of all of them
    :param abandoned: percent of them who gave up
    :param occupancy: percent of the agents' presence in which they served; None: of one queue
        alone nobody knows
    :param handling: mean seconds that agents spent on a contact; None: nobody was served
    :param kept: percent of the contacts answered within the contract's time; None: there is none
    """

    offered: float
    level: float
    wait: float
    abandoned: float
    occupancy: float | None = None
    handling: float | None = None
    kept: float | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean of replications.

    With 95 % certainty the true one is not further off than `margin`.
    """

    mean: float
    margin: float


@dataclass(frozen=True, slots=True)
class Expected:
    """`Figures` of a plan, each as an `Estimate`."""

    offered: Estimate
    level: Estimate
    wait: Estimate
    abandoned: Estimate
    occupancy: Estimate | None = None
    handling: Estimate | None = None
    kept: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What a plan gives.

    :param total: all queues together
    :param queues: by queue
    :param slots: by number of the half hour, all queues together
    """

    total: Expected
    queues: dict[int, Expected]
    slots: dict[int, Expected]


def replicate(
    day: Day,
    routing: ModuleType,
    replications: int = REPLICATIONS,
    seed: int | str = 0,
    progress: Callable[[int], None] | None = None,
    to_come: ToCome | None = None,
) -> Result:
    """Return what a day gives on average.

    :param routing: the router's core package
    :param progress: called after each replication with how many are done
    :param to_come: the contacts of the day are drawn from it, anew for each replication; None: they
        are known
    """
    plan = Plan(day, routing)
    outcomes = []
    for number in range(replications):
        if to_come:
            plan = Plan(drawn(day, to_come, f"{seed}:{number}"), routing)
        outcomes.append(plan.play(f"{seed}:{number}"))
        if progress:
            progress(number + 1)
    queues = sorted({queue for outcome in outcomes for queue, _slot in outcome.tallies})
    slots = sorted({slot for outcome in outcomes for _queue, slot in outcome.tallies})
    return Result(
        _expected([figures(outcome) for outcome in outcomes]),
        {queue: _expected([figures(one, queue=queue) for one in outcomes]) for queue in queues},
        {slot: _expected([figures(one, slot=slot) for one in outcomes]) for slot in slots},
    )


def figures(outcome: Outcome, queue: int | None = None, slot: int | None = None) -> Figures:
    """Return the figures of a day, of one queue's contacts or of those of a half hour."""
    tallies = [
        tally
        for (its_queue, its_slot), tally in outcome.tallies.items()
        if queue in (None, its_queue) and slot in (None, its_slot)
    ]
    occupancy = None
    if queue is None and slot is None:
        occupancy = occupancy_percent(outcome.busy, outcome.present)
    return of_tallies(tallies, occupancy)


def of_tallies(tallies: Iterable[Tally], occupancy: float | None = None) -> Figures:
    """Return the figures of tallies together."""
    tallies = list(tallies)
    offered = sum(tally.offered for tally in tallies)
    parts = max(offered, 1)
    # Where nobody came, everybody was answered in time
    within = sum(tally.within for tally in tallies) if offered else 1
    timed = sum(tally.timed for tally in tallies)
    promised = sum(tally.promised for tally in tallies)
    return Figures(
        offered,
        100.0 * within / parts,
        math.fsum(tally.waited for tally in tallies) / parts,
        100.0 * sum(tally.abandoned for tally in tallies) / parts,
        occupancy,
        math.fsum(tally.handled for tally in tallies) / timed if timed else None,
        100.0 * sum(tally.kept for tally in tallies) / promised if promised else None,
    )


def occupancy_percent(busy: float, present: float) -> float:
    """Return the occupancy; contacts that end after the shift are part of both."""
    return 100.0 * busy / max(present, busy) if busy else 0.0


def _expected(found: list[Figures]) -> Expected:
    whole = found[0].occupancy is not None
    handling = [one.handling for one in found if one.handling is not None]
    kept = [one.kept for one in found if one.kept is not None]
    return Expected(
        estimate([one.offered for one in found]),
        estimate([one.level for one in found]),
        estimate([one.wait for one in found]),
        estimate([one.abandoned for one in found]),
        estimate([one.occupancy or 0.0 for one in found]) if whole else None,
        estimate(handling) if handling else None,
        estimate(kept) if kept else None,
    )


def estimate(values: list[float]) -> Estimate:
    """Return the mean with its interval, which is endless for one value alone."""
    mean = math.fsum(values) / len(values)
    freedom = len(values) - 1
    if not freedom:
        return Estimate(mean, math.inf)
    variance = math.fsum((value - mean) ** 2 for value in values) / freedom
    # The next fewer degrees of freedom in the table: rather a wider interval
    student = [value for degrees, value in _STUDENT if degrees <= freedom][-1]
    return Estimate(mean, student * math.sqrt(variance / len(values)))


def fits(real: Figures, simulated: Expected, tolerance: float = TOLERANCE) -> bool:
    """Return whether a simulation of a real day gives that day's service level."""
    return abs(real.level - simulated.level.mean) <= tolerance
