"""Webhook payload -> items to store, each with the key that makes it unique.

:func:`split` never raises and drops nothing: what it does not know becomes an item of kind
``other`` with the raw JSON. How each message reads is in :mod:`.messages`.
Source: Meta, "Webhooks reference" and "Business-scoped user ids".
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import phone
from .reading import a_dict, a_list, a_text, a_time

MESSAGE = "message"  # a citizen wrote
STATUS = "status"  # what became of a message of ours
ECHO = "echo"  # somebody answered from the telephone's own application
IDENTITY = "identity"  # a citizen's id changed (field user_id_update)
PREFERENCE = "preference"  # a citizen stopped or resumed marketing
ERROR = "error"  # an error of the account
TEMPLATE = "template"  # news about a message template
ACCOUNT = "account"  # news about the account or the number
OTHER = "other"  # anything else: kept, not understood

_KEY_MAX = 180
_ACCOUNT_FIELDS = frozenset(
    "account_update account_alerts account_review_update business_capability_update security "
    "phone_number_quality_update phone_number_name_update".split()
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that happened.

    ``key`` is equal for two deliveries of the same thing. ``contact_key`` is equal for all that
    concerns one person at one number ("" when no person is concerned): such items are handled one
    after the other. ``payload`` is self-sufficient: ``{"field", "metadata", "contact", <part>}``.
    """

    kind: str
    key: str
    payload: dict[str, Any]
    phone_number_id: str = ""
    waba_id: str = ""
    contact_key: str = ""
    at: datetime | None = None


def split(payload: Any) -> list[Item]:
    """Return the items of one webhook call, in its order."""
    entries = a_dict(payload).get("entry")
    if not isinstance(entries, list):
        return [_other("", {"value": payload})]
    items: list[Item] = []
    for entry in entries:
        changes = a_dict(entry).get("changes")
        if not isinstance(changes, list):
            items.append(_other("", {"value": entry}))
            continue
        waba_id = a_text(entry.get("id"))
        for change in changes:
            items.extend(_change(waba_id, entry.get("time"), change))
    return items


def _change(waba_id: str, time: Any, change: Any) -> Iterator[Item]:
    """Yield the items of one change of one entry."""
    if not isinstance(change, dict):
        yield _other(waba_id, {"value": change})
        return
    field, value = a_text(change.get("field")), change.get("value")
    if not isinstance(value, dict):
        yield _other(waba_id, {"field": field, "time": time, "value": value})
        return
    reader = _Value(waba_id, field, value)
    found = list(reader.items())
    if found:
        yield from found
    else:
        yield reader.whole(time)


class _Value:
    """The ``value`` of one change: what its items have in common."""

    # key of the list -> (kind, name of one element in our payload)
    _PARTS = {
        "messages": (MESSAGE, "message"),
        "statuses": (STATUS, "status"),
        "message_echoes": (ECHO, "message"),
        "user_preferences": (PREFERENCE, "preference"),
        "user_id_update": (IDENTITY, "identity"),
        "errors": (ERROR, "error"),
    }

    def __init__(self, waba_id: str, field: str, value: dict[str, Any]):
        self.waba_id = waba_id
        self.field = field
        self.value = value
        self.metadata = a_dict(value.get("metadata"))
        self.phone_number_id = a_text(self.metadata.get("phone_number_id"))
        self._contacts: dict[str, dict] = {}
        for contact in a_list(value.get("contacts")):
            contact = a_dict(contact)
            for name in ("wa_id", "user_id"):
                if key := a_text(contact.get(name)).lstrip("+"):
                    self._contacts[key] = contact

    def items(self) -> Iterator[Item]:
        """Yield one item per element of the known lists."""
        for name, (kind, part) in self._PARTS.items():
            elements = self.value.get(name)
            if isinstance(elements, dict):
                elements = [elements]
            for element in a_list(elements):
                yield self._item(kind, part, element)

    def _item(self, kind: str, part: str, element: Any) -> Item:
        """Return the item for one element."""
        body = a_dict(element)
        people = _people(kind, body)
        contact = next((self._contacts[p] for p in people if p in self._contacts), {})
        # The contact has the id that never changes its form even where the element lacks it
        known = a_text(contact.get("user_id")) or next(iter(people), "")
        payload = {"field": self.field, "metadata": self.metadata, part: element}
        if contact:
            payload["contact"] = contact
        return Item(
            kind=kind if isinstance(element, dict) else OTHER,
            key=self._key(kind, body, element),
            payload=payload,
            phone_number_id=self.phone_number_id,
            waba_id=self.waba_id,
            contact_key=_short(f"{self.phone_number_id}:{known}") if known else "",
            at=a_time(body.get("timestamp")),
        )

    def _key(self, kind: str, body: dict, element: Any) -> str:
        """Return the key that two deliveries of ``element`` share."""
        own_id = a_text(body.get("id"))
        if own_id and kind in (MESSAGE, ECHO):
            return _short(f"{kind}:{self.phone_number_id}:{own_id}")
        if own_id and kind == STATUS:
            person = a_text(body.get("recipient_participant_id") or body.get("recipient_id"))
            person = person or a_text(body.get("recipient_user_id"))
            return _short(f"{kind}:{self.phone_number_id}:{own_id}:{body.get('status')}:{person}")
        return f"{kind}:{_digest([self.waba_id, self.phone_number_id, self.field, element])}"

    def whole(self, time: Any) -> Item:
        """Return one item for a value without known lists: news of the account, or the unknown."""
        kind = OTHER
        if "template" in self.field:
            kind = TEMPLATE
        elif self.field in _ACCOUNT_FIELDS:
            kind = ACCOUNT
        return Item(
            kind=kind,
            key=f"{kind}:{_digest([self.waba_id, time, self.field, self.value])}",
            payload={"field": self.field, "time": time, "value": self.value},
            phone_number_id=self.phone_number_id,
            waba_id=self.waba_id,
            at=a_time(time),
        )


def _people(kind: str, body: dict[str, Any]) -> list[str]:
    """Return the ids, best first, of the person whom an element concerns."""
    names = {
        MESSAGE: ("from_user_id", "from"),
        STATUS: ("recipient_user_id", "recipient_id"),
        ECHO: ("to_user_id", "to"),
    }.get(kind, ("user_id", "wa_id"))
    found = [a_text(body.get(name)).lstrip("+") for name in names]
    return [person for person in found if person]


def _other(waba_id: str, payload: dict[str, Any]) -> Item:
    """Return the item for something of an unknown shape."""
    return Item(kind=OTHER, key=f"{OTHER}:{_digest([waba_id, payload])}", payload=payload)


def _digest(value: Any) -> str:
    """Return a hash of parsed JSON which does not depend on the order of keys."""
    text = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def _short(key: str) -> str:
    """Return ``key``, or a hash in its place when it is too long for an index."""
    if len(key) <= _KEY_MAX:
        return key
    return f"{key[:40]}#{hashlib.sha256(key.encode('utf-8', 'backslashreplace')).hexdigest()}"


def person(payload: dict[str, Any], *names: str) -> tuple[str, str]:
    """Return ``(bsuid, wa_id)`` out of the fields ``names`` of an element.

    A business-scoped id is recognised wherever it stands: some deliveries put it in ``from``.
    """
    bsuid = wa_id = ""
    for name in names:
        value = a_text(payload.get(name)).strip()
        if phone.is_bsuid(value):
            bsuid = bsuid or value
        elif number := phone.digits(value):
            wa_id = wa_id or number
    return bsuid, wa_id
