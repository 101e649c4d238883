# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The chart of an alarm: contacts by ten minutes beside what was expected, as SVG."""

from __future__ import annotations

from collections.abc import Sequence

SLOT_SECONDS = 600
_WIDTH, _HEIGHT, _FOOT, _LEFT = 640, 160, 20, 34


def chart(counts: Sequence[int], mean: float, labels: Sequence[str], title: str) -> str:
    """Return an SVG picture of counts by slot, with a line at what was expected.

    :param counts: contacts in each slot, oldest first
    :param mean: contacts expected in a slot
    :param labels: what stands below each slot; empty ones stand nowhere
    :param title: what the picture shows, for those who do not see it; escaped here

    >>> chart([], 0.0, [], "x")
    ''
    """
    if not counts:
        return ""
    top = max(*counts, mean, 1)
    wide = (_WIDTH - _LEFT) / len(counts)
    tall = _HEIGHT - _FOOT - 12
    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" width="100%" role="img"',
        f' aria-label="{_escaped(title)}" xmlns="http://www.w3.org/2000/svg">',
        f"<title>{_escaped(title)}</title>",
        f'<text x="{_LEFT - 4}" y="20" text-anchor="end" font-size="11">{top:.0f}</text>',
        f'<text x="{_LEFT - 4}" y="{_HEIGHT - _FOOT}" text-anchor="end" font-size="11">0</text>',
    ]
    for place, (count, label) in enumerate(zip(counts, labels, strict=True)):
        left = _LEFT + place * wide
        high = tall * count / top
        parts.append(
            f'<rect x="{left + 1:.1f}" y="{_HEIGHT - _FOOT - high:.1f}" width="{wide - 2:.1f}" '
            f'height="{high:.1f}" fill="#b3402e"/>'
        )
        if label:
            parts.append(
                f'<text x="{left:.1f}" y="{_HEIGHT - 5}" font-size="11">{_escaped(label)}</text>'
            )
    line = _HEIGHT - _FOOT - tall * mean / top
    parts.append(
        f'<line x1="{_LEFT}" x2="{_WIDTH}" y1="{line:.1f}" y2="{line:.1f}" stroke="#1f5fa8" '
        'stroke-width="2" stroke-dasharray="6 4"/></svg>'
    )
    return "".join(parts)


def _escaped(text: str) -> str:
    """Return a text that may stand in an attribute or an element."""
    for char, name in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot")):
        text = text.replace(char, f"&{name};")
    return text
