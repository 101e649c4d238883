"""Citizens of a measurement: their numbers, and what each of them writes next.

They follow the demo flow from "oi" to the farewell, many at once and each at another stage, so that
every second of a run has greetings, menus, confirmations and tickets in it.
"""

from dataclasses import dataclass

SCRIPT = (
    "oi",
    "Maria das Graças Souza",
    "maria.gracas@exemplo.com.br",
    "1",
    "2",
    "A impressora da recepção não liga desde ontem.",
    "pular",
    "1",
    "2",
)
"""Greeting, name, e-mail, type of ticket, place, description, no photo, confirmation, end."""

_FIRST_NUMBER = 5531_8000_0000
_GROUP_SIZE = 100_000


@dataclass(frozen=True)
class Turn:
    """One message that a citizen writes.

    :param citizen: number of the citizen within the run, from 0
    :param stage: position in the script
    :param script: what is written, message by message
    """

    citizen: int
    stage: int
    script: tuple[str, ...] = SCRIPT

    @property
    def text(self) -> str:
        """What is written."""
        return self.script[self.stage]


def wa_id(citizen: int, group: int = 0) -> str:
    """Return a citizen's telephone as Meta writes it.

    Each run has a group of numbers of its own.
    """
    return str(_FIRST_NUMBER + group * _GROUP_SIZE + citizen)


def turn(index: int, at_once: int, script: tuple[str, ...] = SCRIPT) -> Turn:
    """Return the `index`-th message when `at_once` citizens write in turns.

    Each place in the round is taken by one citizen after another. The first ones leave early, at
    different moments, so that later on all stages are mixed.
    """
    place, round_number = index % at_once, index // at_once
    before = place % len(script)
    follower, stage = divmod(round_number + before, len(script))
    if follower == 0:
        stage = round_number
    return Turn(place + at_once * follower, stage, script)


def at_once(rate: float, pause: float) -> int:
    """Return the citizens for `rate` messages a second, one each `pause` seconds."""
    return max(1, round(rate * pause))
