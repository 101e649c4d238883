# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Meta's news that a person's number or id changed, in every published format.

Names drifted: ``previous_user_id`` or none at all (then the text says it), ``new_wa_id`` or
``wa_id``, a pair ``{"previous", "current"}`` under ``user_id``.
Source: Meta, "System messages webhook reference", "Business-scoped user ids" and its change log.
"""

import re
from dataclasses import dataclass
from typing import Any

from . import phone
from .reading import a_dict, a_text

# "User Ana changed from BR.1 to BR.2", in whatever language: the ids in it, in their order
_IN_TEXT = re.compile(r"\b[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}|\+?\d[\d ()-]{6,18}\d")
_OLD = ("previous", "old", "from")
_NEW = ("current", "new", "to")


@dataclass(frozen=True, slots=True)
class Change:
    """A person's old and new ids; "" where not stated."""

    old_bsuid: str = ""
    old_wa_id: str = ""
    bsuid: str = ""
    wa_id: str = ""


def read(element: dict[str, Any]) -> Change:
    """Return the change in a system message or an element of ``user_id_update``."""
    part = element.get("system")
    part = part if isinstance(part, dict) else element
    old = _of(part, _OLD, ("previous_user_id", "old_user_id", "previous_wa_id", "old_wa_id"))
    new = _of(
        part,
        _NEW,
        ("current_user_id", "new_user_id", "user_id", "current_wa_id", "new_wa_id", "wa_id"),
    )
    sender = phone.ids([element.get("from_user_id"), element.get("from"), part.get("customer")])
    text_old, text_new = _from_text(a_text(part.get("body")), new)
    parents = phone.ids([part.get("previous_parent_user_id")])
    bsuid = new[0] or text_new[0]
    wa_id = new[1] or text_new[1]
    return Change(
        old_bsuid=_first(bsuid, old[0], sender[0], text_old[0], parents[0]),
        old_wa_id=_first(wa_id, old[1], sender[1], text_old[1]) or _unchanged(part, old, wa_id),
        bsuid=bsuid,
        wa_id=wa_id,
    )


def _of(part: dict[str, Any], sides: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, str]:
    """Return ``(bsuid, wa_id)`` of one side: from flat fields, or from pairs of both sides."""
    values = [part.get(name) for name in names]
    for name in ("user_id", "wa_id", "phone_number", "parent_user_id"):
        values += [a_dict(part.get(name)).get(side) for side in sides]
    values += [part.get(side) for side in sides if side in ("previous", "current", "old", "new")]
    return phone.ids(value for value in values if not isinstance(value, dict))


def _from_text(text: str, new: tuple[str, str]) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the ids in Meta's sentence: ((old bsuid, old number), (new bsuid, new number))."""
    bsuids, numbers = [], []
    for found in _IN_TEXT.findall(text):
        if phone.is_bsuid(found):
            bsuids.append(found)
        elif number := phone.digits(found):
            numbers.append(number)
    pairs = [_pair(values, known) for values, known in zip((bsuids, numbers), new, strict=True)]
    return (pairs[0][0], pairs[1][0]), (pairs[0][1], pairs[1][1])


def _pair(values: list[str], known: str) -> tuple[str, str]:
    """Return (old, new) of the ids in a sentence; the last two, since a name stands before."""
    if len(values) >= 2:
        return values[-2], known or values[-1]
    if len(values) == 1 and known and values[0] != known:
        return values[0], known
    return "", known


def _first(new: str, *candidates: str) -> str:
    """Return the first id that is given and is not the new one."""
    return next((value for value in candidates if value and value != new), "")


def _unchanged(part: dict[str, Any], old: tuple[str, str], wa_id: str) -> str:
    """Return the unchanged number of a person whose other id changed, or "".

    ``wa_id`` beside a pair of ids is the number that the person has; where it is itself the news,
    the old one was said.
    """
    return wa_id if wa_id and not old[1] and part.get("type") != "user_changed_number" else ""
