# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What if: the same day with other people, other contacts, other patience."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .day import Day, Person, Spell

#: How well people know a queue that they have not served so far, if their own queue says nothing
USUAL_LEVEL = 3


@dataclass(frozen=True, slots=True)
class Move:
    """People who serve another queue for a time.

    :param start: when, on the day's clock
    :param end: until when
    :param count: how many people
    :param source: queue that they leave; None: people who are there besides
    :param target: queue that they serve instead; None: they are not there
    """

    start: float
    end: float
    count: int
    source: int | None
    target: int | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different from a day.

    :param moves: one after the other
    :param shrinkage: share of half hours of presence in which people are missing besides
    :param handling: factor of all handling times
    :param handling_by_queue: factor of a queue's handling times, besides
    :param patience: mean seconds after which people give up; None: as it was
    """

    moves: tuple[Move, ...] = ()
    shrinkage: float = 0.0
    handling: float = 1.0
    handling_by_queue: Mapping[int, float] = field(default_factory=dict)
    patience: float | None = None

    def __post_init__(self):
        """Refuse what no day can be."""
        if not 0 <= self.shrinkage < 1:
            raise ValueError(f"a shrinkage of {self.shrinkage} leaves nobody")
        if self.handling <= 0 or min(self.handling_by_queue.values(), default=1) <= 0:
            raise ValueError("handling times cannot shrink to nothing")
        if self.patience is not None and self.patience <= 0:
            raise ValueError("without patience nobody is served")
        for move in self.moves:
            if move.end <= move.start or move.count < 1:
                raise ValueError("a move needs people and a time")


def changed(day: Day, changes: Changes) -> tuple[Day, dict[int, int]]:
    """Return the day as it would be.

    :return: the day, and how many people each move (by its number) did not find
    """
    people, missing = list(day.people), {}
    for number, move in enumerate(changes.moves):
        if move.source is None:
            if move.target is not None:
                people += _besides(move, people, day)
            continue
        found = _movable(move, people)
        if len(found) < move.count:
            missing[number] = move.count - len(found)
        for place in found[: move.count]:
            people[place] = _moved(people[place], move)
    # Missing besides who is missing already: of those who are left
    shrinkage = 1.0 - (1.0 - day.shrinkage) * (1.0 - changes.shrinkage)
    day = replace(day, people=tuple(people), shrinkage=shrinkage)
    return _with_other_contacts(day, changes), missing


def lent(
    spells: tuple[Spell, ...],
    loans: Sequence[tuple[float, float, frozenset[int]]],
    own: Collection[int],
) -> tuple[Spell, ...]:
    """Return spells in which somebody serves other queues besides while they are lent.

    :param loans: (start, end, queues that they serve too), in order, one at a time
    :param own: queues that they serve always
    """
    found = list(spells)
    for since, until, borrowers in loans:
        parts = []
        for spell in found:
            start, end = max(spell.start, since), min(spell.end, until)
            if start >= end:
                parts.append(spell)
                continue
            if spell.start < start:
                parts.append(replace(spell, end=start))
            parts.append(Spell(start, end, frozenset(own) | borrowers))
            if end < spell.end:
                parts.append(replace(spell, start=end))
        found = parts
    return tuple(found)


def _with_other_contacts(day: Day, changes: Changes) -> Day:
    """Return the day with other handling times and patience, of each contact too."""
    longer = {
        queue: changes.handling * changes.handling_by_queue.get(queue, 1.0) for queue in day.traffic
    }
    calmer = {
        queue: 1.0 if changes.patience is None else changes.patience / kind.patience
        for queue, kind in day.traffic.items()
    }
    if {*longer.values(), *calmer.values()} <= {1.0}:
        return day
    traffic = {
        queue: replace(
            kind,
            handling=tuple(seconds * longer[queue] for seconds in kind.handling),
            patience=kind.patience * calmer[queue],
        )
        for queue, kind in day.traffic.items()
    }
    arrivals = tuple(
        replace(
            one,
            handling=None if one.handling is None else one.handling * longer[one.queue],
            patience=None if one.patience is None else one.patience * calmer[one.queue],
            waited=one.waited * calmer[one.queue],
        )
        for one in day.arrivals
    )
    return replace(day, traffic=traffic, arrivals=arrivals)


def _besides(move: Move, people: list[Person], day: Day) -> list[Person]:
    """Return people whom nobody knows yet; their numbers are below all others."""
    asked = day.settings.queues[move.target].skills
    below = min([0, *(person.id for person in people)])
    return [
        Person(
            below - number,
            frozenset((move.target,)),
            (Spell(move.start, move.end),),
            skills={skill: max(level, USUAL_LEVEL) for skill, level in asked.items()},
        )
        for number in range(1, move.count + 1)
    ]


def _movable(move: Move, people: list[Person]) -> list[int]:
    """Return the places in `people` of who can be moved, who is there longest first."""
    found = []
    for place, person in enumerate(people):
        there = sum(
            min(spell.end, move.end) - max(spell.start, move.start)
            for spell in person.spells
            if spell.end > move.start and spell.start < move.end and _serves(person, spell, move)
        )
        if there > 0:
            found.append((-there, person.id, place))
    return [place for _there, _id, place in sorted(found)]


def _serves(person: Person, spell: Spell, move: Move) -> bool:
    queues = person.queues if spell.queues is None else spell.queues
    return move.source in queues


def _moved(person: Person, move: Move) -> Person:
    """Return a person who serves another queue in the time of a move."""
    spells = []
    for spell in person.spells:
        start, end = max(spell.start, move.start), min(spell.end, move.end)
        if start >= end or not _serves(person, spell, move):
            spells.append(spell)
            continue
        if spell.start < start:
            spells.append(replace(spell, end=start))
        if move.target is not None:
            queues = person.queues if spell.queues is None else spell.queues
            spells.append(Spell(start, end, queues - {move.source} | {move.target}))
        if end < spell.end:
            spells.append(replace(spell, start=end))
    if move.target is None:
        return replace(person, spells=tuple(spells))
    level = max(person.skills.get(move.target, 0), person.skills.get(move.source, 0) or USUAL_LEVEL)
    skills = {**person.skills, move.target: level}
    return replace(person, spells=tuple(spells), skills=skills)
