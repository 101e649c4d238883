# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Privacy logic (LGPD, Law 13.709/2018): consent, clocks, identifying texts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from .shared import tidying, yes_no

ACCEPT, REFUSE = "privacy:accept", "privacy:refuse"
# Positions of the two options, on a channel that can only list them as text
_NUMBERS = {"1": True, "2": False}

# The city must know of an incident, or of a suspicion, within a day (requirement A24).
INCIDENT_HOURS = 24
REMINDER_HOURS = (12, 20, 24)

ERASED = "[apagado]"


def parse_consent(text: str, option_id: str = "") -> bool | None:
    """Return a citizen's answer to the request for consent; None if it is none.

    >>> parse_consent("Não aceito!"), parse_consent("SIM"), parse_consent("oi")
    (False, True, None)
    """
    if option_id in (ACCEPT, REFUSE):
        return option_id == ACCEPT
    plain = re.sub(r"[^a-z0-9 ]", "", tidying.fold(text)).strip()
    return _NUMBERS[plain] if plain in _NUMBERS else yes_no.read(text)


def with_notice(text: str, notice: str, asks: bool = False) -> str:
    """Return `text` with the notice as a separate paragraph.

    It comes before the last paragraph, which is the question to the citizen; after a mere greeting
    it comes last.

    :param asks: whether the text offers options and so is always a question

    >>> with_notice("Bom dia!\\n\\nQual é o seu nome?", "Seus dados ...")
    'Bom dia!\\n\\nSeus dados ...\\n\\nQual é o seu nome?'
    >>> with_notice("Bom dia!", "Seus dados ...")
    'Bom dia!\\n\\nSeus dados ...'
    """
    head, _gap, last = text.strip().rpartition("\n\n")
    parts = (head, notice, last) if head or asks or "?" in last else (last, notice)
    return "\n\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Clock:
    """The state of an incident: `state` is ok, soon (after 12 h), late or done."""

    state: str
    seconds_left: int


def incident_clock(detected_at: datetime, now: datetime, told_at: datetime | None) -> Clock:
    """Return the clock of the 24 hours for telling the city (all times naive UTC).

    >>> incident_clock(datetime(2026, 1, 1, 0), datetime(2026, 1, 1, 20), None)
    Clock(state='soon', seconds_left=14400)
    """
    deadline = detected_at + timedelta(hours=INCIDENT_HOURS)
    if told_at:
        return Clock("done", int((deadline - told_at).total_seconds()))
    left = int((deadline - now).total_seconds())
    if left < 0:
        return Clock("late", left)
    return Clock("soon" if left <= (INCIDENT_HOURS - REMINDER_HOURS[0]) * 3600 else "ok", left)


def due_reminders(detected_at: datetime, now: datetime, sent: Iterable[int]) -> list[int]:
    """Return the hours after detection whose reminder is due and has not been sent."""
    hours = (now - detected_at).total_seconds() / 3600
    done = set(sent)
    return [mark for mark in REMINDER_HOURS if hours >= mark and mark not in done]


def personal_strings(values: Iterable[str]) -> list[str]:
    """Return texts that identify a person in free text, longest first.

    Common ones are left out.

    Texts under 6 characters and single-word names are excluded ("Maria" occurs in many texts).

    >>> personal_strings(["Maria", "Maria Souza", "maria@x.org", "", "Maria Souza"])
    ['Maria Souza', 'maria@x.org']
    """
    wanted = {value.strip() for value in values if value and len(value.strip()) >= 6}
    wanted = {value for value in wanted if not value.isalpha()}
    return sorted(wanted, key=lambda value: (-len(value), value))
