# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Dates as people write them: "15/3", "amanhã", "segunda que vem", "2026-03-15".

A date without a year is resolved relative to today (see :func:`read`); if today is not given, only
complete dates are accepted.
"""

import calendar
import datetime
import re
from dataclasses import dataclass

from . import cardinals
from .tidying import fold

_MAX_LENGTH = 100
#: Two-digit years up to this one belong to this century
_PIVOT_YEAR = 69
_YEARS = range(1850, 2200)
#: Names of months, long and short, by their number
MONTHS = {
    name[:size]: number
    for number, name in enumerate(
        "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro "
        "dezembro".split(),
        1,
    )
    for size in {3, len(name)}
} | {"sept": 9}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "segunda seg",
            "terca ter",
            "quarta qua",
            "quinta qui",
            "sexta sex",
            "sabado sab",
            "domingo dom",
        )
    )
    for word in words.split()
}
_WEEKDAY = rf"(?P<weekday>{'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})(?:[- ]?feira)?\.?"
_SEPARATOR = r"(?:\s?[/.,\-\s\\|]{1,2}\s?| d[eo] )"
_WHOLE = re.compile(
    rf"(?<![\d/.-])(?:(?P<d>\d{{1,2}}){_SEPARATOR}(?P<m>\d{{1,2}}){_SEPARATOR}(?P<y>\d{{4}}|\d{{2}})"
    rf"|(?P<y2>\d{{4}})(?P<s>[-/.])(?P<m2>\d{{1,2}})(?P=s)(?P<d2>\d{{1,2}})"
    r"|(?P<d3>\d{2})(?P<m3>\d{2})(?P<y3>\d{4})"
    rf"|(?P<d4>\d{{1,2}})[ºo°.]?\s?(?:d[eo]s?|[-/. ])?\s?(?P<m4>{_MONTH})\.?"
    r"\s?(?:d[eo]|[-/., ])?\s?(?P<y4>\d{4}|\d{2}))(?![\d/-]|\.\d)",
    re.ASCII,
)
_DAY_MONTH = re.compile(
    rf"(?P<d>\d{{1,2}})\s?[/.\-]\s?(?P<m>\d{{1,2}})"
    rf"|(?P<d2>\d{{1,2}})[ºo°.]?\s?(?:d[eo]s?|[-/. ])?\s?(?P<m2>{_MONTH})\.?"
    r"|(?P<d3>\d{1,2}) do (?P<m3>\d{1,2})",
    re.ASCII,
)
_DAY = re.compile(
    r"(?P<d>\d{1,2})[ºo°]?(?: (?P<which>(?:deste|desse|do|d?este|agora) ?(?:mesmo )?mes"
    r"(?: (?:que vem|passado|atual|seguinte))?|do proximo mes|que vem|passado|proximo|agora))?"
)
_RELATIVE = {
    "hoje": 0, "hj": 0, "hoje mesmo": 0, "amanha": 1, "amanha mesmo": 1, "amanha cedo": 1,
    "depois de amanha": 2, "dps de amanha": 2, "depois d amanha": 2, "ontem": -1, "anteontem": -2,
    "antes de ontem": -2, "antontem": -2,
}  # fmt: skip
_AWAY = re.compile(
    r"(?:(?:daqui(?: a)?|dentro de|em) (?P<n>\w+) (?P<unit>dias?|semanas?)|"
    r"(?P<n2>\w+) (?P<unit2>dias?|semanas?) atras|ha (?P<n3>\w+) (?P<unit3>dias?|semanas?))"
)
_BY_WEEKDAY = re.compile(
    rf"(?P<before>proxim[ao]|ness[ea]|nest[ea]|ess[ea]|est[ea]|ultim[ao])? ?{_WEEKDAY}"
    r"(?: (?P<after>que vem|proxim[ao]|agora|passad[ao]|dessa semana|desta semana|"
    r"da semana que vem|da proxima semana|da outra semana))?"
)
_BEFORE = re.compile(
    r"^(?:(?:n[ao]|em|pode ser|para|pra|pro|o|a|ate|no dia|dia|data|nasci|foi|sera|vai ser|desde|"
    r"marca(?:r)?|sim|ok|quero|prefiro|gostaria)\b[:,.]?\s*)+"
)
_AFTER = re.compile(
    r"[\s,.!]*\b(?:por favor|pode ser|ok|obrigad[oa]|de manha|a tarde|de tarde|a noite|cedo)"
    r"[\s.!]*$"
)
_CLOCK = re.compile(r"[\s,]*(?:as )?\b\d{1,2}(?::\d{2}(?::\d{2})?|h(?:\d{2})?)h?\b", re.ASCII)
_DOUBT = re.compile(r"\b(?:nao|nem|talvez|acho|ou|entre|antes|depois|exceto|menos)\b")
_FIRST = re.compile(r"\bprimeiro\b|\b1 ?[ºo°](?=[\s/.-])")
_ORDINAL = re.compile(r"\b([2-6])[ªaº] ?-?feira\b")
_IN_WORDS = re.compile(
    rf"\b((?:vinte|trinta)(?: e \w+)?|dez\w*|onze|doze|treze|quatorze|catorze|quinze|dois|tres|"
    rf"quatro|cinco|seis|sete|oito|nove) de (?={_MONTH})"
)


@dataclass(frozen=True, slots=True)
class Date:
    """A day; ``completed`` if the text omitted the year (or the month)."""

    value: datetime.date
    completed: bool = False


def read(text: str, today: datetime.date | None = None, past: bool = False) -> Date | None:
    """Return the only date in ``text``, None if there is none or it is ambiguous.

    A day and month without a year mean the date nearest to ``today``; a bare day or a weekday means
    the next one.

    >>> read("15/03/26").value.isoformat(), read("amanhã", datetime.date(2026, 2, 28)).value.day
    ('2026-03-15', 1)
    >>> read("31/02/2026") is None, read("15/03/2026 ou 16/03/2026") is None
    (True, True)

    :param today: in the citizen's time zone; without it only complete dates are accepted :param
    past: the question is about a date long ago (a birth): the year is required
    """
    folded = _written(text).strip(" .,!;\"'()*_~")
    if not folded or len(folded) > _MAX_LENGTH:
        return None
    matches = list(_WHOLE.finditer(folded))
    if matches:
        return _whole(folded, matches[0], today if past else None) if len(matches) == 1 else None
    if match := re.fullmatch(r"([0-9]{2})([0-9]{2})([0-9]{2})", folded, re.ASCII):
        day = of(_year(match[3], today if past else None), int(match[2]), int(match[1]))
        return Date(day, completed=True) if day else None
    if today is None or past or _DOUBT.search(_strip_relative(folded)):
        return None
    folded = _AFTER.sub("", _CLOCK.sub("", folded)).strip()
    for candidate in dict.fromkeys((folded, _BEFORE.sub("", folded))):
        found = _from_today(candidate, today, "dia" in folded.split())
        if found:
            return found
    return None


def day_month(text: str) -> tuple[int, int] | None:
    """Return day and month of a text that is a date without a year, else None.

    >>> day_month("8 de dezembro"), day_month("quinta-feira, 1º/1"), day_month("amanhã")
    ((8, 12), (1, 1), None)
    """
    folded = _written(text).strip(" .,;\"'()")
    folded = re.sub(rf"^{_WEEKDAY},? ?(?:dia )?", "", folded)
    match = _DAY_MONTH.fullmatch(re.sub(r"^dia ", "", folded))
    if not match:
        return None
    day = int(match["d"] or match["d2"] or match["d3"])
    month = match["m"] or match["m2"] or match["m3"]
    number = MONTHS.get(month) or int(month)
    # of a leap year, so that 29 February is a day
    return (day, number) if of(2000, number, day) else None


def _written(text: str) -> str:
    """Return the folded text with days and weekdays in words replaced by what they mean."""
    folded = _FIRST.sub("1", fold(text))
    folded = re.sub(r"(?<=[0-9])t(?=[0-9]{2}:)", " ", folded)
    folded = _ORDINAL.sub(lambda match: f"{list(_WEEKDAYS)[2 * int(match[1]) - 4]}-feira", folded)

    def figure(match: re.Match) -> str:
        number = cardinals.read(match[1])
        return match[0] if number is None else f"{number} de "

    return _IN_WORDS.sub(figure, folded)


def _strip_relative(folded: str) -> str:
    return folded.replace("depois de amanha", "").replace("antes de ontem", "")


def _whole(folded: str, match: re.Match, latest: datetime.date | None) -> Date | None:
    """Return a date with its year, unless the context contradicts it.

    :param latest: the latest possible two-digit year, for dates in the past
    """
    groups = match.groupdict()
    day = groups["d"] or groups["d2"] or groups["d3"] or groups["d4"]
    month = groups["m"] or groups["m2"] or groups["m3"] or groups["m4"]
    year = groups["y"] or groups["y2"] or groups["y3"] or groups["y4"]
    rest = folded[: match.start()] + " " + folded[match.end() :]
    rest = _CLOCK.sub("", rest)
    if re.search(r"[0-9]", rest) or _DOUBT.search(rest):
        return None
    found = of(_year(year, latest), MONTHS.get(month) or int(month), int(day))
    weekday = re.search(rf"\b{_WEEKDAY}", rest)
    if found is None or (weekday and _WEEKDAYS[weekday["weekday"]] != found.weekday()):
        return None
    return Date(found)


def _from_today(text: str, today: datetime.date, named: bool) -> Date | None:
    """Return a date given relative to today."""
    if text in _RELATIVE:
        return _away(today, _RELATIVE[text])
    if match := _AWAY.fullmatch(text):
        number = match["n"] or match["n2"] or match["n3"]
        count = int(number) if number.isascii() and number.isdigit() else cardinals.read(number)
        unit = match["unit"] or match["unit2"] or match["unit3"]
        days = (count or 0) * (7 if unit.startswith("semana") else 1)
        return _away(today, days if match["n"] else -days) if 0 < days < 3700 else None
    if match := _BY_WEEKDAY.fullmatch(text):
        return _by_weekday(match, today)
    weekday = re.match(rf"{_WEEKDAY},? (?:dia )?", text)
    rest = text[weekday.end() :] if weekday else text
    found = _without_year(rest, today, named or "dia" in text)
    if found and weekday and found.value.weekday() != _WEEKDAYS[weekday["weekday"]]:
        return None
    return found


def _without_year(text: str, today: datetime.date, named: bool) -> Date | None:
    if match := _DAY_MONTH.fullmatch(text):
        day = match["d"] or match["d2"] or match["d3"]
        month = match["m"] or match["m2"] or match["m3"]
        return _nearest(today, MONTHS.get(month) or int(month), int(day))
    match = _DAY.fullmatch(text)
    # a bare "15" is the answer to another question; "dia 15" is a day
    if not match or not (named or match["which"]):
        return None
    which = match["which"] or ""
    months = {"passado": -1, "que vem": 1, "seguinte": 1, "do proximo mes": 1}
    moved = next((months[end] for end in months if which.endswith(end)), None)
    if moved is None and "mes" in which:
        moved = 0
    for ahead in (moved,) if moved is not None else range(3):
        year, month = divmod(today.year * 12 + today.month - 1 + ahead, 12)
        found = of(year, month + 1, int(match["d"]))
        if found and (moved is not None or found >= today):
            return Date(found, completed=True)
    return None


def _by_weekday(match: re.Match, today: datetime.date) -> Date | None:
    wanted = _WEEKDAYS[match["weekday"]]
    after, before = match["after"] or "", match["before"] or ""
    if after.startswith("passad") or before.startswith("ultim"):
        return _away(today, -((today.weekday() - wanted) % 7 or 7), completed=True)
    if after in ("da semana que vem", "da proxima semana", "da outra semana"):
        return _away(today, 7 - today.weekday() + wanted, completed=True)
    ahead = (wanted - today.weekday()) % 7
    if after in ("dessa semana", "desta semana"):
        return _away(today, wanted - today.weekday(), completed=True)
    return _away(today, ahead or 7, completed=True)


def _nearest(today: datetime.date, month: int, day: int) -> Date | None:
    """Return this day in the year in which it is nearest to today."""
    days = [of(year, month, day) for year in range(today.year - 1, today.year + 2)]
    known = [found for found in days if found]
    if not known:
        return None
    return Date(min(known, key=lambda found: (abs(found - today), found < today)), completed=True)


def _away(today: datetime.date, days: int, completed: bool = False) -> Date | None:
    try:
        return Date(today + datetime.timedelta(days=days), completed)
    except OverflowError:
        return None


def _year(text: str, latest: datetime.date | None = None) -> int:
    year = int(text)
    if len(text) == 2:
        pivot = latest.year % 100 if latest else _PIVOT_YEAR
        year += 2000 if year <= pivot else 1900
    return year


def of(year: int, month: int, day: int) -> datetime.date | None:
    """Return the date with these numbers, None if it does not exist."""
    if year not in _YEARS or not 1 <= month <= 12:
        return None
    return (
        datetime.date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None
    )
