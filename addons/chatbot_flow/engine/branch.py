# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A branch of a flow: a step and everything reachable only through it.

And how it is copied.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

from . import steps as kinds
from .chart import SIDE_WAYS, Chart, chart

#: Fields of a definition's step that name another step
LINKS = ("goto", "on_false", *SIDE_WAYS)


def branch(flow: Chart, root: str) -> list[str]:
    """Return the keys of the step and of all reachable only through it, in order.

    Steps also reachable from outside (a flow's common end, the main menu) are excluded.
    """
    nexts = flow.nexts()
    inside = _spread([root], nexts, "")
    outside = _spread(
        [key for key in flow.nodes if key == flow.start or key not in inside], nexts, root
    )
    return [
        key
        for key, node in flow.nodes.items()
        if node.kind != "flow" and (key == root or (key in inside and key not in outside))
    ]


def duplicate(
    definition: Mapping[str, Any], root: str, new_key: Callable[[str], str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the definition with a second branch like the one of ``root`` at its end.

    Links inside the branch lead to the copies, links out of it are unchanged; the copies keep their
    variable names, so that their texts stay correct. Nothing leads to the copy yet.

    :param new_key: gives a free key for a key; called once for each step of the branch
    :return: the new definition, {key: key of its copy}
    """
    steps = list(definition["steps"])
    inside = set(branch(chart(definition), root))
    names = {str(step["key"]): new_key(str(step["key"])) for step in steps if step["key"] in inside}
    added = []
    for position, step in enumerate(steps):
        if step["key"] not in names:
            continue
        following = steps[position + 1]["key"] if position + 1 < len(steps) else ""
        added.append(_copy(step, str(following), names))
    return {**definition, "steps": [*steps, *added]}, names


def _copy(step: Mapping[str, Any], following: str, names: Mapping[str, str]) -> dict[str, Any]:
    twin: dict[str, Any] = copy.deepcopy(dict(step))
    twin["key"] = names[step["key"]]
    if step["kind"] in (kinds.QUESTION, kinds.MENU):
        twin["variable"] = step.get("variable") or step["key"]
    # the step below the original is not below the copy
    if step["kind"] not in kinds.LAST_KINDS:
        twin["goto"] = step.get("goto") or following
    if step["kind"] == kinds.CONDITION:
        twin["on_false"] = step.get("on_false") or following
    for holder in (twin, *(twin.get("options") or ())):
        for field in LINKS:
            if holder.get(field) in names:
                holder[field] = names[holder[field]]
    return twin


def _spread(first: list[str], nexts: Mapping[str, list[str]], wall: str) -> set[str]:
    """Return everything that can be reached from ``first`` without going through ``wall``."""
    reached = {key for key in first if key != wall}
    todo = list(reached)
    while todo:
        for target in nexts[todo.pop()]:
            if target not in reached and target != wall:
                reached.add(target)
                todo.append(target)
    return reached
