# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Chooses which boxes of a large chart are shown, so that it stays readable.

The chart is read as a tree: each step belongs to the first step that leads to it, level by level
from the start. A box is either open (everything that belongs to it is shown) or folded (it shows
how many steps are behind it).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from .chart import Chart

#: Boxes shown by default
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Folded:
    """The visible part of a chart.

    :ivar shown: keys, in the chart's order
    :ivar hidden: shown key -> how many steps are folded behind it (only where there are any)
    :ivar parents: key -> key of the step it belongs to, "" for the start and for what nothing
        leads to; of all steps
    :ivar depths: key -> its depth in the tree; of all steps
    :ivar open: shown keys that are open and could be folded
    """

    shown: tuple[str, ...]
    hidden: dict[str, int]
    parents: dict[str, str]
    depths: dict[str, int]
    open: frozenset[str]

    def above(self, key: str, shown: Collection[str]) -> str:
        """Return the nearest ``shown`` box from a step upwards, itself included, or ""."""
        while key and key not in shown:
            key = self.parents[key]
        return key


def fold(
    chart: Chart,
    opened: Collection[str] = (),
    closed: Collection[str] = (),
    focus: str = "",
    limit: int = SHOWN,
) -> Folded:
    """Decide what is shown.

    By default the first levels are: boxes are opened one by one, nearest to the start first, until
    ``limit`` boxes are shown.

    :param opened: keys that are open regardless of the limit
    :param closed: keys that are folded regardless of the limit
    :param focus: a key that must be visible: everything above it is open
    """
    parents, children, roots = _tree(chart)
    depths: dict[str, int] = {}
    for key, parent in parents.items():  # parents come first in a tree that was made level by level
        depths[key] = depths[parent] + 1 if parent else 0
    above = set()
    step = parents.get(focus, "")
    while step:
        above.add(step)
        step = parents[step]
    must, never = set(opened) | above, set(closed) - above
    shown = set(roots[:limit])
    is_open = set()
    todo = [key for key in roots if key in shown]
    for key in todo:
        own = children[key]
        if not own or key in never:
            continue
        if key in must or len(shown) + len(own) <= limit or key == chart.start:
            is_open.add(key)
            shown.update(own)
            todo += own
    sizes = dict.fromkeys(parents, 1)
    for key in reversed(parents):
        if parents[key]:
            sizes[parents[key]] += sizes[key]
    hidden = {key: sizes[key] - 1 for key in shown if children[key] and key not in is_open}
    order = tuple(key for key in chart.nodes if key in shown)
    return Folded(order, hidden, parents, depths, frozenset(is_open))


def _tree(chart: Chart) -> tuple[dict[str, str], dict[str, list[str]], list[str]]:
    """Return (key -> parent by level, key -> children, roots: start and unreached steps).

    A loop without an entry has one of its steps as root.
    """
    nexts = chart.nexts()
    reached = {target for targets in nexts.values() for target in targets}
    heads = [chart.start] if chart.start else []
    heads += [key for key in chart.nodes if key not in reached and key != chart.start]
    parents: dict[str, str] = {}
    children: dict[str, list[str]] = {key: [] for key in chart.nodes}
    roots = []
    for head in (*heads, *chart.nodes):
        if head in parents:
            continue
        roots.append(head)
        parents[head] = ""
        level = [head]
        for key in level:
            for target in nexts[key]:
                if target not in parents:
                    parents[target] = key
                    children[key].append(target)
                    level.append(target)
    return parents, children, roots
