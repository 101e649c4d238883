# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A citizen's input: made safe, interpreted and displayed.

``clean_answer`` accepts anything and returns an ``Answer`` of plain strings and numbers.
``interpret`` returns a :class:`Reading` (a JSON value, and how sure it is) or a :class:`Wrong` with
the name of the text that says what is expected. ``show`` writes a value the way people in Brazil
write it.

Every kind first applies the same step, ``tidying.tidy`` of the contact center's core.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import phonenumbers

from . import amounts, clock_times, emails, identity, matching, names, patterns
from .events import Answer
from .shared import dates, phones, tidying, yes_no
from .steps import DEFAULT_MAX_TEXT, FlowStep
from .texts import MEDIA_NAMES

#: Longer texts are truncated first (WhatsApp's own limit is 4,096)
MAX_TEXT = 10_000
_MAX_REF = 256
_MAX_DEPTH = 6
#: Control characters except line feed and tab, and surrogates: PostgreSQL's JSON cannot store them
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
#: Certainty of a reading: reported to the citizen, who may go back; or confirmed first
TELL, ASK = "tell", "ask"
#: Phrases for the number that the citizen is writing from
_OWN_PHONE = frozenset(
    f"{before}{number}"
    for before in ("", "e ", "pode ser ", "sim e ", "sim ", "no ", "o ", "pode ser o ", "e o ")
    for number in (
        "esse mesmo", "este mesmo", "esse", "este", "mesmo", "mesmo numero", "esse numero",
        "este numero", "esse numero mesmo", "este numero mesmo", "esse aqui", "este aqui",
        "esse aqui mesmo", "este aqui mesmo", "nesse mesmo", "neste mesmo", "nesse", "neste",
        "desse", "deste", "desse numero", "deste numero", "meu", "meu numero", "meu whatsapp",
        "meu zap", "esse whatsapp", "este whatsapp", "esse zap", "deste whatsapp", "desse zap",
        "do whatsapp", "do zap", "mesmo do whatsapp", "mesmo do zap", "esse que estou falando",
        "que estou falando", "que estou usando", "esse que estou usando",
    )
)  # fmt: skip
#: Words in a question's name or text that ask for a date long ago, which needs a year
_BIRTH = ("nascimento", "nasceu", "aniversario", "nasc")


@dataclass(frozen=True, slots=True)
class Wrong:
    """The answer does not fit the question; ``text`` names one of the flow's texts."""

    text: str
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """The interpretation of an answer.

    :ivar doubt: empty if certain, ``tell`` if something was inferred (the year of "15/3"), ``ask``
    if something was corrected
    """

    value: Any
    doubt: str = ""


def plain(text: Any, limit: int = MAX_TEXT) -> str:
    """Return the text cut to ``limit``, without unstorable characters.

    "" for non-strings.
    """
    if not isinstance(text, str):
        return ""
    return _UNSAFE.sub("", text[:limit])


def json_value(value: Any, depth: int = _MAX_DEPTH) -> Any:
    """Return the value as plain JSON; unsupported types become text, or None."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, int):
        return int(value) if abs(value) < 2**63 else None
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if depth <= 0:
        return None
    if isinstance(value, Mapping):
        return {plain(str(key)): json_value(item, depth - 1) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [json_value(item, depth - 1) for item in value]
    return plain(str(value))


def clean_answer(answer: Any) -> Answer:
    """Return any object as an Answer that is safe to read."""
    kind = getattr(answer, "kind", "")
    return Answer(
        text=tidying.bare(plain(getattr(answer, "text", ""))).strip(),
        option_id=plain(getattr(answer, "option_id", ""), _MAX_REF),
        kind=kind if isinstance(kind, str) else "",
        media_ref=plain(getattr(answer, "media_ref", ""), _MAX_REF),
        media_kind=plain(getattr(answer, "media_kind", ""), 32),
        latitude=_degrees(getattr(answer, "latitude", None), 90),
        longitude=_degrees(getattr(answer, "longitude", None), 180),
        files=_files(getattr(answer, "files", ())),
    )


def interpret(
    step: FlowStep,
    answer: Answer,
    today: datetime.date | None = None,
    area: str = "",
    own_phone: str = "",
) -> Reading | Wrong:
    """Interpret an answer to a question, or return a :class:`Wrong`.

    Media are handled elsewhere.

    :param today: in the citizen's time zone, for "amanhã" and days without a year
    :param area: area code for telephones without one
    :param own_phone: the citizen's, for "esse mesmo"
    """
    if answer.kind == "location" and step.answer == "location":
        found = _parse_location(step, answer)
    # a caption under a picture is a text as well
    elif not answer.text or answer.kind in ("location", "contacts"):
        found = Wrong(_WRONG.get(step.answer, "wrong_text"))
    elif step.answer == "date":
        found = _read_date(step, answer, today)
    elif step.answer == "phone":
        found = _read_phone(answer.text, area, own_phone)
    else:
        found = _PARSERS[step.answer](step, answer)
    return found if isinstance(found, Wrong | Reading) else Reading(found)


def parse(step: FlowStep, answer: Answer, today: datetime.date | None = None) -> Any:
    """Return an answer's value, even if it needs confirmation, or a :class:`Wrong`."""
    found = interpret(step, answer, today)
    if isinstance(found, Wrong):
        return found
    return Wrong(_WRONG[step.answer]) if found.doubt == ASK else found.value


