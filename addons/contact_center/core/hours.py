# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The time people will be back, in words that fit into a Portuguese sentence."""

from datetime import datetime, timedelta

WEEKDAYS = (
    "segunda-feira",
    "terça-feira",
    "quarta-feira",
    "quinta-feira",
    "sexta-feira",
    "sábado",
    "domingo",
)


def clock(at: datetime) -> str:
    """Return the time of day as it is written in Brazil.

    >>> clock(datetime(2026, 11, 23, 7)), clock(datetime(2026, 11, 23, 7, 30))
    ('7h', '7h30')
    """
    return f"{at.hour}h{at.minute:02d}" if at.minute else f"{at.hour}h"


def opening_text(now: datetime, opening: datetime | None, after_holiday: bool = False) -> str:
    """Say when service opens; both times in the queue's own time zone, None when unknown.

    :param after_holiday: whether a day in between is a holiday

    >>> opening_text(datetime(2026, 11, 20, 12), datetime(2026, 11, 20, 13))
    'hoje às 13h'
    >>> opening_text(datetime(2026, 11, 21, 9), datetime(2026, 11, 23, 7))
    'segunda-feira, 23/11, às 7h'
    >>> opening_text(datetime(2026, 11, 20, 18), datetime(2026, 11, 24, 7), True)
    'terça-feira, 24/11, às 7h, depois do feriado'
    """
    if opening is None:
        return "em breve"
    preposition = "à" if opening.hour == 1 else "às"
    hour = f"{preposition} {clock(opening)}"
    if opening.date() == now.date():
        return f"hoje {hour}"
    if opening.date() == (now + timedelta(days=1)).date():
        return f"amanhã {hour}"
    day = f"{WEEKDAYS[opening.weekday()]}, {opening:%d/%m}"
    if opening.year != now.year:
        day = f"{day}/{opening.year}"
    return f"{day}, {hour}{', depois do feriado' if after_holiday else ''}"
