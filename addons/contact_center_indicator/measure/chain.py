# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Seals: a hash for each figure and each day, each day's made of the one before.

Whoever changes a figure of the past has to change every later seal too, and those were told to both
parties.

This file needs the standard library only, and checks the closings of an exported month by itself:

    python3 chain.py fechamentos-2026-11.json
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence

START = "0" * 64
"""What the first seal follows."""


def canonical(values: Mapping) -> bytes:
    """Return values as the same bytes everywhere: JSON, sorted keys, no blanks."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def hash_of(values: Mapping) -> str:
    """Return the SHA-256 of values that JSON can hold.

    >>> hash_of({"b": 1, "a": None}) == hash_of({"a": None, "b": 1})
    True
    """
    return hashlib.sha256(canonical(values)).hexdigest()


def seal(previous: str, header: Mapping, rows: Iterable[str]) -> str:
    """Return the seal of a day.

    :param previous: the seal before it, `START` for the first
    :param header: what is said of the day as a whole
    :param rows: hashes of its figures, in order
    """
    return hash_of({"previous": previous, "header": dict(header), "rows": list(rows)})


def faults(seals: Sequence[Mapping]) -> list[str]:
    """Return what does not hold in a series of seals, in words; empty if all does.

    Each is {"seal", "previous", "header", "rows": [{"hash", **values}]}, the oldest first.
    """
    found, before = [], None
    for one in seals:
        day = one["header"].get("day", "?")
        if before is not None and one["previous"] != before:
            found.append(f"{day}: o fechamento anterior foi trocado ou retirado")
        for number, row in enumerate(one["rows"], 1):
            values = {key: value for key, value in row.items() if key != "hash"}
            if hash_of(values) != row["hash"]:
                found.append(f"{day}: a linha {number} foi alterada")
        made = seal(one["previous"], one["header"], [row["hash"] for row in one["rows"]])
        if made != one["seal"]:
            found.append(f"{day}: o fechamento não confere")
        before = one["seal"]
    return found


def main(arguments: Sequence[str]) -> int:
    """Check exported files and say what was found; return 1 if anything does not hold."""
    wrong = 0
    for name in arguments:
        with open(name, encoding="utf-8") as file:
            closings = json.load(file)["closings"]
        found = faults(closings)
        wrong += len(found)
        last = closings[-1]["seal"] if closings else START
        result = "\n".join(found) or f"{len(closings)} fechamentos conferem; o último é {last}"
        sys.stdout.write(f"{name}: {result}\n")
    return 1 if wrong or not arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
