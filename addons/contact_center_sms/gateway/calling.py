# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One call to a gateway, and what its outcome means.

The question is always the same: may the messages have gone out? Only when it is certain that they
did not are they sent again.
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Outcome(Enum):
    """What became of a request."""

    #: The gateway took it; its answer says what of each message
    ANSWERED = "answered"
    #: It never arrived, or the gateway asks to come back: nothing went out
    LATER = "later"
    #: The gateway refuses us: wrong key, no credit, blocked
    CLOSED = "closed"
    #: It refuses the request as a whole: one message in it may be the reason
    REFUSED = "refused"
    #: No answer, or one that says nothing: the messages may have gone out
    UNKNOWN = "unknown"


_CLOSED = frozenset({401, 402, 403, 407})
_LATER = frozenset({425, 429})


@dataclass(frozen=True)
class Result:
    """The outcome of a request.

    :ivar data: the answer's JSON, None if there is none
    :ivar detail: what happened, in the gateway's words or an HTTP status; never a secret
    """

    outcome: Outcome
    data: Any = field(default=None)
    detail: str = ""


def judge(status: int, data: Any, detail: str = "") -> Result:
    """Return what an HTTP status means.

    A 5xx comes from whatever stood in between, and a gateway that failed half way has sent half.

    :param data: the answer's JSON, None if it is none
    """
    words = f"HTTP {status} {detail}".strip()
    if 200 <= status < 300:
        known = Outcome.ANSWERED if data is not None else Outcome.UNKNOWN
        return Result(known, data, words if data is None else "")
    if status in _CLOSED:
        return Result(Outcome.CLOSED, data, words)
    if status in _LATER:
        return Result(Outcome.LATER, data, words)
    if 400 <= status < 500 and status != 408:
        return Result(Outcome.REFUSED, data, words)
    return Result(Outcome.UNKNOWN, data, words)
