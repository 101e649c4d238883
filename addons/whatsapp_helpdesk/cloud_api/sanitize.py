# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reading JSON from outside so that PostgreSQL can store it.

A text may hold U+0000 or half a surrogate pair, a number may be infinite: JSON allows it (or
Python's reader does), ``jsonb`` does not.
"""

import json
import math
import re
from typing import Any

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_REPLACEMENT = "\ufffd"


def storable(value: Any) -> Any:
    """Return parsed JSON with characters that PostgreSQL refuses as U+FFFD."""
    if isinstance(value, str):
        return _UNSTORABLE.sub(_REPLACEMENT, value)
    if isinstance(value, dict):
        return {storable(key): storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [storable(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def load(body: bytes) -> Any:
    """Return the JSON in ``body``, storable.

    :raises ValueError: not JSON, not UTF-8, or nested deeper than can be read
    """
    try:
        return storable(json.loads(body))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def readable(body: bytes) -> str:
    """Return any bytes as text that PostgreSQL can store, for people to inspect."""
    return body.decode("utf-8", "backslashreplace").replace("\x00", _REPLACEMENT)