def parse_media(step: FlowStep, answer: Answer) -> str | Wrong:
    """Return the reference of the medium, or a Wrong that says what is accepted."""
    kinds = step.media_kinds
    accepted = (
        answer.kind == "media"
        and answer.media_ref
        and (not kinds or not answer.media_kind or answer.media_kind in kinds)
    )
    if accepted:
        return answer.media_ref
    kinds = [MEDIA_NAMES[kind] for kind in kinds] or ["uma foto ou um arquivo"]
    words = kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} ou {kinds[-1]}"
    return Wrong("wrong_media", {"tipos": words})


def show(value: Any, kind: str = "text") -> str:
    """Return a stored value as people read it: ``31/12/2026``, ``2 arquivos``."""
    if value is None or value == "":
        return ""
    if kind == "date":
        return _show_date(value)
    if kind == "phone":
        return _show_phone(value)
    if kind == "cpf":
        return identity.show_cpf(str(value))
    if kind == "cnpj":
        return identity.show_cnpj(str(value))
    if isinstance(value, bool):
        return "sim" if value else "não"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    if isinstance(value, list):
        if kind == "media":
            return "1 arquivo" if len(value) == 1 else f"{len(value)} arquivos"
        return ", ".join(show(item) for item in value)
    if isinstance(value, Mapping):
        return _show_location(value)
    return str(value)


def _files(given: Any) -> tuple[tuple[str, str], ...]:
    """Return (reference, kind) of files, without invalid ones."""
    pairs = given if isinstance(given, list | tuple) else ()
    found = [
        (plain(pair[0], _MAX_REF), plain(pair[1], 32))
        for pair in pairs
        if isinstance(pair, list | tuple) and len(pair) == 2
    ]
    return tuple(pair for pair in found if pair[0])


def _degrees(value: Any, limit: int) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if -limit <= value <= limit else None


def _parse_text(step: FlowStep, answer: Answer) -> Reading | Wrong:
    text = answer.text
    doubt = ""
    if names.asked(step):
        found = names.judge(text)
        if found is None:
            return Wrong("wrong_name")
        text, doubt = found.value, "" if found.sure else ASK
    minimum = 1 if step.minimum is None else step.minimum
    maximum = DEFAULT_MAX_TEXT if step.maximum is None else step.maximum
    if len(text) < minimum:
        return Wrong("wrong_text_short", {"minimo": str(minimum)})
    if len(text) > maximum:
        return Wrong("wrong_text_long", {"maximo": str(maximum)})
    return Reading(text, doubt)


def _parse_email(step: FlowStep, answer: Answer) -> Reading | Wrong:
    found = emails.read(answer.text)
    return Reading(found.value, ASK if found.doubtful else "") if found else Wrong("wrong_email")


def _read_phone(text: str, area: str = "", own_phone: str = "") -> Reading | Wrong:
    if own_phone and yes_no.without_courtesy(text) in _OWN_PHONE:
        text, area = own_phone, ""
        doubt = TELL
    else:
        doubt = ""
    try:
        found = phones.read(text, area)
    except phones.NotAPhone:
        return Wrong("wrong_phone")
    if len(found.numbers) != 1:
        return Wrong("wrong_phone_many")
    return Reading(found.numbers[0], doubt or (TELL if _was_local(text, area) else ""))


