# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Calls on WhatsApp and their outcome: not answered here, but agents see them.

Source: Meta, "Calling API", webhooks ``connect``, ``terminate`` and ``status``.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import names, phone
from .reading import a_dict, a_float, a_list, a_text, a_time

MISSED = "missed"  # the citizen called, and nobody answered
ANSWERED = "answered"  # they talked, on another device of the city's
UNANSWERED = "unanswered"  # the city called, and the citizen did not answer
RUNNING = "running"  # it rings, or was answered a moment ago: the end is told later


@dataclass(frozen=True, slots=True)
class Call:
    """One piece of news about a call."""

    id: str
    result: str
    by_citizen: bool
    at: datetime | None = None
    seconds: int = 0
    bsuid: str = ""
    wa_id: str = ""
    name: str = ""
    username: str = ""


def parse(payload: dict[str, Any]) -> Call:
    """Return the call of an item of kind ``call``."""
    raw = a_dict(payload.get("call"))
    contact = a_dict(payload.get("contact"))
    profile = a_dict(contact.get("profile"))
    by_citizen = a_text(raw.get("direction")).upper() != "BUSINESS_INITIATED"
    side = ("from_user_id", "from") if by_citizen else ("to_user_id", "to")
    own = phone.ids(raw.get(name) for name in side)
    of_contact = phone.ids(contact.get(name) for name in ("user_id", "wa_id"))
    seconds = a_float(raw.get("duration")) or 0.0
    return Call(
        id=a_text(raw.get("id")),
        result=_result(raw, by_citizen, seconds),
        by_citizen=by_citizen,
        at=a_time(raw.get("timestamp")) or a_time(raw.get("end_time")),
        seconds=max(int(seconds), 0),
        bsuid=own[0] or of_contact[0],
        wa_id=own[1] or of_contact[1],
        name=names.clean(a_text(profile.get("name"))),
        username=names.clean(a_text(profile.get("username"))).lstrip("@"),
    )


def _result(raw: dict[str, Any], by_citizen: bool, seconds: float) -> str:
    """Return the outcome of a call; only the news of its end contains it."""
    if a_text(raw.get("event")).lower() not in ("terminate", "terminated", "missed"):
        return RUNNING
    status = raw.get("status")
    stated = {a_text(one).upper() for one in [*a_list(status), status]}
    if seconds > 0 or "COMPLETED" in stated:
        return ANSWERED
    return MISSED if by_citizen else UNANSWERED
