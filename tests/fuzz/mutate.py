"""Inputs out of good ones: cut, doubled, swapped, or with hostile pieces.

Or of such pieces alone.

All that is drawn comes from one `random.Random`, so that a number repeats an input.
"""

import json
import random
from collections.abc import Sequence
from typing import Any

MOST = 4000
"""Bytes or characters of one input; what takes time by its square shows itself far below."""
NASTY_TEXT = (
    "\x00",
    "\ufffd",
    "\ud800",
    "\u202e",
    "\u200b",
    "\ufeff",
    "\u0301",
    "😀",
    "İ",
    "ß",
    "ﬁ",
    "٣",
    "　",
    "\u2028",
    "<script>",
    "</",
    "<!--",
    "]]>",
    "<svg/onload=x>",
    "javascript:",
    "&#x41;",
    "&#0;",
    "&#999999999;",
    "&amp;lt;",
    '"',
    "'",
    "\\",
    "`",
    "```",
    "*",
    "_",
    "~",
    "> ",
    "{",
    "}",
    "{{x}}",
    "%s",
    "${x}",
    "../",
    "\r",
    "\n",
    "\t",
    "\x1b[0m",
    "=1+1",
    "@x",
    "-",
    "9" * 40,
    "-1",
    "1e999",
    "NaN",
    "0x10",
    "!!python/object:os.system",
    "&a *a",
    "<<: *a",
    "|-\n ",
)
NASTY_VALUES = (
    None,
    True,
    False,
    0,
    -1,
    2**31,
    2**63,
    10**30,
    1e308,
    -0.0,
    "",
    " ",
    "null",
    [],
    {},
    [[]],
    {"": {}},
    "\x00",
    "a" * 3000,
    [None],
    [{}],
    {"id": None},
    {"text": []},
    "1970-01-01",
    "-62135596800",
    "99999999999999999999",
    "😀",
    "\u202e",
    "<b>",
)


def text(draw: random.Random, corpus: Sequence[str], most: int = MOST) -> str:
    """Return a text made from one or two of the corpus."""
    made = draw.choice(corpus)
    for _ in range(draw.randint(1, 6)):
        at, to = sorted((draw.randint(0, len(made)), draw.randint(0, len(made))))
        made = _ONE_TEXT[draw.randrange(len(_ONE_TEXT))](draw, made, at, to, corpus)
    return made[:most]


_ONE_TEXT = (
    lambda draw, made, at, to, corpus: made[:at] + draw.choice(NASTY_TEXT) + made[at:],
    lambda draw, made, at, to, corpus: (
        made[:at] + draw.choice(NASTY_TEXT) * draw.randint(2, 60) + made[to:]
    ),
    lambda draw, made, at, to, corpus: made[:at] + made[to:],
    lambda draw, made, at, to, corpus: made[:to] + made[at:],
    lambda draw, made, at, to, corpus: made[:at] + draw.choice(corpus)[to:],
    lambda draw, made, at, to, corpus: made[:at] + chr(draw.randrange(1, 0x3000)) + made[at:],
    lambda draw, made, at, to, corpus: made[:at] + made[at:to] * draw.randint(2, 20) + made[to:],
)


def data(draw: random.Random, corpus: Sequence[bytes]) -> bytes:
    """Return bytes made from one or two of the corpus."""
    made = bytearray(draw.choice(corpus))
    for _ in range(draw.randint(1, 6)):
        at, to = sorted((draw.randint(0, len(made)), draw.randint(0, len(made))))
        way = draw.randrange(6)
        if way == 0 and made:
            made[draw.randrange(len(made))] = draw.randrange(256)
        elif way == 1:
            made[at:to] = draw.randbytes(draw.randint(0, 8))
        elif way == 2:
            made[at:at] = draw.choice(NASTY_TEXT).encode("utf-8", "surrogatepass")
        elif way == 3:
            del made[at:to]
        elif way == 4:
            made[at:at] = made[at:to]
        else:
            made[at:] = draw.choice(corpus)[to:]
    return bytes(made[: 8 * MOST])


def value(draw: random.Random, corpus: Sequence[Any]) -> Any:
    """Return parsed JSON from the corpus: some of its values are others' or nasty."""
    chosen = draw.choice(corpus)
    return _changed(draw, chosen, chosen, draw.choice((0.02, 0.1, 0.3)), 12)


def _changed(draw: random.Random, node: Any, root: Any, share: float, depth: int) -> Any:
    if draw.random() < share or not depth:
        return _other(draw, node, root, depth)
    if isinstance(node, dict):
        kept = {
            (draw.choice(NASTY_TEXT) if draw.random() < share / 4 else key): _changed(
                draw, inner, root, share, depth - 1
            )
            for key, inner in node.items()
            if draw.random() >= share / 2
        }
        return kept
    if isinstance(node, list):
        changed = [_changed(draw, inner, root, share, depth - 1) for inner in node]
        return changed * draw.randint(2, 3) if changed and draw.random() < share else changed
    return node


def _other(draw: random.Random, node: Any, root: Any, depth: int) -> Any:
    way = draw.randrange(5)
    if way == 0 and depth > 6:
        return [node]
    if way == 1:
        return {"x": node} if depth > 6 else str(node)
    if way == 2 and isinstance(node, str):
        return text(draw, [node or "x"])
    if way == 3 and depth > 9 and isinstance(root, (dict, list)):
        return root
    return draw.choice(NASTY_VALUES)


def as_json(draw: random.Random, made: Any) -> bytes:
    """Return JSON, now and then damaged; ASCII as Meta writes it, or not."""
    body = json.dumps(made, ensure_ascii=draw.random() < 0.8).encode("utf-8", "surrogatepass")
    return data(draw, [body]) if draw.random() < 0.15 else body
