# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The protocol number: the year and a sequence of at least six digits."""

import re
from typing import NamedTuple

SEQUENCE_DIGITS = 6
_PROTOCOL = re.compile(r"([1-9]\d{3})(\d{6,12})", re.ASCII)


class Protocol(NamedTuple):
    """A parsed protocol number."""

    year: int
    number: int


def format_protocol(year: int, number: int) -> str:
    """Write a protocol number.

    >>> format_protocol(2026, 123)
    '2026000123'

    The sequence grows beyond six digits rather than starting again.
    """
    if not 1000 <= year <= 9999:
        raise ValueError(f"the year must have four digits, not {year}")
    if number < 1:
        raise ValueError(f"the sequence starts at 1, not {number}")
    return f"{year}{number:0{SEQUENCE_DIGITS}d}"


def parse_protocol(text: str) -> Protocol | None:
    """Parse a protocol number as people type it, or return None.

    Blanks, dots, dashes and slashes are accepted.

    >>> parse_protocol(" 2026.000123 ")
    Protocol(year=2026, number=123)
    """
    match = _PROTOCOL.fullmatch(re.sub(r"[\s./-]", "", text))
    if not match or int(match[2]) < 1:
        return None
    protocol = Protocol(int(match[1]), int(match[2]))
    # Only the output of format_protocol is valid: no padding beyond six digits.
    return protocol if format_protocol(*protocol) == match[0] else None
