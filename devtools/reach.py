"""What is reached from some names by one relation: dependencies of addons."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def reached(names: Iterable[str], following: Callable[[str], Iterable[str]]) -> set[str]:
    """Return the names and all that follow from them, directly or not.

    :param following: what one name leads to
    """
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += following(name)
    return found
