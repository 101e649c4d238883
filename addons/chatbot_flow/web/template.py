# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Texts with ``{names}`` in a URL or a body."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

_NAME = re.compile(r"\{([a-z][a-z0-9_]{0,63})\}")
#: Characters of one value at most
MAX_VALUE = 500


def names(text: str) -> list[str]:
    """Return the placeholders of a text, each once, in order."""
    return list(dict.fromkeys(_NAME.findall(text)))


def fill(text: str, values: Mapping[str, Any], encode: Callable[[str], str] = str) -> str:
    """Return the text with its placeholders filled in.

    :param encode: makes a value safe in its position
    """

    def value(match: re.Match) -> str:
        given = values.get(match[1])
        if given is None:
            return ""
        if isinstance(given, bool):
            given = "true" if given else "false"
        return encode(str(given)[:MAX_VALUE])

    return _NAME.sub(value, text)
