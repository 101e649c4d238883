# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One message or status out of a webhook item, as a value with named fields.

Unknown fields are ignored, missing ones are empty, unknown types are kept with their raw JSON.
Nothing here raises, whatever stands in the payload.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from . import cards, changed_ids, events, forms, names, phone
from .cards import Card
from .forms import MediaRef
from .reading import a_dict, a_float, a_list, a_text, a_time

MEDIA_TYPES = ("image", "video", "audio", "voice", "document", "sticker")
# Of a type that is not known here: how many of its texts are shown, and how deep they are sought
_UNKNOWN_TEXTS, _UNKNOWN_DEPTH = 10, 4
_READABLE = frozenset(
    "body caption description footer header name options question selected text title".split()
)


_REPLIES = ("button_reply", "list_reply", "nfm_reply", "call_permission_reply")


@dataclass(frozen=True, slots=True)
class Place:
    """A pin on the map, in degrees."""

    latitude: float
    longitude: float
    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Referral:
    """The advertisement or post from which the citizen came."""

    headline: str = ""
    body: str = ""
    url: str = ""  # of http or https, else empty


@dataclass(frozen=True, slots=True)
class Message:
    """A citizen's message (or, for an echo, one sent from the business's telephone)."""

    id: str
    type: str
    at: datetime | None
    bsuid: str = ""
    wa_id: str = ""
    name: str = ""
    username: str = ""
    group_id: str = ""
    text: str = ""
    option_id: str = ""
    quoted: str = ""  # wamid of the message that this one answers
    forwarded: bool = False
    often_forwarded: bool = False
    referral: Referral | None = None
    product: str = ""  # of the catalogue, about which the citizen asks
    target: str = ""  # wamid of the message which a reaction, an edit or a removal is about
    emoji: str = ""
    media: MediaRef | None = None
    place: Place | None = None
    cards: tuple[Card, ...] = ()
    files: tuple[MediaRef, ...] = ()  # attached to a form's answers
    ours: bool = False  # the city's side said it
    summary: str = ""  # of what was said before, made by Meta's machine
    old_bsuid: str = ""  # system messages: the id before the change
    old_wa_id: str = ""
    error_code: str = ""
    error_text: str = ""
    call_permission: str = ""  # accept or reject, as the answer to a question whether to call
    unsupported: str = ""  # what kind of thing WhatsApp could not pass on
    raw: dict[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Status:
    """The delivery status of a message of ours."""

    wamid: str
    status: str
    at: datetime | None
    opaque: str = ""
    bsuid: str = ""
    wa_id: str = ""
    group: bool = False
    payment: bool = False  # of a payment that was asked for: nothing of the message itself
    error_code: str = ""
    error_text: str = ""
    category: str = ""
    billable: bool = False


def parse_message(payload: dict[str, Any], echo: bool = False) -> Message:
    """Return the message of an item.

    :param echo: the city's side said it: the person is the one it was said to
    """
    raw = a_dict(payload.get("message"))
    contact = {**a_dict(payload.get("person")), **a_dict(payload.get("contact"))}
    profile = a_dict(contact.get("profile"))
    kind = _type(raw)
    side = "to" if echo else "from"
    bsuid, wa_id = events.person(raw, f"{side}_user_id", side, f"{side}_parent_user_id")
    of_contact = events.person(contact, "user_id", "wa_id", "parent_user_id")
    values: dict[str, Any] = {
        "id": a_text(raw.get("id")),
        "type": kind,
        "at": a_time(raw.get("timestamp")),
        "bsuid": bsuid or of_contact[0],
        "wa_id": wa_id or of_contact[1],
        "name": names.clean(a_text(profile.get("name"))),
        "username": names.clean(
            a_text(profile.get("username")) or a_text(contact.get("username"))
        ).lstrip("@"),
        "group_id": a_text(raw.get("group_id")) or _group_address(raw, payload),
        "ours": echo,
        "summary": a_text(payload.get("summary")).strip(),
        "raw": raw,
    }
    context = a_dict(raw.get("context"))
    values["quoted"] = a_text(context.get("id"))
    values["often_forwarded"] = context.get("frequently_forwarded") is True
    values["forwarded"] = values["often_forwarded"] or context.get("forwarded") is True
    product = a_dict(context.get("referred_product"))
    values["product"] = a_text(product.get("product_retailer_id"))
    values["referral"] = _referral(a_dict(raw.get("referral")))
    values["error_code"], values["error_text"] = _first_error(raw)
    values.update(_content(kind, raw))
    return Message(**values)


def _group_address(raw: dict[str, Any], payload: dict[str, Any]) -> str:
    """Return the group in which it was said, where an address is one; else ""."""
    thread = a_dict(payload.get("person")).get("wa_id")
    places = (raw.get("from"), raw.get("to"), raw.get("chat_id"), thread)
    return next((place for place in places if isinstance(place, str) and phone.is_group(place)), "")


def _type(raw: dict[str, Any]) -> str:
    """Return a message's type; if it is not stated, infer it from the content."""
    if kind := a_text(raw.get("type")):
        return kind
    known = ("text", *MEDIA_TYPES, *_READERS)
    return next((name for name in known if isinstance(raw.get(name), dict | list)), "unknown")


def _content(kind: str, raw: dict[str, Any]) -> dict[str, Any]:
    """Return the fields which depend on the message's type."""
    part = a_dict(raw.get(kind))
    if kind == "text":
        return {"text": a_text(part.get("body")) or a_text(raw.get("text"))}
    if kind in MEDIA_TYPES:
        # A voice message is sometimes named by its type, sometimes marked within an audio
        reference = _media(kind, part or a_dict(raw.get("audio")))
        return {"media": reference, "text": reference.caption}
    reader = _READERS.get(kind)
    return reader(raw, part) if reader else _unknown(part)


def _unknown(part: dict[str, Any]) -> dict[str, Any]:
    """Return the readable parts of an unknown, newer type: a file, texts."""
    if reference := forms.file(part):
        return {"media": reference, "text": reference.caption}
    texts = list(dict.fromkeys(_texts(part)))
    return {"text": "\n".join(texts[:_UNKNOWN_TEXTS])}


def _texts(value: Any, name: str = "", depth: int = 0) -> Iterator[str]:
    """Yield the texts under names that Meta uses for readable content."""
    if depth > _UNKNOWN_DEPTH:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, key, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, name, depth + 1)
    elif name in _READABLE and (text := a_text(value).strip()):
        yield text


