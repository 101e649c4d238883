"""What a citizen sends, made safe, read and shown again.

``clean_answer`` accepts anything and gives an ``Answer`` of plain strings and numbers. The
``parse`` functions give a JSON value or a :class:`Wrong` with the name of the text that says what
is expected. ``show`` writes a value the way people in Brazil write it.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import phonenumbers

from . import identity, patterns
from .events import Answer
from .matching import normalise
from .steps import DEFAULT_MAX_TEXT, FlowStep
from .texts import MEDIA_NAMES, NO_WORDS, YES_WORDS

#: Longer texts are cut before anything reads them (WhatsApp's own limit is 4,096)
MAX_TEXT = 10_000
_MAX_REF = 256
_MAX_DEPTH = 6
#: Control characters but line feed and tab, and surrogates: PostgreSQL's JSON holds neither
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_EMAIL = re.compile(
    r"[a-z0-9_%+-](?:[a-z0-9._%+-]{0,62}[a-z0-9_%+-])?"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{3}){1,4}(?:,\d{1,6})?|-?\d{1,15}(?:[.,]\d{1,6})?")
_DATE = re.compile(
    r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})|(\d{2})(\d{2})(\d{4})"
)
#: 14:30, 14h30, 14h, 14 horas, 1430; "da tarde" and "da noite" add twelve hours
_TIME = re.compile(
    r"(?:as )?([0-9]{1,2})(?: ?(?::|h|\.|horas?(?: e)?) ?([0-9]{2})?|([0-9]{2}))?"
    r"(?: ?(?:h|hs|min|minutos|horas))?(?: d[ae] (manha|tarde|noite|madrugada))?"
)
_TIME_WORDS = {"meio dia": "12:00", "meio-dia": "12:00", "meia noite": "00:00"}
#: "Sim, por favor" is "sim"
_POLITE = re.compile(r"[ ,.!]+(?:por favor|obrigad[oa]|senhora?|pode ser)$")
#: Two-digit years up to this one are of this century
_PIVOT_YEAR = 69


@dataclass(frozen=True, slots=True)
class Wrong:
    """The answer is not what was asked; ``text`` names the entry of the flow's texts."""

    text: str
    names: Mapping[str, str] = field(default_factory=dict)


def plain(text: Any, limit: int = MAX_TEXT) -> str:
    """The text without what cannot be stored, cut to ``limit``; "" for anything but a text."""
    if not isinstance(text, str):
        return ""
    return _UNSAFE.sub("", text[:limit])


def json_value(value: Any, depth: int = _MAX_DEPTH) -> Any:
    """The value as plain JSON; what JSON does not know becomes its text, or None."""
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
    """Any object as an Answer that is safe to read."""
    kind = getattr(answer, "kind", "")
    return Answer(
        text=plain(getattr(answer, "text", "")).strip(),
        option_id=plain(getattr(answer, "option_id", ""), _MAX_REF),
        kind=kind if isinstance(kind, str) else "",
        media_ref=plain(getattr(answer, "media_ref", ""), _MAX_REF),
        media_kind=plain(getattr(answer, "media_kind", ""), 32),
        latitude=_degrees(getattr(answer, "latitude", None), 90),
        longitude=_degrees(getattr(answer, "longitude", None), 180),
    )


def parse(step: FlowStep, answer: Answer) -> Any:
    """The value of an answer to a question, or a :class:`Wrong`. Media are read elsewhere."""
    if answer.kind == "location" and step.answer == "location":
        return _parse_location(step, answer)
    # a caption under a picture is a text as well
    if not answer.text or answer.kind in ("location", "contacts"):
        return Wrong(_WRONG.get(step.answer, "wrong_text"))
    return _PARSERS[step.answer](step, answer)


def parse_media(step: FlowStep, answer: Answer) -> str | Wrong:
    """The reference of the medium, or a Wrong that names what is accepted."""
    kinds = step.media_kinds
    accepted = (
        answer.kind == "media"
        and answer.media_ref
        and (not kinds or not answer.media_kind or answer.media_kind in kinds)
    )
    if accepted:
        return answer.media_ref
    names = [MEDIA_NAMES[kind] for kind in kinds] or ["uma foto ou um arquivo"]
    words = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} ou {names[-1]}"
    return Wrong("wrong_media", {"tipos": words})


def show(value: Any, kind: str = "text") -> str:
    """A stored value as people read it: ``31/12/2026``, ``(31) 98888-7777``, ``2 arquivos``."""
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


def _degrees(value: Any, limit: int) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if -limit <= value <= limit else None