def _was_local(text: str, area: str) -> bool:
    """Return whether the city's area code was added."""
    try:
        return bool(area) and not phones.read(text).numbers
    except phones.NotAPhone:
        return True


def _parse_number(step: FlowStep, answer: Answer) -> int | float | Wrong:
    value = amounts.read(answer.text)
    if value is None:
        return Wrong("wrong_number")
    low, high = step.minimum, step.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        return Wrong("wrong_number_range", _range_words(low, high))
    return value


def _range_words(low: int | None, high: int | None) -> dict[str, str]:
    words = {"minimo": str(low), "maximo": str(high)}
    if low is None:
        words["faixa"] = f"um número até {high}"
    elif high is None:
        words["faixa"] = f"um número a partir de {low}"
    else:
        words["faixa"] = f"um número de {low} a {high}"
    return words


def _read_date(
    step: FlowStep, answer: Answer, today: datetime.date | None = None
) -> Reading | Wrong:
    asked = matching.normalise(f"{step.variable} {step.text.source}")
    found = dates.read(answer.text, today, past=any(word in asked for word in _BIRTH))
    if found is None:
        return Wrong("wrong_date")
    return Reading(found.value.isoformat(), TELL if found.completed else "")


def _parse_time(step: FlowStep, answer: Answer) -> Reading | Wrong:
    found = clock_times.read(answer.text)
    return Reading(found.value, TELL if found.completed else "") if found else Wrong("wrong_time")


def _parse_yes_no(step: FlowStep, answer: Answer) -> bool | Wrong:
    found = yes_no.read(answer.text)
    return Wrong("wrong_yes_no") if found is None else found


def _parse_cpf(step: FlowStep, answer: Answer) -> str | Wrong:
    return identity.parse_cpf(answer.text) or Wrong("wrong_cpf")


def _parse_cnpj(step: FlowStep, answer: Answer) -> str | Wrong:
    return identity.parse_cnpj(answer.text) or Wrong("wrong_cnpj")


def _parse_pattern(step: FlowStep, answer: Answer) -> str | Wrong:
    for text in (answer.text, tidying.tidy(answer.text)):
        if patterns.matches(step.pattern, text):
            return text
    return Wrong("wrong_pattern")


def _parse_location(step: FlowStep, answer: Answer) -> dict[str, Any] | Reading | Wrong:
    if answer.kind != "location":
        return _parse_text(step, answer)
    if answer.latitude is None or answer.longitude is None:
        return Wrong("wrong_location")
    value: dict[str, Any] = {"latitude": answer.latitude, "longitude": answer.longitude}
    if answer.text:
        value["address"] = answer.text[:500]
    return value


_PARSERS: dict[str, Callable[[FlowStep, Answer], Any]] = {
    "text": _parse_text,
    "name": _parse_text,
    "email": _parse_email,
    "phone": lambda step, answer: _read_phone(answer.text),
    "cpf": _parse_cpf,
    "cnpj": _parse_cnpj,
    "number": _parse_number,
    "date": _read_date,
    "time": _parse_time,
    "yes_no": _parse_yes_no,
    "choice": lambda step, answer: Wrong("wrong_choice_list"),
    "location": _parse_location,
    "pattern": _parse_pattern,
}
_WRONG = {name: f"wrong_{name}" for name in _PARSERS} | {"choice": "wrong_choice_list"}


def _show_date(value: Any) -> str:
    try:
        return datetime.date.fromisoformat(str(value)).strftime("%d/%m/%Y")
    except ValueError:
        return str(value)


def _show_phone(value: Any) -> str:
    try:
        number = phonenumbers.parse(str(value), "BR")
    except phonenumbers.NumberParseException:
        return str(value)
    local = number.country_code == 55
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if local
        else (phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    )
    return phonenumbers.format_number(number, style)


def _show_location(value: Mapping) -> str:
    if value.get("address"):
        return str(value["address"])
    latitude, longitude = value.get("latitude"), value.get("longitude")
    if isinstance(latitude, int | float) and isinstance(longitude, int | float):
        return f"{latitude:.5f}, {longitude:.5f}"
    return ", ".join(f"{key}: {show(item)}" for key, item in value.items())
