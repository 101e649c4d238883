# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whose messages are processed next: nobody waits for somebody else's backlog.

Pure arithmetic over what waits; the caller reads it and takes the locks.
"""

from collections.abc import Iterable

#: Messages of one person that are processed in one go, when nobody else waits
MOST = 20
#: The same when many people wait; few write more than that in one breath
LEAST = 5


def share(people: int) -> int:
    """Return how many messages of each of ``people`` one transaction takes.

    >>> share(1), share(2), share(20)
    (20, 10, 5)
    """
    return max(LEAST, MOST // max(people, 1))


def is_backlog(number: int) -> bool:
    """Return whether so many waiting messages of one person are a backlog."""
    return number > MOST


def in_order(waiting: Iterable[tuple[str, int]]) -> list[str]:
    """Return the people in the order in which they are served.

    Whoever has waited longest comes first, whatever they wrote, so that a backlog gets smaller
    however many others write. Then those who wait for little, then those with a backlog.

    :param waiting: (person, number of their messages that wait), the longest wait first

    >>> in_order([("flood", 1000), ("flood too", 900), ("Maria", 1), ("João", 2)])
    ['flood', 'Maria', 'João', 'flood too']
    """
    waiting = list(waiting)
    return [
        *(key for key, _number in waiting[:1]),
        *(key for key, number in waiting[1:] if not is_backlog(number)),
        *(key for key, number in waiting[1:] if is_backlog(number)),
    ]