def _referral(part: dict[str, Any]) -> Referral | None:
    """Return the advertisement or post that the citizen came from, or None."""
    url = a_text(part.get("source_url"))
    if not url.startswith(("https://", "http://")):
        url = ""
    found = Referral(a_text(part.get("headline")), a_text(part.get("body")), url)
    return found if found != Referral() else None


def _media(kind: str, part: dict[str, Any]) -> MediaRef:
    """Return a file's id and declared type."""
    return MediaRef(
        kind="voice" if kind == "audio" and part.get("voice") is True else kind,
        media_id=a_text(part.get("id")),
        mimetype=a_text(part.get("mime_type")).split(";")[0].strip().lower(),
        sha256=a_text(part.get("sha256")),
        filename=a_text(part.get("filename")),
        caption=a_text(part.get("caption")),
    )


def _location(raw: dict, part: dict) -> dict[str, Any]:
    latitude, longitude = a_float(part.get("latitude")), a_float(part.get("longitude"))
    name, address = a_text(part.get("name")), a_text(part.get("address"))
    text = "\n".join(line for line in (name, address) if line)
    valid = (latitude is not None and longitude is not None and abs(latitude) <= 90.0) and abs(
        longitude
    ) <= 180.0
    if not valid:
        return {"text": text}
    return {"place": Place(latitude, longitude, name, address), "text": text}


def _contacts(raw: dict, part: dict) -> dict[str, Any]:
    shared = raw.get("contacts")
    shared = [shared] if isinstance(shared, dict) else a_list(shared)
    return {"cards": tuple(cards.read(card) for card in shared)}


