# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Merges texts into fewer messages.

Every message costs the citizen a notification and the city a place in Meta's pair rate (one in 6
s), so consecutive texts are sent as one where possible.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .effects import Ask, Effect, Say, SmallTalk

#: Longest text of a message without options and of one with options (Cloud API)
MAX_PLAIN = 4096
MAX_INTERACTIVE = 1024


def merge(effects: Iterable[Effect]) -> tuple[Effect, ...]:
    """Return the effects with neighbouring texts joined by an empty line.

    Media stay on their own.
    """
    merged: list[Effect] = []
    for effect in effects:
        if isinstance(effect, SmallTalk):
            # says nothing: put it first, so that texts stay adjacent
            merged.insert(0, effect)
            continue
        last = merged[-1] if merged else None
        if isinstance(last, Say) and not last.media and isinstance(effect, Say | Ask):
            text = (
                f"{last.text}\n\n{effect.text}"
                if last.text and effect.text
                else (last.text or effect.text)
            )
            limit = MAX_INTERACTIVE if isinstance(effect, Ask) and effect.options else MAX_PLAIN
            if not effect.media and len(text) <= limit:
                merged[-1] = replace(effect, text=text)
                continue
        merged.append(effect)
    return tuple(merged)
