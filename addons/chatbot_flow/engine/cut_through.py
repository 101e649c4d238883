# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Direct access to an option without walking the tree (B03).

At a menu the citizen may type

- a path with separators: "2.3", "2 3", "2-3", "2/3": option 2, and option 3 of the menu it leads
  to;
- the same without separators: "23", when this menu has no option 23 and every option on the path
  has one digit (option 10 needs separators);
- the exact title of an option of any menu below, if only one has it.

A path is taken completely or not at all. Menus on it are not asked, messages on it are sent.
"""

from __future__ import annotations

from collections.abc import Callable

from . import graph, matching, steps
from . import state as states
from .effects import Ask
from .steps import FlowStep
from .turn import Turn

#: A title that occurs in more places than this is not searched for
_MAX_PLACES = 20

Choose = Callable[[Turn, FlowStep, str], None]


def walk(turn: Turn, step: FlowStep, typed: str, choose: Choose) -> bool:
    """Follow the path in a normalised answer at a menu; False if there is none.

    :param choose: chooses one option of a menu (turn, step, id of the option)
    """
    if not step.cut_through:
        return False
    numbers = matching.path(typed) or matching.dense_path(typed) or _by_title(turn, step, typed)
    return bool(numbers) and take(turn, numbers, choose)


def _by_title(turn: Turn, step: FlowStep, typed: str) -> list[int] | None:
    places = turn.flow.titles.get(typed, ())
    if len(places) > _MAX_PLACES:
        return None
    ways = [
        [*way, number]
        for menu, number in places
        if (way := graph.path_to(turn.flow.parents, step.key, menu)) is not None
    ]
    return ways[0] if len(ways) == 1 else None


def take(turn: Turn, numbers: list[int], choose: Choose) -> bool:
    """Answer menu after menu on a copy, and adopt the copy if all succeeded.

    :param numbers: of the options, from 1
    :return: False, with nothing changed, if a number has no option or no menu to answer
    """
    probe = turn.fork()
    for position, number in enumerate(numbers):
        state = probe.state
        here = probe.flow.steps.get(state.step)
        waiting = state.status == states.INPUT and not state.mode
        if not waiting or here is None or here.kind != steps.MENU:
            return False
        if not 1 <= number <= len(here.options):
            return False
        if position and probe.effects and isinstance(probe.effects[-1], Ask):
            probe.effects.pop()
        choose(probe, here, here.options[number - 1].id)
    turn.adopt(probe)
    return True
