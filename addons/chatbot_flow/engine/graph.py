# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The flow as a graph: unreachable steps, dead ends and loops."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from . import steps
from .problems import Problem
from .steps import FlowStep

#: Kinds of steps that a path of numbers can pass
_PASSED = frozenset({steps.MESSAGE, steps.SET, steps.CALL})


def check(flow_steps: Mapping[str, FlowStep], entries: Iterable[str]) -> list[Problem]:
    """Return the graph's problems. Every referenced key must exist.

    :param entries: keys of the first step and of steps that can be entered from anywhere
    """
    nexts = {key: {way[2] for way in step.exits()} for key, step in flow_steps.items()}
    problems = []
    reached = _spread(entries, nexts)
    problems += _problems(
        "unreachable", flow_steps, (key for key in flow_steps if key not in reached)
    )
    problems += _problems("loop", flow_steps, _circles(flow_steps, nexts))
    before: dict[str, set[str]] = {key: set() for key in flow_steps}
    for key, targets in nexts.items():
        for target in targets:
            before[target].add(key)
    ends = [key for key, step in flow_steps.items() if step.kind in steps.LAST_KINDS]
    ending = _spread(ends, before)
    problems += _problems(
        "no_end", flow_steps, (key for key in flow_steps if key in reached and key not in ending)
    )
    return problems


def menu_index(
    flow_steps: Mapping[str, FlowStep],
) -> tuple[dict[str, list[tuple[str, int]]], dict[str, list[tuple[str, int]]]]:
    """Index for cut-through: where titles occur, which options lead to each menu.

    Both map to ``(menu's key, number of the option from 1)``. A menu counts if only messages, set
    values and calls are in between.
    """
    titles: dict[str, list[tuple[str, int]]] = {}
    parents: dict[str, list[tuple[str, int]]] = {}
    for step in flow_steps.values():
        for number, option in enumerate(step.options, 1):
            if option.words:
                titles.setdefault(option.words[0], []).append((step.key, number))
            target = flow_steps.get(option.goto or step.goto)
            seen: set[str] = set()
            while target is not None and target.kind in _PASSED and target.key not in seen:
                seen.add(target.key)
                target = flow_steps.get(target.goto)
            if target is not None and target.kind == steps.MENU:
                parents.setdefault(target.key, []).append((step.key, number))
    return titles, parents


def path_to(
    parents: Mapping[str, list[tuple[str, int]]], start: str, menu: str, limit: int = 500
) -> list[int] | None:
    """Return the shortest answers that lead from menu ``start`` to ``menu``, or None."""
    found: dict[str, list[int]] = {menu: []}
    queue = [menu]
    for key in queue:
        if key == start:
            return found[key]
        for parent, number in parents.get(key, ()):
            if parent not in found and len(queue) < limit:
                found[parent] = [number, *found[key]]
                queue.append(parent)
    return None


def _spread(first: Iterable[str], nexts: Mapping[str, set[str]]) -> set[str]:
    """Return everything that can be reached from ``first``."""
    reached = set(first)
    todo = list(reached)
    while todo:
        for key in nexts.get(todo.pop(), ()):
            if key not in reached:
                reached.add(key)
                todo.append(key)
    return reached


def _circles(flow_steps: Mapping[str, FlowStep], nexts: Mapping[str, set[str]]) -> list[str]:
    """Return the keys of automatic steps that loop without waiting for the citizen.

    Steps without an automatic predecessor are removed repeatedly (Kahn), forwards and backwards;
    the rest are in a loop or between loops.
    """
    automatic = {key for key, step in flow_steps.items() if step.kind not in steps.INPUT_KINDS}
    inner = {key: nexts[key] & automatic for key in automatic}
    for _direction in range(2):
        counts = dict.fromkeys(inner, 0)
        for targets in inner.values():
            for target in targets:
                counts[target] += 1
        todo = [key for key, count in counts.items() if not count]
        while todo:
            for target in inner.pop(todo.pop()):
                counts[target] -= 1
                if not counts[target]:
                    todo.append(target)
        reverse: dict[str, set[str]] = {key: set() for key in inner}
        for key, targets in inner.items():
            for target in targets & inner.keys():
                reverse[target].add(key)
        inner = reverse
    return [key for key in flow_steps if key in inner]


def _problems(code: str, flow_steps: Mapping[str, FlowStep], keys: Iterable[str]) -> list[Problem]:
    return [Problem(code, flow_steps[key].title, {}, key) for key in keys]
