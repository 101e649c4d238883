# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A flow as a chart: the content of its diagram, read from the definition alone.

An unpublishable flow can be drawn as well: links to nowhere are dead ends, missing steps are left
out. Nothing here knows about sizes, colours or the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from . import steps as kinds
from .matching import normalise

#: Kind and key prefix of a box that represents a called flow
FLOW = "flow"
FLOW_PREFIX = "flow:"
#: Exits of a step besides "goto", in drawing order
SIDE_WAYS = ("on_empty", "on_error", "on_fail", "on_change", "on_cancel")


@dataclass(frozen=True, slots=True)
class Node:
    """A box: a step, or another flow that a step calls.

    :ivar key: the step's key; ``flow:<code>`` for a called flow
    :ivar dead: one of its exits leads nowhere
    """

    key: str
    kind: str
    title: str
    text: str = ""
    dead: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow; two steps are joined by at most one.

    :ivar ways: each exit that it represents: ``(field, title of the option)``. The field is "goto",
        "on_fail", "yes" or "on_false" (of a condition), "call"
    """

    source: str
    target: str
    ways: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """All boxes and arrows of a flow.

    :ivar nodes: key -> box, in the author's order
    :ivar edges: arrows, in the order of their source boxes
    :ivar start: key of the first step, "" for an empty flow
    """

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    start: str

    def nexts(self) -> dict[str, list[str]]:
        """Return key -> keys that its arrows lead to."""
        found: dict[str, list[str]] = {key: [] for key in self.nodes}
        for edge in self.edges:
            found[edge.source].append(edge.target)
        return found


def chart(definition: Mapping[str, Any]) -> Chart:
    """Return the chart of a definition, whether it can be compiled or not."""
    raw = [step for step in definition.get("steps") or () if isinstance(step, Mapping)]
    known = {str(step.get("key")) for step in raw}
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    for position, step in enumerate(raw):
        key = str(step.get("key"))
        if key in nodes:
            continue
        following = str(raw[position + 1].get("key")) if position + 1 < len(raw) else ""
        joined: dict[str, list[tuple[str, str]]] = {}
        dead = False
        for target, name, label in exits(step, following):
            if target in known or target.startswith(FLOW_PREFIX):
                joined.setdefault(target, []).append((name, label))
            else:
                dead = True
        nodes[key] = _node(key, step, dead)
        edges += [Edge(key, target, tuple(ways)) for target, ways in joined.items()]
    for edge in edges:
        if edge.target.startswith(FLOW_PREFIX):
            title = edge.target.removeprefix(FLOW_PREFIX)
            nodes.setdefault(edge.target, Node(edge.target, FLOW, title))
    start = str(definition.get("start") or "")
    return Chart(nodes, tuple(edges), start if start in nodes else next(iter(nodes), ""))


def exits(step: Mapping[str, Any], following: str) -> list[tuple[str, str, str]]:
    """Return every exit of a step of a definition.

    ``(key or "", field, title of the option)``.

    :param following: key of the step below in the list, where a step without "goto" goes
    """
    kind = step.get("kind")
    if kind in kinds.LAST_KINDS:
        return []
    after = str(step.get("goto") or following)
    if kind == kinds.MENU:
        ways = [
            (str(option.get("goto") or after), "goto", str(option.get("title") or ""))
            for option in step.get("options") or ()
            if isinstance(option, Mapping)
        ] or [("", "goto", "")]
    elif kind == kinds.CONDITION:
        ways = [(after, "yes", ""), (str(step.get("on_false") or following), "on_false", "")]
    else:
        ways = [(after, "goto", "")]
        if kind == "call" and step.get("flow"):
            ways.append((f"{FLOW_PREFIX}{step['flow']}", "call", ""))
    ways += [(str(step[name]), name, "") for name in SIDE_WAYS if step.get(name)]
    return ways


def find(drawn: Chart, words: str, limit: int = 12) -> list[tuple[str, str, str]]:
    """Return steps that contain all these words in title, code, text or options.

    Case and accents do not matter. Matches in a title come first.

    :return: ``(key, title, title of the matching option or "")``
    """
    wanted = normalise(words).split()
    if not wanted:
        return []
    nodes = [node for node in drawn.nodes.values() if node.kind != FLOW]
    found = {
        node.key: (node.key, node.title, "")
        for node in nodes
        if _holds(f"{node.title} {node.key}", wanted)
    }
    for edge in drawn.edges:
        if len(found) >= limit:
            break
        for _field, title in edge.ways:
            if title and edge.source not in found and _holds(title, wanted):
                found[edge.source] = (edge.source, drawn.nodes[edge.source].title, title)
    for node in nodes:
        if len(found) >= limit:
            break
        if node.key not in found and _holds(node.text, wanted):
            found[node.key] = (node.key, node.title, "")
    return list(found.values())[:limit]


def _holds(text: str, wanted: Sequence[str]) -> bool:
    # normalise() truncates citizens' input; an author's text is read in full
    pieces = [normalise(text[at : at + 180]) for at in range(0, len(text), 150)]
    return all(any(word in piece for piece in pieces) for word in wanted)


def _node(key: str, step: Mapping[str, Any], dead: bool) -> Node:
    text = " ".join(str(step.get("text") or "").split())
    return Node(key, str(step.get("kind")), str(step.get("title") or key), text, dead)
