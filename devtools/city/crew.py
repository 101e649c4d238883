"""The agents of the demo: queues, and shifts of six hours with pauses (NR-17).

Pure. Times are seconds after midnight, local time.
"""

import random
from dataclasses import dataclass
from datetime import date

HOUR = 3600.0

GROUPS = (
    ("streets", "traffic", "culture"),
    ("health", "information", "citizenship", "work"),
    ("taxes", "fines", "permits", "information"),
)
"""Queues that are served by the same agents; the first one is what they know best."""

SHIFTS = (
    (6.5, 12.5),
    (8.0, 14.0),
    (9.0, 15.0),
    (13.5, 19.5),
    (14.0, 20.0),
)
"""Begin and end by hour."""

SUNDAY_SHIFTS = ((6.5, 12.5), (9.0, 15.0), (13.5, 19.5))
"""Those that are worked on Sundays and holidays too."""

NIGHT_SHIFTS = ((18.0, 24.0), (0.0, 6.5))
"""Of the first group, whose queues never close."""

NAMES = (
    *("Aline Barbosa", "Bruno Carvalho", "Camila Duarte", "Diego Fonseca", "Elaine Gomes"),
    *("Fábio Henriques", "Gabriela Inácio", "Heitor Jardim", "Isabela Lopes", "João Macedo"),
    *("Karina Neves", "Leandro Oliveira", "Mariana Prado", "Natália Queiroz", "Otávio Reis"),
    *("Patrícia Salgado", "Rafael Teixeira", "Simone Uchoa", "Tiago Vieira", "Vanessa Xavier"),
    *("Wagner Zanetti", "Yara Andrade", "Caio Brandão", "Débora Cunha"),
)
PASSWORD = "atendente-demo-2026"


@dataclass(frozen=True, slots=True)
class Member:
    """An agent of the demo.

    :param shift: begin and end, in seconds after midnight
    """

    number: int
    name: str
    login: str
    queues: tuple[str, ...]
    shift: tuple[float, float]
    works_sundays: bool

    @property
    def registration(self) -> str:
        """The number under which the city sees them."""
        return f"156{self.number:03}"


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause of a shift.

    :param kind: `regulated` or `snack`, as the ledger of states calls it
    """

    at: float
    seconds: float
    kind: str


def crew() -> tuple[Member, ...]:
    """Return all agents."""
    places = [(group, shift) for shift in SHIFTS for group in range(len(GROUPS))]
    places += [(0, shift) for shift in NIGHT_SHIFTS]
    # The queues of the street never close, and get most: one more by day
    places += [(0, (7.0, 13.0)), (0, (13.0, 19.0)), (1, (10.0, 16.0))]
    found = []
    for number, (group, shift) in enumerate(places, start=1):
        begin, end = (hour * HOUR for hour in shift)
        # Nights have nobody in reserve: they work every day
        sundays = shift in NIGHT_SHIFTS or shift in SUNDAY_SHIFTS
        found.append(
            Member(
                number,
                NAMES[number - 1],
                f"agente{number:02}",
                GROUPS[group],
                (begin, end),
                sundays,
            )
        )
    return tuple(found)


def is_at_work(member: Member, day: date, seed: str, is_holiday: bool = False) -> bool:
    """Return whether somebody works on a day: not all do on Sundays, and some are ill."""
    quiet = is_holiday or day.weekday() >= 5
    if quiet and not member.works_sundays:
        return False
    ill = random.Random(f"ill {member.number} {seed} {day}").random()
    night = member.shift[0] / HOUR in (18.0, 0.0)
    return night or ill >= 0.04


def pauses(member: Member) -> tuple[Pause, ...]:
    """Return the pauses of a shift: two of ten minutes and a snack of twenty."""
    begin, _end = member.shift
    later = member.number % 4 * 300.0
    return (
        Pause(begin + 1.4 * HOUR + later, 600.0, "regulated"),
        Pause(begin + 2.8 * HOUR + later, 1200.0, "snack"),
        Pause(begin + 4.3 * HOUR + later, 600.0, "regulated"),
    )
