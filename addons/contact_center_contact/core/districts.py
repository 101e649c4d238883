# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Districts as people write them: "Sta. Efigênia", "B. S. Lucas", "SAVASSI - BH".

find = Finder({7: ("Santa Efigênia",), 8: ("Savassi", "Praça da Liberdade")}, city="Belo Horizonte")
find("sta efigenia") == 7
rows = read_list(table)    # the rows of a file -> the districts, with their regions

A text that could be two districts is none: a report by region with gaps is better than a wrong one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product

from .search import plain

#: Files with more rows than this are something else; the largest cities have about two thousand
MAX_ROWS = 5_000
MAX_NAME = 100
_ABBREVIATIONS = {
    "s": ("sao", "santo", "santa"),
    "sta": ("santa",),
    "sto": ("santo",),
    "n": ("nossa",),
    "nsa": ("nossa",),
    "sra": ("senhora",),
    "sr": ("senhor",),
    "jd": ("jardim",),
    "jrd": ("jardim",),
    "jdim": ("jardim",),
    "vl": ("vila",),
    "v": ("vila",),
    "cj": ("conjunto",),
    "conj": ("conjunto",),
    "cjto": ("conjunto",),
    "hab": ("habitacional",),
    "pq": ("parque",),
    "pque": ("parque",),
    "res": ("residencial",),
    "resid": ("residencial",),
    "cid": ("cidade",),
    "alt": ("alto",),
    "st": ("setor",),
    "d": ("dom", "dona"),
    "dr": ("doutor",),
    "dra": ("doutora",),
    "eng": ("engenheiro",),
    "cel": ("coronel",),
    "cap": ("capitao",),
    "gal": ("general",),
    "pe": ("padre",),
    "pres": ("presidente",),
    "gov": ("governador",),
    "prof": ("professor",),
    "profa": ("professora",),
    "min": ("ministro",),
    "mal": ("marechal",),
}
_DROPPED = frozenset({"de", "da", "do", "das", "dos", "e"})
_OPENINGS = re.compile(r"^(?:bairro|bairo|brro|bro|b|distrito)\b[\s.:]+(?=\w)")
#: Where a place is only counted, those of a region and of its namesake are one
_REGIONS = re.compile(r"^(?:regional|regiao)\b[\s.:]+(?=\w)")
_STATES = frozenset(
    "ac al ap am ba ce df es go ma mt ms mg pa pb pr pe pi rj rn rs ro rr sc sp se to".split()
)
#: "1º" is "1o" without its mark, and what people type
_ORDINALS = re.compile(r"\b([0-9]+)[oa]\b")
_MOST_FORMS = 64
KEY_LENGTH = 60


def forms(name: object) -> frozenset[str]:
    """Return the ways to write a name out; two names that share one are the same.

    >>> sorted(forms("Bairro S. Lucas"))
    ['santa lucas', 'santo lucas', 'sao lucas']
    >>> forms("Sta. Rita de Cássia") == forms("SANTA RITA CASSIA")
    True
    """
    words = _words(plain(name))
    if not words:
        return frozenset()
    return frozenset(" ".join(form) for form in islice(product(*_choices(words)), _MOST_FORMS))


def key(text: object) -> str:
    """Return under which key a place is counted, listed or not.

    One key for one place, where `forms` are all that it could be: an abbreviation of several words
    stays as it was written. "" where the text says nothing.

    >>> key("Bairro JD. América"), key("B. S. Lucas"), key("Regional Barreiro"), key(" - ")
    ('jardim america', 's lucas', 'barreiro', '')
    """
    start = plain(text)[: KEY_LENGTH * 4]
    words = _words(_REGIONS.sub("", start))
    if not words:
        return ""
    known = zip(words, _choices(words), strict=True)
    return " ".join(one[0] if len(one) == 1 else word for word, one in known)[:KEY_LENGTH].strip()


def _words(text: str) -> list[str]:
    """Return the words of a `plain` text that tell places apart."""
    text = _OPENINGS.sub("", _ORDINALS.sub(r"\1", text))
    words = [word for word in re.findall(r"[a-z0-9]+", text) if word not in _DROPPED]
    # one that is nothing but such words, "Dos Das", keeps them
    return words or re.findall(r"[a-z0-9]+", text)


def _choices(words: list[str]) -> list[tuple[str, ...]]:
    """Return what each of these words, at least one, may stand for."""
    # the last word is no title: "Setor S" stays as it is
    return [_ABBREVIATIONS.get(word, (word,)) for word in words[:-1]] + [(words[-1],)]


