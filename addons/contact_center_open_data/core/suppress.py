# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The rule for small counts: none under five, and none that can be computed.

A count under five may point at a person. Left out alone it could be computed from the total. So it
is put together with one that is large enough, and only their sum is published. Which one is chosen
by a secret: by a rule that everybody knows, such as "the next larger one", the choice itself would
tell the number (with 4 and 4 hidden beside cells of 11 that are shown, the 8 together can only be 4
and 4). With the secret, the small and the large one could have changed places, so that each hidden
count has at least two values that fit all that is published. The tests try all small tables.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

#: The smallest count that is published
LEAST = 5


@dataclass(frozen=True)
class Shown:
    """What is published of a table of counts.

    :ivar cells: {label: count} of those that are shown, each at least `LEAST`
    :ivar rest: the sum of those that are not; 0: there are none; None: it is too small itself
    """

    cells: dict[str, int]
    rest: int | None

    @property
    def total(self) -> int | None:
        """Return the sum of all counts, or None where it would tell a small one."""
        return None if self.rest is None else sum(self.cells.values()) + self.rest


def publish(counts: Mapping[str, int], secret: str, day: str) -> Shown:
    """Return what may be published of counts by label.

    :param counts: whole numbers, 0 and more
    :param secret: known to nobody but the centre
    :param day: so that another day makes another choice
    :raise ValueError: a count is negative, or there is no secret
    """
    if not secret:
        raise ValueError("small counts are hidden by a secret: there is none")
    if any(count < 0 for count in counts.values()):
        raise ValueError("a count below nothing")
    there = {label: count for label, count in counts.items() if count}
    hidden = {label for label, count in there.items() if count < LEAST}
    others = there.keys() - hidden
    if hidden and others:
        hidden.add(min(others, key=lambda label: _order(secret, day, label)))
    rest = sum(there[label] for label in hidden)
    shown = {label: count for label, count in there.items() if label not in hidden}
    return Shown(shown, rest if rest == 0 or rest >= LEAST else None)


def _order(secret: str, day: str, label: str) -> bytes:
    """Return what the choice goes by: it looks like chance, and is the same each time."""
    return hmac.new(secret.encode(), f"{day}\0{label}".encode(), hashlib.sha256).digest()
