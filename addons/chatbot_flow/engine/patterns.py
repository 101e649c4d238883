# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Authors' regular expressions, which no answer can make slow.

They run on RE2, whose running time is linear in the length of the text, so an expression such as
``(a+)+$`` cannot block a worker. RE2 refuses what it cannot guarantee: back references,
look-arounds, and repetitions that grow too large. Source: github.com/google/re2, "Syntax".
"""

from __future__ import annotations

from typing import Any

import re2

#: Longest expression
MAX_PATTERN = 200
#: Longest answer that is matched
MAX_SUBJECT = 1000
#: Memory limit of an expression in bytes (RE2's own default is 8 MiB)
_MAX_MEMORY = 1 << 20


class PatternError(ValueError):
    """The expression is refused; the text says why."""


def compile_pattern(source: str) -> Any:
    """Return the compiled expression for :func:`matches`.

    Raises PatternError with the reason.
    """
    if not source:
        raise PatternError("it is missing")
    if len(source) > MAX_PATTERN:
        raise PatternError(f"longer than {MAX_PATTERN} characters")
    options = re2.Options()
    options.max_mem = _MAX_MEMORY
    options.log_errors = False
    try:
        return re2.compile(source, options)
    except re2.error as error:
        reason = error.args[0] if error.args else ""
        raise PatternError(
            reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        ) from error


def matches(pattern: Any, text: str) -> bool:
    """Return whether the whole text matches the expression."""
    return len(text) <= MAX_SUBJECT and pattern.fullmatch(text) is not None