def _interactive(raw: dict, part: dict) -> dict[str, Any]:
    kind = a_text(part.get("type"))
    if not isinstance(part.get(kind), dict):
        # Not stated, or wrong: the part that is present decides
        kind = next((name for name in _REPLIES if isinstance(part.get(name), dict)), kind)
    reply = a_dict(part.get(kind))
    if kind in ("button_reply", "list_reply"):
        return {"text": a_text(reply.get("title")), "option_id": a_text(reply.get("id"))}
    if kind == "nfm_reply":
        text, files = forms.read(reply)
        return {"text": text, "files": files}
    if kind == "call_permission_reply":
        return {"call_permission": a_text(reply.get("response"))}
    return _unknown(part)


def _button(raw: dict, part: dict) -> dict[str, Any]:
    return {"text": a_text(part.get("text")), "option_id": a_text(part.get("payload"))}


def _reaction(raw: dict, part: dict) -> dict[str, Any]:
    return {"target": a_text(part.get("message_id")), "emoji": a_text(part.get("emoji"))}


def _order(raw: dict, part: dict) -> dict[str, Any]:
    lines = [a_text(part.get("text"))]
    for product in a_list(part.get("product_items")):
        product = a_dict(product)
        amount, name = a_text(product.get("quantity")), a_text(product.get("product_retailer_id"))
        price = f"{a_text(product.get('item_price'))} {a_text(product.get('currency'))}".strip()
        lines.append(f"{amount} x {name}" + (f" ({price})" if price else ""))
    return {"text": "\n".join(line for line in lines if line)}


def _system(raw: dict, part: dict) -> dict[str, Any]:
    """Return a change of number or id: the new ids in front, the old ones kept as old."""
    change = changed_ids.read(raw)
    values = {
        "text": a_text(part.get("body")),
        "old_bsuid": change.old_bsuid,
        "old_wa_id": change.old_wa_id,
        "option_id": a_text(part.get("type")),
    }
    if change.bsuid:
        values["bsuid"] = change.bsuid
    if change.wa_id:
        values["wa_id"] = change.wa_id
    return values


def _unsupported(raw: dict, part: dict) -> dict[str, Any]:
    return {"unsupported": a_text(part.get("type")) or "unknown"}


def _edit(raw: dict, part: dict) -> dict[str, Any]:
    inner = a_dict(part.get("message"))
    kind = a_text(inner.get("type"))
    content = _content(kind, inner) if kind not in ("edit", "revoke") else {}
    return {"target": a_text(part.get("original_message_id")), "text": content.get("text", "")}


def _revoke(raw: dict, part: dict) -> dict[str, Any]:
    return {"target": a_text(part.get("original_message_id"))}


_READERS = {
    "location": _location,
    "contacts": _contacts,
    "interactive": _interactive,
    "button": _button,
    "reaction": _reaction,
    "order": _order,
    "system": _system,
    "unsupported": _unsupported,
    "edit": _edit,
    "revoke": _revoke,
}


def parse_status(payload: dict[str, Any]) -> Status:
    """Return the status of an item of kind ``status``."""
    raw = a_dict(payload.get("status"))
    contact = a_dict(payload.get("contact"))
    bsuid, wa_id = events.person(raw, "recipient_user_id", "recipient_id")
    of_contact = events.person(contact, "user_id", "wa_id")
    pricing = a_dict(raw.get("pricing"))
    error_code, error_text = _first_error(raw)
    return Status(
        wamid=a_text(raw.get("id")),
        status=a_text(raw.get("status")),
        at=a_time(raw.get("timestamp")),
        opaque=a_text(raw.get("biz_opaque_callback_data")),
        bsuid=bsuid or of_contact[0],
        wa_id=wa_id or of_contact[1],
        group=raw.get("recipient_type") == "group",
        payment=a_text(raw.get("type")) == "payment" or isinstance(raw.get("payment"), dict),
        error_code=error_code,
        error_text=error_text,
        category=a_text(pricing.get("category")),
        billable=pricing.get("billable") is True,
    )


def _first_error(raw: dict[str, Any]) -> tuple[str, str]:
    """Return code and Meta's own words of the first error of an element."""
    errors = raw.get("errors")
    error = a_dict(errors) or next((a_dict(e) for e in a_list(errors) if a_dict(e)), {})
    details = a_text(a_dict(error.get("error_data")).get("details"))
    return a_text(error.get("code")), details or a_text(error.get("message") or error.get("title"))
