# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Webhook payload -> items to store, each with the key that makes it unique.

:func:`split` never raises and drops nothing: what it does not know becomes an item of kind
``other`` with the raw JSON. What a field means is in :mod:`.fields`, how each message reads in
:mod:`.messages`. Source: Meta, "Webhooks reference" and "Business-scoped user ids".
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import changed_ids, fields, phone

# Names of the kinds of items for other modules: `events.MESSAGE`
from .fields import (  # noqa: F401
    ACCOUNT,
    CALL,
    CONTACT,
    ECHO,
    ERROR,
    HISTORY,
    IDENTITY,
    MESSAGE,
    OTHER,
    PREFERENCE,
    ROUTING,
    STANDBY,
    STATUS,
    TEMPLATE,
)
from .reading import a_dict, a_list, a_text, a_time

_KEY_MAX = 180
# Names of the ids of the person whom an element concerns, best first
_PEOPLE = {
    MESSAGE: ("from_user_id", "from", "from_parent_user_id"),
    STATUS: ("recipient_user_id", "recipient_id"),
    ECHO: ("to_user_id", "to", "to_parent_user_id"),
    CALL: ("from_user_id", "from", "from_parent_user_id"),
}
# Lists that are a part of what they stand beside, not news of their own
_BESIDE = ("contacts", "errors")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a webhook call.

    ``key`` is equal for two deliveries of the same thing. ``contact_key`` is equal for all that
    concerns one person at one number ("" when no person is concerned): such items are handled one
    after the other. ``payload`` is self-sufficient: ``{"field", "metadata", "contact", <part>}``,
    with ``"ours": true`` where the city's side said it, ``"beside": true`` at an error that came
    together with content, and ``"summary"`` where Meta gives one of what was said before.
    """

    kind: str
    key: str
    payload: dict[str, Any]
    phone_number_id: str = ""
    waba_id: str = ""
    contact_key: str = ""
    at: datetime | None = None


def split(payload: Any) -> list[Item]:
    """Return the items of one webhook call, in order."""
    if isinstance(payload, list) and payload:
        # Several calls that a reseller or a proxy put together
        return [item for call in payload for item in _call(call)]
    return list(_call(payload))


def _call(payload: Any) -> Iterator[Item]:
    """Yield the items of one call."""
    entries = a_dict(payload).get("entry")
    entries = [entries] if isinstance(entries, dict) else a_list(entries)
    if not entries:
        # A bare value, as some of Meta's samples and resellers have it
        if name := fields.guess(a_dict(payload)):
            yield from _change("", None, {}, {"field": name, "value": payload})
        else:
            yield _other("", {"value": payload})
        return
    for entry in entries:
        yield from _entry(entry)
    if more := {key: value for key, value in payload.items() if key not in ("object", "entry")}:
        yield _other("", {"value": more})


def _entry(entry: Any) -> Iterator[Item]:
    """Yield the items of one entry; what stands beside its changes is kept too."""
    changes = a_dict(entry).get("changes")
    changes = [changes] if isinstance(changes, dict) else a_list(changes)
    if not changes:
        yield _other(a_text(a_dict(entry).get("id")), {"value": entry})
        return
    waba_id = a_text(entry.get("id"))
    for change in changes:
        yield from _change(waba_id, entry.get("time"), entry, change)
    own = ("id", "time", "changes", "field", "uid", "changed_fields")
    if more := {key: value for key, value in entry.items() if value and key not in own}:
        yield _other(waba_id, {"time": entry.get("time"), "value": more})


def _change(waba_id: str, time: Any, entry: dict[str, Any], change: Any) -> Iterator[Item]:
    """Yield the items of one change of one entry."""
    if not isinstance(change, dict):
        yield _other(waba_id, {"value": change})
        return
    field, value = fields.name_of(change, entry), change.get("value")
    more = {key: part for key, part in change.items() if key not in ("field", "value") and part}
    if not isinstance(value, dict):
        yield _other(waba_id, {"field": field, "time": time, "value": value, **more})
        return
    reader = _Value(waba_id, field, value)
    found = list(reader.items())
    if found:
        yield from found
        more.update(reader.unread())
    else:
        yield reader.whole(time)
    if more:
        yield _other(waba_id, {"field": field, "time": time, "value": more})


class _Value:
    """The ``value`` of one change: what its items have in common."""

    def __init__(self, waba_id: str, field: str, value: dict[str, Any]):
        self.waba_id = waba_id
        self.field = field
        self.meaning = fields.meaning(field)
        self.value = value
        self.metadata = a_dict(value.get("metadata"))
        self.phone_number_id = a_text(self.metadata.get("phone_number_id")) or a_text(
            a_dict(value.get("recipient")).get("phone_number_id")
        )
        if not self.phone_number_id and self.meaning.parts:
            self.phone_number_id = a_text(value.get("phone_number_id"))
        self.own_numbers = phone.variants(a_text(self.metadata.get("display_phone_number")))
        contacts = value.get("contacts")
        contacts = [contacts] if isinstance(contacts, dict) else a_list(contacts)
        self.contacts = [a_dict(contact) for contact in contacts]
        self._by_id: dict[str, dict] = {}
        for contact in self.contacts:
            for name in ("wa_id", "user_id"):
                for form in _forms(contact.get(name)):
                    self._by_id.setdefault(form, contact)

    def items(self) -> Iterator[Item]:
        """Yield one item per element of the lists that this field has."""
        alone = not any(self.value.get(name) for name in self.meaning.parts if name not in _BESIDE)
        for name, (kind, part) in self.meaning.parts.items():
            elements = self.value.get(name)
            if isinstance(elements, dict):
                elements = [elements]
            for element in a_list(elements):
                if part == "chunk":
                    yield from self._chunk(a_dict(element))
                elif part == "error":
                    yield self._item(kind, part, element, {} if alone else {"beside": True})
                else:
                    yield self._item(kind, part, element)

    def unread(self) -> dict[str, list]:
        """Return the lists of the value that its field does not have: somebody may want them."""
        return {
            name: part
            for name, part in self.value.items()
            if isinstance(part, list) and part and name not in (*self.meaning.parts, "contacts")
        }

    def _chunk(self, chunk: dict[str, Any]) -> Iterator[Item]:
        """Yield the items of one element of ``history``: its threads' messages, its errors."""
        found = False
        for thread in a_list(chunk.get("threads")):
            thread = a_dict(thread)
            person = {"wa_id": thread.get("id"), **a_dict(thread.get("context"))}
            for element in a_list(thread.get("messages")):
                found = True
                yield self._item(HISTORY, "message", element, {"person": person})
        for error in a_list(chunk.get("errors")):
            found = True
            yield self._item(HISTORY, "error", error)
        if not found:
            yield self._item(HISTORY, "chunk", chunk)

    def _item(self, kind: str, part: str, element: Any, more: dict | None = None) -> Item:
        """Return the item for one element."""
        body = a_dict(element)
        payload = {"field": self.field, "metadata": self.metadata, part: element, **(more or {})}
        if part == "message" and self._is_ours(kind, body, a_dict(payload.get("person"))):
            payload["ours"] = True
            kind = ECHO if kind == MESSAGE else kind
        if kind == CALL and (errors := a_list(self.value.get("errors"))) and part == "call":
            payload["errors"] = errors
        if summary := a_text(a_dict(self._context().get("summary")).get("text")):
            payload["summary"] = summary
        people = self._people(kind, body, payload)
        contact = self._contact(kind, part, people)
        # The contact has the id that never changes its form even where the element lacks it
        known = a_text(contact.get("user_id")) or a_text(contact.get("wa_id")).lstrip("+")
        known = known if known and not _is_change(body) else next(iter(people), known)
        if contact:
            payload["contact"] = contact
        return Item(
            kind=kind if isinstance(element, dict) else OTHER,
            key=self._key(kind, part, body, element),
            payload=payload,
            phone_number_id=self.phone_number_id,
            waba_id=self.waba_id,
            contact_key=_short(f"{self.phone_number_id}:{known}") if known else "",
            at=a_time(body.get("timestamp"))
            or a_time(a_dict(body.get("metadata")).get("timestamp")),
        )

    def _context(self) -> dict[str, Any]:
        return a_dict(self.value.get("conversation_context"))

    def _is_ours(self, kind: str, body: dict[str, Any], person: dict[str, Any]) -> bool:
        """Return whether the city's side sent it.

        :param person: whose thread of the history it is in, {} when it is in none
        """
        if kind == ECHO:
            return True
        if a_dict(body.get("history_context")).get("from_me") is True:
            return True
        sender = phone.digits(a_text(body.get("from")))
        ours = bool(sender) and sender in self.own_numbers
        if kind == MESSAGE:
            # Live, our own number writes to nobody but another person
            return ours and any(a_text(body.get(name)) for name in ("to", "to_user_id"))
        if ours or (kind == STANDBY and any(body is e for e in self._echoes())):
            return True
        receiver = phone.digits(a_text(body.get("to")))
        if (receiver and receiver not in self.own_numbers) or a_text(body.get("to_user_id")):
            # Meta names the receiver of what the city sent only
            return True
        thread = {form for name in ("wa_id", "user_id") for form in _forms(person.get(name))}
        # Without the city's number beside it: anybody but the thread's person is the city
        return bool(sender and thread and not self.own_numbers) and sender not in thread

    def _echoes(self) -> list[Any]:
        return a_list(self.value.get("message_echoes"))

    def _people(self, kind: str, body: dict[str, Any], payload: dict[str, Any]) -> list[str]:
        """Return the ids, best first, of the person whom an element concerns."""
        if kind == IDENTITY or _is_change(body):
            change = changed_ids.read(body)
            found = [change.old_bsuid, change.old_wa_id, change.bsuid, change.wa_id]
            return [value for value in found if value]
        names = _PEOPLE.get(kind, ("user_id", "wa_id", "phone_number"))
        if kind in (HISTORY, STANDBY):
            names = _PEOPLE[ECHO] if payload.get("ours") else _PEOPLE[MESSAGE]
        if kind == CALL and body.get("direction") == "BUSINESS_INITIATED":
            names = _PEOPLE[ECHO]
        values = [body.get(name) for name in names]
        if kind == ROUTING:
            sender = a_dict(body.get("sender"))
            values += [sender.get(name) for name in ("user_id", "phone_number", "wa_id")]
        if kind == CONTACT:
            entry = a_dict(body.get("contact"))
            values += [entry.get(name) for name in ("user_id", "phone_number")]
        person = a_dict(payload.get("person"))
        values += [person.get(name) for name in ("user_id", "wa_id")]
        found = [phone.plain(a_text(value)) for value in values]
        return [value for value in found if value]

    def _contact(self, kind: str, part: str, people: list[str]) -> dict[str, Any]:
        """Return the entry of ``contacts`` about one of these people.

        The only one is the sender's, where the element says nothing that speaks against it: a
        person who hides their number stands in ``contacts`` alone.
        """
        for person in people:
            for form in _forms(person):
                if form in self._by_id:
                    return self._by_id[form]
        if part not in ("message", "call") or kind == ECHO or len(self.contacts) != 1:
            return {}
        (contact,) = self.contacts
        known = {phone.is_bsuid(person) for person in people}
        given = {
            phone.is_bsuid(a_text(contact.get(name)))
            for name in ("user_id", "wa_id")
            if contact.get(name)
        }
        return contact if not known & given else {}

    def _key(self, kind: str, part: str, body: dict, element: Any) -> str:
        """Return the key that two deliveries of ``element`` share."""
        own_id = a_text(body.get("id"))
        if own_id and part == "message":
            # A file of the history comes twice under one id: announced, then with what to fetch
            what = f":{a_text(body.get('type'))}" if kind == HISTORY else ""
            return _short(f"{kind}:{self.phone_number_id}:{own_id}{what}")
        if own_id and kind == CALL and part == "call":
            return _short(f"{kind}:{self.phone_number_id}:{own_id}:{a_text(body.get('event'))}")
        if own_id and kind == STATUS:
            person = a_text(body.get("recipient_participant_id") or body.get("recipient_id"))
            person = person or a_text(body.get("recipient_user_id"))
            return _short(f"{kind}:{self.phone_number_id}:{own_id}:{body.get('status')}:{person}")
        return f"{kind}:{_digest([self.waba_id, self.phone_number_id, self.field, element])}"

    def whole(self, time: Any) -> Item:
        """Return one item for a value without lists of its field: news, or the unknown."""
        kind = self.meaning.kind
        people: list[str] = []
        if kind == ROUTING:
            payload: dict[str, Any] = {"field": self.field, "handover": self.value}
            people = self._people(kind, self.value, payload)
        elif kind == IDENTITY:
            payload = {"field": self.field, "identity": self.value}
            people = self._people(kind, self.value, payload)
        else:
            payload = {"field": self.field, "time": time, "value": self.value}
        return Item(
            kind=kind,
            key=f"{kind}:{_digest([self.waba_id, time, self.field, self.value])}",
            payload=payload,
            phone_number_id=self.phone_number_id,
            waba_id=self.waba_id,
            contact_key=_short(f"{self.phone_number_id}:{people[0]}") if people else "",
            at=a_time(time) or a_time(self.value.get("timestamp")),
        )


def _is_change(body: dict[str, Any]) -> bool:
    """Return whether a message tells that its sender's number or id changed."""
    return body.get("type") == "system" and isinstance(body.get("system"), dict)


def _forms(value: Any) -> tuple[str, ...]:
    """Return under which forms a person's id may stand elsewhere in the same value."""
    text = phone.plain(a_text(value))
    if not text:
        return ()
    return (text,) if phone.is_bsuid(text) else (text, *phone.variants(text))


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
    return phone.ids(payload.get(name) for name in names)
