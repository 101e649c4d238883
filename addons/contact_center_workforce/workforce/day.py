# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A day of the center as a simulation needs it: plain, frozen values.

Times are seconds on one clock, durations seconds. How the queues distribute is the router's own
`Settings`: whoever makes a `Day` hands them on as they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: Days are looked at by the half hour
SLOT = 1800.0


@dataclass(frozen=True, slots=True)
class Arrival:
    """A contact that comes to a queue.

    :param at: when
    :param queue: id
    :param weight: what it takes of an agent's capacity
    :param channel: kind of channel
    :param skills: levels asked besides those of the queue, by skill
    :param priority: as the router counts it
    :param goal: seconds within which it should be answered; None: the queue's
    :param promise: seconds within which the contract has it answered; None: no contract says
    :param handling: seconds that it took of an agent; None: nobody knows, drawn
    :param patience: seconds after which it gave up; None: it did not
    :param waited: seconds that it waited without giving up: it is more patient than that
    """

    at: float
    queue: int
    weight: int = 100
    channel: str = ""
    skills: Mapping[int, int] = field(default_factory=dict)
    priority: int = 0
    goal: float | None = None
    promise: float | None = None
    handling: float | None = None
    patience: float | None = None
    waited: float = 0.0


@dataclass(frozen=True, slots=True)
class Traffic:
    """What a queue's contacts are like.

    :param handling: handling times that were seen, from which those of the simulation are drawn
    :param patience: mean seconds after which people give up
    :param goal: seconds within which they should be answered
    :param answering: seconds from the offer to an agent until the answer
    :param after_work: seconds after the end in which the contact still counts as load
    :param refused: share of offers that agents refuse or let pass
    :param refusing: seconds from such an offer until the contact waits again
    """

    handling: tuple[float, ...]
    patience: float
    goal: float
    answering: float = 0.0
    after_work: float = 0.0
    refused: float = 0.0
    refusing: float = 0.0


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in which somebody is there for contacts.

    :param queues: served in this time; None: the person's usual ones
    """

    start: float
    end: float
    queues: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """An agent and when they are there; pauses are the gaps between the spells."""

    id: int
    queues: frozenset[int]
    spells: tuple[Spell, ...]
    capacity: int = 100
    skills: Mapping[int, int] = field(default_factory=dict)
    channels: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """Everything that a simulation of a day needs.

    :param start: its midnight, from which half hours are counted
    :param arrivals: in order of time
    :param people: all agents
    :param traffic: by queue; contacts of other queues are unknown here
    :param settings: the router's `Settings` for these queues
    :param shrinkage: share of half hours of presence in which people are missing besides
    """

    start: float
    arrivals: tuple[Arrival, ...]
    people: tuple[Person, ...]
    traffic: Mapping[int, Traffic]
    settings: Any
    shrinkage: float = 0.0
