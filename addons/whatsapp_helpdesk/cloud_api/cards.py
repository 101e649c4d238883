# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Contact cards that people share: Meta's own fields, or else the vCard.

Source: Meta, "Contacts messages webhook reference"; RFC 2426 and 6350 (vCard 3.0 and 4.0).
"""

import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from . import names
from .reading import a_dict, a_list, a_text

_VCARD_MAX = 20_000  # characters read; a photo within makes cards of megabytes
_ADDRESS = ("street", "city", "state", "zip", "country")
_DATE = re.compile(r"^(\d{4})-?(\d{2})-?(\d{2})")


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody's contact card. ``own``: the sender's own, shared on our request."""

    name: str
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    own: bool = False
    organization: str = ""
    department: str = ""
    title: str = ""
    birthday: str = ""  # dd/mm/yyyy where it is a date, else as it came
    addresses: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    def details(self) -> tuple[str, ...]:
        """Return all but the name and the birthday, one line each, for people to read."""
        work = ", ".join(filter(None, (self.title, self.department, self.organization)))
        return _filled([*self.phones, *self.emails, work, *self.addresses, *self.links])


def read(value: Any) -> Card:
    """Return one element of ``contacts``.

    Only one shared on our request is the sender's own.
    """
    card = a_dict(value)
    found = _fields(card)
    vcard = _vcard(a_text(card.get("vcard")))
    for name in ("name", "phones", "emails", "organization", "department", "title"):
        if not getattr(found, name):
            found = replace(found, **{name: getattr(vcard, name)})
    for name in ("birthday", "addresses", "links"):
        if not getattr(found, name):
            found = replace(found, **{name: getattr(vcard, name)})
    return found


def _fields(card: dict[str, Any]) -> Card:
    """Return the card in Meta's own fields."""
    name, org = a_dict(card.get("name")), a_dict(card.get("org"))
    parts = ("prefix", "first_name", "middle_name", "last_name", "suffix")
    full = " ".join(_filled(a_text(name.get(part)).strip() for part in parts))
    phones = (a_dict(entry) for entry in a_list(card.get("phones")))
    emails = (a_dict(entry) for entry in a_list(card.get("emails")))
    links = (a_dict(entry) for entry in a_list(card.get("urls")))
    return Card(
        name=names.clean(a_text(name.get("formatted_name"))) or names.clean(full),
        phones=_filled(a_text(p.get("phone")) or a_text(p.get("wa_id")) for p in phones),
        emails=_filled(a_text(e.get("email")) for e in emails),
        own=card.get("origin") == "contact_request",
        organization=a_text(org.get("company")),
        department=a_text(org.get("department")),
        title=a_text(org.get("title")),
        birthday=_date(a_text(card.get("birthday"))),
        addresses=_filled(_address(a_dict(a)) for a in a_list(card.get("addresses"))),
        links=_filled(a_text(link.get("url")) for link in links),
    )


def _address(entry: dict[str, Any]) -> str:
    """Return an address as one line."""
    parts = [a_text(entry.get(name)).strip() for name in _ADDRESS]
    if not parts[-1]:
        parts[-1] = a_text(entry.get("country_code")).strip()
    return ", ".join(_filled(parts))


def _date(text: str) -> str:
    """Return a date as people write it here; anything else unchanged."""
    match = _DATE.match(text)
    return f"{match[3]}/{match[2]}/{match[1]}" if match else text


def _filled(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the texts that are not empty."""
    return tuple(text for text in texts if text)


# ------------------------------------------------------------
# vCard
# ------------------------------------------------------------


def _vcard(text: str) -> Card:
    """Return the card in a vCard; an empty one if it is not a vCard."""
    lines: dict[str, list[str]] = {}
    for name, value in _lines(text):
        lines.setdefault(name, []).append(value)

    def first(name: str) -> str:
        return lines.get(name, [""])[0]

    family, given, *more = [*_parts(first("N")), "", "", "", "", ""][:5]
    full = " ".join(_filled([more[1], given, more[0], family, more[2]]))
    company, *units = _parts(first("ORG")) or [""]
    return Card(
        name=names.clean(_plain(first("FN"))) or names.clean(full),
        phones=_filled(_plain(value).removeprefix("tel:") for value in lines.get("TEL", ())),
        emails=_filled(_plain(value).removeprefix("mailto:") for value in lines.get("EMAIL", ())),
        organization=company,
        department=", ".join(_filled(units)),
        title=_plain(first("TITLE")),
        birthday=_date(_plain(first("BDAY"))),
        addresses=_filled(", ".join(_filled(_parts(value))) for value in lines.get("ADR", ())),
        links=_filled(_plain(value) for value in lines.get("URL", ())),
    )


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Yield (name, value) of a vCard's lines; folded ones joined, quoted-printable decoded."""
    unfolded = re.sub(r"\r?\n[ \t]", "", text[:_VCARD_MAX].replace("=\r\n", "").replace("=\n", ""))
    for line in unfolded.splitlines():
        head, colon, value = line.partition(":")
        if not colon:
            continue
        name, *parameters = head.split(";")
        if any("QUOTED-PRINTABLE" in parameter.upper() for parameter in parameters):
            value = quopri.decodestring(value.encode("utf-8", "replace")).decode("utf-8", "replace")
        # "item1.TEL": the group in front is only for labels
        yield name.rpartition(".")[2].strip().upper(), value.strip()


def _parts(value: str) -> list[str]:
    """Return the parts of a structured value, "Street;City" for instance."""
    return [_plain(part).strip() for part in re.split(r"(?<!\\);", value)] if value else []


def _plain(value: str) -> str:
    """Return a value without the vCard's escapes."""
    return re.sub(r"\\([,;:\\])", r"\1", value.replace("\\n", " ").replace("\\N", " ")).strip()
