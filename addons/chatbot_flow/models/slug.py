"""Codes made from titles."""

import re

from ..engine.matching import normalise


def unique_key(title, default, used):
    """A code like the title, not in `used`: "Qual é o local?" gives "qual_e_o_local"."""
    key = re.sub(r"[^a-z0-9]+", "_", normalise(title or "")).strip("_")[:48].strip("_")
    if not key or not key[0].isalpha():
        key = f"{default}_{key}".strip("_")
    candidate, number = key, 2
    while candidate in used:
        candidate, number = f"{key}_{number}", number + 1
    return candidate