class Finder:
    """Finds the district that a text names.

    :param names: {id: the names of a district}
    :param city: the city of the list, which may stand beside the district's name
    """

    def __init__(self, names: Mapping[int, Iterable[str]], city: str = ""):
        self._ids: dict[str, set[int]] = {}
        self._keys: dict[int, str] = {}
        for place, texts in names.items():
            for text in texts:
                self._keys.setdefault(place, key(text))
                for form in forms(text):
                    self._ids.setdefault(form, set()).add(place)
        self.city = plain(city)
        initials = "".join(word[0] for word in self.city.split() if word not in _DROPPED)
        self._beside = _STATES | {self.city, initials, "brasil"} - {""}

    def __call__(self, text: object) -> int | None:
        """Return the id of the only district that `text` names, or None."""
        whole = self._of(text)
        if whole is not None or not isinstance(text, str):
            return whole
        return self._of(self._without_city(text))

    def key(self, text: object) -> str:
        """Return the key of the district that `text` names, or of a place not listed.

        "" where the text names no place: it has no letters.
        """
        found = self(text)
        if found is not None:
            return self._keys[found]
        own = key(self._without_city(text) or text)
        return own if re.search("[a-z]", own) else ""

    def elsewhere(self, city: object) -> bool:
        """Return whether `city` is another city than that of the list."""
        named = plain(city)
        return bool(named and self.city) and named not in self._beside

    def _without_city(self, text: object) -> str:
        """Return "Savassi" of "Savassi - Belo Horizonte/MG" or "Savassi (BH)", "" of others.

        What else stands there must be the city.
        """
        parts = [part for part in re.split(r"[-–—,;/|()]", plain(text)) if part.strip()]
        rest = [part for part in parts if part.strip() not in self._beside]
        return rest[0] if len(rest) == 1 and len(parts) > 1 else ""

    def _of(self, text: object) -> int | None:
        ids = set().union(*(self._ids.get(form, ()) for form in forms(text)))
        return ids.pop() if len(ids) == 1 else None


# ------------------------------------------------------------
# Files
# ------------------------------------------------------------


class DistrictFileError(ValueError):
    """A list of districts is not understood.

    `reason` is "columns" (which column is which), "name" (a row without a district), "long",
    "twice" (a district in two regions; `other` is the earlier row), "many" or "empty".
    """

    def __init__(self, reason: str, row: int = 0, value: str = "", other: int = 0):
        self.reason, self.row, self.value, self.other = reason, row, value, other
        super().__init__(f"row {row}: {value!r} ({reason})")


@dataclass(frozen=True)
class Listed:
    """A district of a file; `region` is "" where the file has none."""

    name: str
    region: str
    others: tuple[str, ...] = ()


_HEADINGS = {
    "name": re.compile(r"\b(?:bairros?|distritos?|districts?|nomes?|names?|localidades?)\b"),
    "region": re.compile(r"\b(?:regi(?:ao|oes|onal|onais|ons?)|subprefeituras?|zonas?)\b"),
    "others": re.compile(r"\b(?:outros|apelidos?|popular(?:es)?|sinonimos?|other|aliases)\b"),
}


def read_list(table: list[list]) -> list[Listed]:
    """Return the districts of a table, in the order of the file, each once.

    Headings say which column is which. Without them a table has two columns, and regions are
    fewer than districts.

    :raise DistrictFileError: with the row that is not understood
    """
    rows = [
        (number, ["" if cell is None else " ".join(str(cell).split()) for cell in row])
        for number, row in enumerate(table, 1)
    ]
    rows = [(number, row) for number, row in rows if any(row)]
    if len(rows) > MAX_ROWS:
        raise DistrictFileError("many", rows[-1][0])
    if not rows:
        raise DistrictFileError("empty")
    columns, rows = _columns(rows)
    found: dict[str, tuple[int, Listed]] = {}
    for number, listed in _listed(columns, rows):
        key = " ".join(sorted(forms(listed.name)))
        row, earlier = found.setdefault(key, (number, listed))
        if forms(earlier.region) != forms(listed.region):
            raise DistrictFileError("twice", number, listed.name, row)
    if not found:
        raise DistrictFileError("empty")
    return [listed for _row, listed in found.values()]


def _listed(columns: dict[str, int], rows: list) -> Iterator[tuple[int, Listed]]:
    """Yield (number of the row, district)."""
    for number, row in rows:
        cells = {what: row[place] if place < len(row) else "" for what, place in columns.items()}
        name, region = cells["name"], cells.get("region", "")
        if not forms(name):
            raise DistrictFileError("name", number, " ".join(filter(None, row))[:80])
        others = tuple(
            filter(None, (one.strip() for one in re.split(r"[;,|]", cells.get("others", ""))))
        )
        if max(map(len, (name, region, *others))) > MAX_NAME:
            raise DistrictFileError("long", number, name[:80])
        yield number, Listed(name, region, others)


def _columns(rows: list) -> tuple[dict[str, int], list]:
    """Return ({what: place of its column}, the rows below the headings)."""
    for at, (_number, row) in enumerate(rows[:10]):
        columns: dict[str, int] = {}
        for what in ("others", "region", "name"):
            for place, cell in enumerate(row):
                taken = place in columns.values()
                if not taken and len(cell) < 40 and _HEADINGS[what].search(plain(cell)):
                    columns[what] = place
                    break
        # one cell above a table is its title, unless the table has one column
        filled = sum(bool(cell) for cell in row)
        widest = max(sum(bool(cell) for cell in row) for _number, row in rows)
        if "name" in columns and (filled > 1 or widest == 1):
            return columns, rows[at + 1 :]
    return _without_headings(rows), rows


def _without_headings(rows: list) -> dict[str, int]:
    """Return the columns of a table without headings; DistrictFileError if they are not plain."""
    width = max(len(row) for _number, row in rows)
    values = [
        [row[place] for _number, row in rows if place < len(row) and row[place]]
        for place in range(width)
    ]
    used = [place for place in range(width) if values[place]]
    counts = [len({plain(value) for value in values[place]}) for place in used]
    if len(used) != 2 or counts[0] == counts[1]:
        raise DistrictFileError("columns")
    fewer = counts.index(min(counts))
    return {"region": used[fewer], "name": used[1 - fewer]}