def _parse_text(step: FlowStep, answer: Answer) -> str | Wrong:
    minimum = 1 if step.minimum is None else step.minimum
    maximum = DEFAULT_MAX_TEXT if step.maximum is None else step.maximum
    if len(answer.text) < minimum:
        return Wrong("wrong_text_short", {"minimo": str(minimum)})
    if len(answer.text) > maximum:
        return Wrong("wrong_text_long", {"maximo": str(maximum)})
    return answer.text


def _parse_email(step: FlowStep, answer: Answer) -> str | Wrong:
    text = answer.text[:500]
    text = re.sub(r"\s*@\s*", "@", text)
    found = {match.casefold() for match in _EMAIL.findall(text)}
    if len(found) != 1 or text.count("@") != 1:
        return Wrong("wrong_email")
    (address,) = found
    before = text.casefold().partition(address)[0]
    # "maria..silva@x.com": what was found must not be the rest of something longer
    if ".." in address or (before and not before[-1].isspace() and before[-1] not in "<(:;,\"'"):
        return Wrong("wrong_email")
    rest = text.casefold().partition(address)[2]
    if rest and not rest[0].isspace() and rest[0] not in ">).,;!\"'":
        return Wrong("wrong_email")
    return address


def _parse_phone(step: FlowStep, answer: Answer) -> str | Wrong:
    text = answer.text[:64]
    digits = re.sub(r"\D", "", text)
    tries = [text]
    # mobiles written without the ninth digit, and numbers with the country's code but no "+"
    if len(digits) == 10 and digits[2] in "6789":
        tries.append(f"{digits[:2]}9{digits[2:]}")
    if digits.startswith("55") and len(digits) in (12, 13):
        tries.append(f"+{digits}")
        if len(digits) == 12 and digits[4] in "6789":
            tries.append(f"+{digits[:4]}9{digits[4:]}")
    for candidate in tries:
        try:
            number = phonenumbers.parse(candidate, "BR")
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Wrong("wrong_phone")


def _parse_number(step: FlowStep, answer: Answer) -> int | float | Wrong:
    text = re.sub(r"^r\$\s*", "", answer.text[:64].casefold())
    match = _NUMBER.fullmatch(text)
    if not match or not text.isascii():
        return Wrong("wrong_number")
    if "," in text or text.count(".") > 1 or re.fullmatch(r"-?\d{1,3}\.\d{3}", text):
        text = text.replace(".", "").replace(",", ".")
    value = float(text) if "." in text else int(text)
    low, high = step.minimum, step.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        return Wrong("wrong_number_range", _range_words(low, high))
    return value


def _range_words(low: int | None, high: int | None) -> dict[str, str]:
    names = {"minimo": str(low), "maximo": str(high)}
    if low is None:
        names["faixa"] = f"um número até {high}"
    elif high is None:
        names["faixa"] = f"um número a partir de {low}"
    else:
        names["faixa"] = f"um número de {low} a {high}"
    return names


def _parse_date(step: FlowStep, answer: Answer) -> str | Wrong:
    match = _DATE.fullmatch(answer.text[:32])
    if not match:
        return Wrong("wrong_date")
    day, month, year = (int(part) for part in match.groups() if part is not None)
    if len(match.group(3) or match.group(6)) == 2:
        year += 2000 if year <= _PIVOT_YEAR else 1900
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return Wrong("wrong_date")


def _parse_time(step: FlowStep, answer: Answer) -> str | Wrong:
    text = normalise(answer.text[:40])
    if text in _TIME_WORDS:
        return _TIME_WORDS[text]
    match = _TIME.fullmatch(text)
    if not match or not text.isascii():
        return Wrong("wrong_time")
    hour, minute = int(match.group(1)), int(match.group(2) or match.group(3) or 0)
    if match.group(4) in ("tarde", "noite") and 1 <= hour < 12:
        hour += 12
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else Wrong("wrong_time")


def _parse_yes_no(step: FlowStep, answer: Answer) -> bool | Wrong:
    words = _POLITE.sub("", normalise(answer.text))
    if words in YES_WORDS:
        return True
    return False if words in NO_WORDS else Wrong("wrong_yes_no")


def _parse_cpf(step: FlowStep, answer: Answer) -> str | Wrong:
    return identity.parse_cpf(answer.text) or Wrong("wrong_cpf")


def _parse_cnpj(step: FlowStep, answer: Answer) -> str | Wrong:
    return identity.parse_cnpj(answer.text) or Wrong("wrong_cnpj")


def _parse_pattern(step: FlowStep, answer: Answer) -> str | Wrong:
    return answer.text if patterns.matches(step.pattern, answer.text) else Wrong("wrong_pattern")


def _parse_location(step: FlowStep, answer: Answer) -> dict[str, Any] | str | Wrong:
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
    "email": _parse_email,
    "phone": _parse_phone,
    "cpf": _parse_cpf,
    "cnpj": _parse_cnpj,
    "number": _parse_number,
    "date": _parse_date,
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
