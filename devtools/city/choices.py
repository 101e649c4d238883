"""What people of the living demo decide to do, and when: pure.

Times are seconds of the real clock, after the contact was accepted or the day began.
"""

import random
from dataclasses import dataclass, field

from .crew import HOUR, Member, pauses
from .shape import DAY_SECONDS

WAYS = {
    "health": ("Saúde e dengue",),
    "streets": ("Rua, luz e barulho",),
    "taxes": ("IPTU, taxas e impostos", "Pessoa física"),
    "work": ("Trabalho e educação",),
    "permits": ("Licenças e obras", "Pessoa física"),
    "citizenship": ("Ouvidoria e cidadania", "Alistamento militar", "Falar com atendente"),
    "traffic": ("Ônibus e trânsito", "Falar com atendente"),
    "fines": ("Multas e transporte", "Falar com atendente"),
    "culture": ("Cultura e outros",),
}
"""The choices of the menu that lead to a person of each queue; to `information` leads a word."""

PERSON = "quero falar com um atendente"
"""By these words the menu leads to the queue `information`."""

SELF_SERVICE = (
    ("IPTU, taxas e impostos", "IPTU", "2ª via do IPTU", "Encerrar"),
    ("Multas e transporte", "2ª via de multa", "Encerrar"),
    ("Multas e transporte", "Vaga de idoso", "Encerrar"),
    ("Ônibus e trânsito", "Quadro de horários", "Encerrar"),
    ("Ouvidoria e cidadania", "Alistamento militar", "Como se alistar", "Encerrar"),
)
"""Choices after which the assistant ends a contact by itself."""

GREETINGS = ("Oi", "Olá", "Bom dia", "Boa tarde", "Oi, tudo bem?")
REFUSED, IGNORED = 0.02, 0.01
SPEED = 24.0
"""Services are so many times shorter than in the past, or a day would not fit into minutes."""

IN, BREAK, OUT = "in", "break", "out"


def way(queue: str) -> tuple[str, ...]:
    """Return the choices of the menu that lead to a queue; none for that of the word."""
    return WAYS.get(queue, ())


def self_service(number: int) -> tuple[str, ...]:
    """Return the choices of a contact that the assistant ends."""
    return SELF_SERVICE[number % len(SELF_SERVICE)]


@dataclass
class Service:
    """What an agent does in one contact, each thing once.

    :param welcome, answer, close: when, in seconds after the contact was accepted
    """

    welcome: float
    answer: float
    close: float
    done: set[str] = field(default_factory=set)

    def due(self, passed: float) -> str:
        """Return what is to be done now: welcome, answer, close, or nothing.

        >>> Service(1, 5, 9).due(0.5), Service(1, 5, 9).due(6)
        ('', 'welcome')
        """
        for name in ("welcome", "answer", "close"):
            if name not in self.done:
                return name if passed >= getattr(self, name) else ""
        return ""


def service(handling: float, rnd: random.Random) -> Service:
    """Return the plan of a service that takes so many seconds in the past."""
    seconds = min(max(handling / SPEED, 6.0), 60.0)
    welcome = rnd.uniform(1.0, 2.5)
    answer = welcome + (seconds - welcome) * rnd.uniform(0.4, 0.6)
    return Service(welcome, answer, seconds)


def answer_to_offer(rnd: random.Random) -> tuple[str, float]:
    """Return what an agent does with an offer, and after how many seconds."""
    chance = rnd.random()
    if chance < IGNORED:
        return "ignore", 0.0
    if chance < IGNORED + REFUSED:
        return "refuse", rnd.uniform(1.0, 4.0)
    return "accept", rnd.uniform(0.7, 4.0)


def wanted(member: Member, day_seconds: float) -> tuple[str, str]:
    """Return where an agent should be at a time of the day.

    :return: (in, break or out; kind of the break)
    """
    begin, end = member.shift
    if not begin <= day_seconds < end:
        return OUT, ""
    for pause in pauses(member):
        if pause.at <= day_seconds < pause.at + pause.seconds:
            return BREAK, pause.kind
    return IN, ""


def day_time(passed: float, minutes: float, begins: float = 0.0) -> float:
    """Return the time of the played day, in its seconds after midnight.

    :param passed: seconds since it began
    :param minutes: that the whole day takes
    :param begins: hour at which it began

    >>> day_time(60, 10, begins=6) / 3600
    8.4
    """
    return min(begins * HOUR + passed * DAY_SECONDS / (60 * minutes), DAY_SECONDS)
