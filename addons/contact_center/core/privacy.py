"""Words and arithmetic of privacy (LGPD, Law 13.709/2018): consent, clocks, scrubbing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from . import yes_no
from .tidying import fold

ACCEPT, REFUSE = "privacy:accept", "privacy:refuse"
ACCEPT_TITLE, REFUSE_TITLE = "Aceito", "Não aceito"
# Places of the two options, where a channel can only write them down
_NUMBERS = {"1": True, "2": False}

# The city must know of an incident, or of a suspicion, within a day (requirement A24).
INCIDENT_HOURS = 24
REMINDER_HOURS = (12, 20, 24)

ERASED = "[apagado]"


def parse_consent(text: str, option_id: str = "") -> bool | None:
    """What a citizen answered to "Aceito / Não aceito"; None when it is no answer.

    >>> parse_consent("Não aceito!"), parse_consent("SIM"), parse_consent("oi")
    (False, True, None)
    """
    if option_id in (ACCEPT, REFUSE):
        return option_id == ACCEPT
    plain = re.sub(r"[^a-z0-9 ]", "", fold(text)).strip()
    return _NUMBERS[plain] if plain in _NUMBERS else yes_no.read(text)


def with_notice(text: str, notice: str, asks: bool = False) -> str:
    """`text` with the notice as a paragraph of its own.

    It stands before the last paragraph, which is what the citizen is asked; a greeting alone is
    followed by it.

    :param asks: whether the text offers options, so that it is a question in any case

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
    """How an incident stands: `state` is ok, soon (12 h are over), late or done."""

    state: str
    seconds_left: int


def incident_clock(detected_at: datetime, now: datetime, told_at: datetime | None) -> Clock:
    """The 24 hours in which the city must be told (all times naive UTC).

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
    """Hours after the detection whose reminder is due and was not sent."""
    hours = (now - detected_at).total_seconds() / 3600
    done = set(sent)
    return [mark for mark in REMINDER_HOURS if hours >= mark and mark not in done]


def personal_strings(values: Iterable[str]) -> list[str]:
    """What identifies a person in free text, longest first, without what is too common.

    Left out: less than 6 characters, and names of one word (a "Maria" is in many texts).

    >>> personal_strings(["Maria", "Maria Souza", "maria@x.org", "", "Maria Souza"])
    ['Maria Souza', 'maria@x.org']
    """
    wanted = {value.strip() for value in values if value and len(value.strip()) >= 6}
    wanted = {value for value in wanted if not value.isalpha()}
    return sorted(wanted, key=lambda value: (-len(value), value))


def scrub(text: str, strings: Iterable[str], by: str = ERASED) -> str:
    """`text` with every occurrence of `strings` (whatever the case) replaced.

    >>> scrub("Falei com maria souza hoje", ["Maria Souza"])
    'Falei com [apagado] hoje'
    """
    for value in strings:
        text = re.sub(re.escape(value), lambda _match: by, text, flags=re.IGNORECASE)
    return text


def scrub_json(value, strings: Iterable[str]):
    """A JSON value with `strings` replaced in every text inside, keys excepted."""
    strings = list(strings)
    if isinstance(value, str):
        return scrub(value, strings)
    if isinstance(value, list):
        return [scrub_json(item, strings) for item in value]
    if isinstance(value, dict):
        return {key: scrub_json(item, strings) for key, item in value.items()}
    return value
