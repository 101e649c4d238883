"""A flow as a picture: boxes and arrows in SVG, drawn from the definition alone.

Each step stands below the steps that lead to it; its colour tells its kind. A flow that cannot
be published can be drawn as well: what leads nowhere has no arrow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

WIDTH, HEIGHT = 190, 64
GAP_X, GAP_Y = 26, 60
#: Steps drawn at most: more would be a picture that nobody reads
MAX_STEPS = 120
#: Kind -> (fill, border)
COLOURS = {
    "message": ("#eef2f7", "#8a99ad"),
    "question": ("#e3f0ff", "#3c7fc4"),
    "menu": ("#e8e4fb", "#6a55c2"),
    "confirm": ("#dff5ee", "#2a9074"),
    "action": ("#fff1d6", "#c98a14"),
    "condition": ("#fdf8d8", "#b3a01f"),
    "hand_over": ("#fde4e1", "#c2493c"),
    "end": ("#e4e4e4", "#6b6b6b"),
}
Edge = tuple[str, str, str]


def picture(steps: Sequence[Mapping[str, Any]], kinds: Mapping[str, str] | None = None) -> str:
    """The steps of a definition as an ``<svg>`` element, "" for no steps.

    :param steps: ``definition["steps"]``; only the first 120 are drawn
    :param kinds: what each kind of step is called, in the reader's language
    """
    drawn = {str(step.get("key")): step for step in steps[:MAX_STEPS]}
    if not drawn:
        return ""
    edges = _edges(list(drawn.values()), drawn)
    places = _places(drawn, edges)
    width = max(x for x, _y in places.values()) + WIDTH + GAP_X
    height = max(y for _x, y in places.values()) + HEIGHT + GAP_Y
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"',
        f' width="{width}" height="{height}" role="img" font-family="sans-serif" font-size="12">',
        '<defs><marker id="flow_arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7"',
        ' markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#6b7785"/></marker></defs>',
    ]
    arriving: dict[str, int] = {}
    for edge in edges:
        order = arriving[edge[1]] = arriving.get(edge[1], -1) + 1
        parts.append(_arrow(places, edge, order))
    parts += [_box(key, step, places[key], kinds or {}) for key, step in drawn.items()]
    return "".join([*parts, "</svg>"])


def _edges(steps: Sequence[Mapping[str, Any]], drawn: Mapping[str, Any]) -> list[Edge]:
    """(from, to, words), each pair of steps once."""
    joined: dict[tuple[str, str], list[str]] = {}
    for position, step in enumerate(steps):
        following = str(steps[position + 1].get("key")) if position + 1 < len(steps) else ""
        for target, words in _exits(step, following):
            if target in drawn:
                joined.setdefault((str(step.get("key")), target), []).append(words)
    return [
        (source, target, ", ".join(filter(None, words)))
        for (source, target), words in joined.items()
    ]


def _exits(step: Mapping[str, Any], following: str) -> list[tuple[str, str]]:
    kind = step.get("kind")
    after = str(step.get("goto") or following)
    if kind in ("hand_over", "end"):
        return []
    if kind == "menu":
        return [
            (str(option.get("goto") or after), str(option.get("title") or ""))
            for option in step.get("options") or ()
            if isinstance(option, Mapping)
        ]
    if kind == "condition":
        return [(after, "sim"), (str(step.get("on_false") or following), "não")]
    ways = [(after, "")]
    for name, words in (
        ("on_error", "erro"),
        ("on_fail", "não entendeu"),
        ("on_cancel", "cancelar"),
    ):
        if step.get(name):
            ways.append((str(step[name]), words))
    return ways


def _places(drawn: Mapping[str, Any], edges: Sequence[Edge]) -> dict[str, tuple[int, int]]:
    """Top left corner of each box: rows by distance from the first step, columns by order."""
    nexts: dict[str, list[str]] = {}
    for source, target, _words in edges:
        nexts.setdefault(source, []).append(target)
    row: dict[str, int] = {}
    for first in drawn:
        if first in row:
            continue
        row[first] = max(row.values(), default=-1) + 1
        queue = [first]
        for key in queue:
            for target in nexts.get(key, ()):
                if target not in row:
                    row[target] = row[key] + 1
                    queue.append(target)
    columns: dict[int, int] = {}
    places = {}
    for key in drawn:
        column = columns.setdefault(row[key], 0)
        columns[row[key]] += 1
        places[key] = (
            GAP_X + column * (WIDTH + GAP_X),
            GAP_Y // 2 + row[key] * (HEIGHT + GAP_Y),
        )
    return places


def _arrow(places: Mapping[str, tuple[int, int]], edge: Edge, order: int) -> str:
    """One arrow; ``order`` counts those that arrive at the same box, so that words stand apart."""
    source, target, words = edge
    (x1, y1), (x2, y2) = places[source], places[target]
    if y2 > y1:
        start, end = (x1 + WIDTH // 2, y1 + HEIGHT), (x2 + WIDTH // 2, y2 - 2)
        bend = (end[1] - start[1]) // 2
        controls = ((start[0], start[1] + bend), (end[0], end[1] - bend))
    else:  # back or to the side: round the right border
        start, end = (x1 + WIDTH, y1 + HEIGHT // 2), (x2 + WIDTH + 2, y2 + HEIGHT // 2 + 8)
        controls = ((start[0] + GAP_X, start[1]), (end[0] + GAP_X, end[1]))
    path = (
        f'<path d="M{start[0]} {start[1]} C{controls[0][0]} {controls[0][1]} {controls[1][0]} '
        f'{controls[1][1]} {end[0]} {end[1]}" fill="none" stroke="#6b7785" '
        'marker-end="url(#flow_arrow)"/>'
    )
    if not words:
        return path
    x, y = _on_curve((start, *controls, end), max(0.3, 0.8 - 0.17 * order))
    return path + (
        f'<text x="{x}" y="{y}" text-anchor="middle" font-size="10" fill="#47515c" '
        f'stroke="#fff" stroke-width="3" paint-order="stroke">{escape(_short(words, 34))}</text>'
    )


def _on_curve(points: Sequence[tuple[int, int]], share: float) -> tuple[int, int]:
    """The point of a cubic Bézier curve at this share of its way."""
    rest = 1 - share
    weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
    x, y = (
        sum(weight * point[axis] for weight, point in zip(weights, points, strict=True))
        for axis in range(2)
    )
    return round(x), round(y)


def _box(
    key: str, step: Mapping[str, Any], place: tuple[int, int], kinds: Mapping[str, str]
) -> str:
    kind = str(step.get("kind"))
    fill, border = COLOURS.get(kind, COLOURS["message"])
    x, y = place
    title = str(step.get("title") or key)
    text = " ".join(str(step.get("text") or "").split())
    return (
        f'<g data-step="{escape(key)}"><title>{escape(f"{title}: {text}" if text else title)}'
        f'</title><rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="8" fill="{fill}" '
        f'stroke="{border}"/><text x="{x + 10}" y="{y + 16}" font-size="9" fill="{border}">'
        f"{escape(_short(kinds.get(kind, kind), 34))}</text>"
        f'<text x="{x + 10}" y="{y + 34}" font-weight="bold" fill="#222">'
        f"{escape(_short(title, 25))}</text>"
        f'<text x="{x + 10}" y="{y + 52}" font-size="11" fill="#555">{escape(_short(text, 30))}'
        "</text></g>"
    )


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
