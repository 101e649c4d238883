# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The parts of a preset, and the list of everything it makes, in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Hours:
    """Service hours, the same on every day of the week.

    :param key: its name within the preset
    :param name: as people read it
    :param opens: hour of the day, as a fraction (6.5 is half past six)
    :param closes: hour of the day, 24 is midnight
    """

    key: str
    name: str
    opens: float
    closes: float


@dataclass(frozen=True)
class Subject:
    """What contacts are about; natures are the kinds of contact below it.

    :param natures: (name, code of the nature) of each
    """

    key: str
    name: str
    natures: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Way:
    """A choice added to a menu of the flow, for a person where the menu offers none.

    :param menu: code of the menu
    :param text: what the citizen reads who chose it
    """

    menu: str
    text: str


@dataclass(frozen=True)
class Queue:
    """A group of agents.

    :param hours: key of its hours; "" for always open
    :param subjects: what its contacts are about
    :param steps: codes of the flow's steps that lead to it
    :param ways: further choices that lead to it
    """

    key: str
    name: str
    hours: str
    subjects: tuple[Subject, ...]
    steps: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True)
class Skill:
    """What only some agents of a queue know.

    :param choices: the menu's choices that ask for it: (code of the menu, code of the option)
    """

    key: str
    name: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Text:
    """A ready answer: what the agent types, and what becomes of it."""

    key: str
    shortcut: str
    body: str


@dataclass(frozen=True)
class Region:
    """A region of the city, by which reports count; its districts come as a list of the city's."""

    key: str
    name: str


@dataclass(frozen=True)
class City:
    """A preset as a whole.

    :param root: name of the subject under which all others stand
    :param queues: the last one takes what belongs to no other
    :param flow: name of the flow with the menu
    :param person: title of the choices added to menus, at most 20 characters
    :param goals: values of every queue, by the name of their field
    """

    root: str
    operation: str
    flow: str
    person: str
    goals: dict[str, Any]
    hours: tuple[Hours, ...]
    queues: tuple[Queue, ...]
    skills: tuple[Skill, ...]
    texts: tuple[Text, ...]
    regions: tuple[Region, ...] = ()


@dataclass(frozen=True)
class Item:
    """One thing to be made.

    :param kind: hours, operation, region, skill, queue, subject, text or flow
    :param key: unique in the preset and kept for ever: it tells what was made before
    :param name: by which one of the same name is found; a subject's has those above it
    :param part: the dataclass that it comes from; None for a subject's nature and for the rest
    :param values: further values of the record
    :param parent: key of the subject above it
    :param queue: key of the queue that it belongs to
    """

    kind: str
    key: str
    name: str
    part: Any = None
    values: dict[str, Any] | None = None
    parent: str = ""
    queue: str = ""


def items(city: City) -> Iterator[Item]:
    """Yield everything that the preset makes; what others refer to comes first."""
    for hours in city.hours:
        yield Item("hours", f"hours_{hours.key}", hours.name, hours)
    yield Item("operation", "operation", city.operation)
    for region in city.regions:
        yield Item("region", f"region_{region.key}", region.name, region)
    for skill in city.skills:
        yield Item("skill", f"skill_{skill.key}", skill.name, skill)
    for queue in city.queues:
        yield Item("queue", f"queue_{queue.key}", queue.name, queue)
    yield from _subjects(city)
    for text in city.texts:
        yield Item("text", f"text_{text.key}", text.shortcut, text)
    yield Item("flow", "flow", city.flow)


def _subjects(city: City) -> Iterator[Item]:
    """Yield the tree of subjects, parents before what is below them."""
    root = {"name": city.root, "nature": "information"}
    yield Item("subject", "subject", city.root, values=root)
    for queue in city.queues:
        for subject in queue.subjects:
            key, name = f"subject_{subject.key}", f"{city.root} / {subject.name}"
            values = {"name": subject.name, "nature": "information"}
            yield Item("subject", key, name, subject, values, "subject", f"queue_{queue.key}")
    for queue in city.queues:
        for subject in queue.subjects:
            for name, nature in subject.natures:
                yield Item(
                    "subject",
                    f"subject_{subject.key}_{nature}",
                    f"{city.root} / {subject.name} / {name}",
                    values={"name": name, "nature": nature},
                    parent=f"subject_{subject.key}",
                    queue=f"queue_{queue.key}",
                )
