# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From contacts to tallies: what counts in which indicator, by which reading.

The Odoo layer reads waits, services, ends and votes of a day from the ledgers; here they become
whole numbers for each indicator, queue and agent. All moments are microseconds since 1970.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .figures import NOTHING, Tally
from .reading import Reading

SECOND = 1_000_000
ANSWERED, ABANDONED, ELSEWHERE = "answered", "abandoned", "elsewhere"
# How a stay in a queue ended -> what became of the wait
ENDS = {
    "accepted": ANSWERED,
    "lent": ANSWERED,
    "transferred": ANSWERED,
    "abandoned": ABANDONED,
    "closed": ABANDONED,
}
GOES_ON = ("overflowed", "transferred")
"""Ends of a stay after which the wait may go on in another queue."""
JOINED_US = 10 * SECOND
"""The next stay begins within this time, or somebody answered in between."""

Key = tuple[str, int | None, int | None]
"""Code, queue, agent."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay in one queue, as the ledger has it; in the order of `number`."""

    number: int
    conversation: int
    queue: int | None
    entered_us: int
    left_us: int
    how: str
    agent: int | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """One wait of a citizen, over all the queues it led through.

    :param how: `ANSWERED`, `ABANDONED` or `ELSEWHERE` (back to the assistant, called back)
    :param opened_us: when the citizen came in
    :param replied_us: an agent's first words after it, None if there are none
    :param is_call: whether the citizen waits on the line
    """

    conversation: int
    first_queue: int | None
    last_queue: int | None
    entered_us: int
    left_us: int
    how: str
    agent: int | None = None
    opened_us: int | None = None
    replied_us: int | None = None
    is_call: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """One agent's service of a contact, from taking it to passing it on or ending it."""

    queue: int | None
    agent: int | None
    taken_us: int
    ended_us: int
    replied_us: int | None = None
    is_call: bool = False
    conversation: int | None = None


def waits_of(stays: Iterable[Stay]) -> list[Wait]:
    """Return the waits of stays that have all ended.

    Stays that go on in the next one are joined.
    """
    found, chain = [], []
    for stay in sorted(stays, key=lambda stay: (stay.conversation, stay.number)):
        if chain and not _goes_on(chain[-1], stay):
            found.append(_wait(chain))
            chain = []
        chain.append(stay)
    return found + ([_wait(chain)] if chain else [])


def _goes_on(stay, following):
    return (
        stay.conversation == following.conversation
        and stay.how in GOES_ON
        and following.entered_us - stay.left_us < JOINED_US
    )


def _wait(chain):
    first, last = chain[0], chain[-1]
    return Wait(
        conversation=last.conversation,
        first_queue=first.queue,
        last_queue=last.queue,
        entered_us=first.entered_us,
        left_us=last.left_us,
        how=ENDS.get(last.how, ELSEWHERE),
        agent=last.agent,
    )


class Tallies:
    """Adds up what is counted, by the answers of one reading.

    :param seconds: (queue, is_call) -> within how many seconds a contact has to be answered
    :param remember: keep which contacts each tally is made of, in `contacts`
    """

    def __init__(
        self, reading: Reading, seconds: Callable[[int | None, bool], int], remember=False
    ):
        """Begin with nothing."""
        self.reading = reading
        self.seconds = seconds
        self.found: dict[Key, Tally] = {}
        self.contacts: dict[Key, list[int]] | None = {} if remember else None

    def _count(self, code, queue, agent, numerator, denominator=1, contact=None):
        key = (code, queue, agent)
        self.found[key] = self.found.get(key, NOTHING) + Tally(numerator, denominator)
        if self.contacts is not None and contact:
            self.contacts.setdefault(key, []).append(contact)

    # ------------------------------------------------------------
    # Waits: service level, mean wait, abandonment
    # ------------------------------------------------------------

    def add_wait(self, wait: Wait) -> None:
        """Count one wait that ended on the day."""
        queue = wait.first_queue if self.reading["service_queue"] == "first" else wait.last_queue
        since_opened = self.reading["wait_from"] == "opened" and wait.opened_us is not None
        began = wait.opened_us if since_opened else wait.entered_us
        waited = wait.left_us - began
        short = wait.how == ABANDONED and 0 < self.reading.short_abandon_us >= waited
        self._add_service_level(wait, queue, began, short)
        if wait.how == ANSWERED or self.reading["wait_population"] == "received":
            self._count("TME", queue, wait.agent, waited, contact=wait.conversation)
        if not short:
            lost = int(wait.how == ABANDONED)
            self._count("IAL", queue, wait.agent, lost, contact=wait.conversation)

    def _add_service_level(self, wait, queue, began, short):
        base = self.reading["service_base"]
        if base == "answered" and wait.how != ANSWERED:
            return
        if base == "without_short" and short:
            return
        limit = self.seconds(queue, wait.is_call) * SECOND
        answered = wait.how == ANSWERED
        accepted = answered and wait.left_us - began <= limit
        said = wait.replied_us is not None
        replied = answered and said and wait.replied_us - began <= limit
        by_reply = not wait.is_call and self.reading["service_text"] == "reply"
        counted = {
            "INS": replied if by_reply else accepted,
            "INS_ACEITE": accepted,
            "INS_RESPOSTA": replied,
        }
        for code, within in counted.items():
            self._count(code, queue, wait.agent, int(within), contact=wait.conversation)

    def add_electronic(self, queue: int | None, number: int) -> None:
        """Count contacts that ended with the assistant, where the reading has them count."""
        if self.reading["service_population"] == "all":
            for code in ("INS", "INS_ACEITE", "INS_RESPOSTA"):
                self._count(code, queue, None, 0, number)
        if self.reading["abandon_population"] == "all":
            self._count("IAL", queue, None, 0, number)

    # ------------------------------------------------------------
    # Services, ends, votes
    # ------------------------------------------------------------

    def add_service(self, service: Service) -> None:
        """Count one service.

        In writing it counts from the agent's first words, on the line from the start. A written
        service in which the agent said nothing had no contact, and does not count.
        """
        began = service.taken_us if service.is_call else service.replied_us
        if began is not None:
            spoken = max(service.ended_us - began, 0)
            self._count("TMA", service.queue, service.agent, spoken, contact=service.conversation)

    def add_end(self, queue: int | None, agent: int | None, registered: bool, contact=None) -> None:
        """Count the end of a contact that people served."""
        self._count("IAR", queue, agent, int(registered), contact=contact)

    def add_vote(self, queue: int | None, agent: int | None, good: bool, contact=None) -> None:
        """Count a citizen's vote."""
        self._count("IPS", queue, agent, int(good), contact=contact)

    def add(self, code: str, queue: int | None, agent: int | None, tally: Tally) -> None:
        """Add what another source has counted."""
        self._count(code, queue, agent, tally.numerator, tally.denominator)
