# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The hash of a measurement: anybody can compute it again."""

import hashlib
import json
from collections.abc import Mapping


def hash_of(values: Mapping) -> str:
    """Return the SHA-256 of values that JSON can hold: sorted keys, no blanks, UTF-8."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
