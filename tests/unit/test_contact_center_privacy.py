"""Words and arithmetic of privacy."""

import doctest
from datetime import datetime, timedelta

import pytest

from contact_center_privacy.core import privacy

NIGHT = datetime(2026, 11, 20, 22)


def test_examples() -> None:
    assert doctest.testmod(privacy).failed == 0


@pytest.mark.parametrize(
    ("text", "option", "answer"),
    [
        ("", privacy.ACCEPT, True),
        ("", privacy.REFUSE, False),
        ("Aceito.", "", True),
        ("NÃO", "", False),
        ("não aceito", "", False),
        ("2", "", False),
        ("talvez", "", None),
        ("", "survey:good", None),
    ],
)
def test_consent_answers(text: str, option: str, answer: bool | None) -> None:
    assert privacy.parse_consent(text, option) is answer


def test_notice_stands_before_the_question() -> None:
    assert privacy.with_notice("", "Aviso") == "Aviso"
    assert privacy.with_notice("Qual é o seu nome?", "Aviso") == "Aviso\n\nQual é o seu nome?"
    assert privacy.with_notice("Escolha:", "Aviso", asks=True) == "Aviso\n\nEscolha:"
    assert privacy.with_notice("Bom dia!", "Aviso") == "Bom dia!\n\nAviso"


@pytest.mark.parametrize(
    ("hours", "state", "due"),
    [(1, "ok", []), (12, "soon", [12]), (21, "soon", [12, 20]), (24.5, "late", [12, 20, 24])],
)
def test_clock_of_an_incident(hours: float, state: str, due: list[int]) -> None:
    now = NIGHT + timedelta(hours=hours)
    assert privacy.incident_clock(NIGHT, now, None).state == state
    assert privacy.due_reminders(NIGHT, now, ()) == due
    assert privacy.due_reminders(NIGHT, now, due) == []


def test_clock_stops_when_the_city_was_told() -> None:
    told = NIGHT + timedelta(hours=2)
    clock = privacy.incident_clock(NIGHT, NIGHT + timedelta(days=9), told)
    assert clock == privacy.Clock("done", 22 * 3600)


def test_what_names_a_person_in_free_text() -> None:
    strings = ["5531988887777", "Maria Souza", "Maria", "m@x.org", " "]
    assert privacy.personal_strings(strings) == ["5531988887777", "Maria Souza", "m@x.org"]
