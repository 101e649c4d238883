# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Builders of Cloud API requests, within Meta's limits whatever they are given.

A *content* is the part of a message which says what it is, ``{"type": "text", "text": {...}}``;
:func:`envelope` adds to whom, what it answers and our own id. Options are any objects with
``id``, ``title``, ``description`` and ``label``. Source: Meta, "Send messages" and its pages by
type.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

TEXT_MAX = 4096
CAPTION_MAX = 1024
BUTTONS_MAX, BUTTON_TITLE_MAX, BUTTON_ID_MAX, BUTTON_BODY_MAX = 3, 20, 256, 1024
ROWS_MAX, ROW_TITLE_MAX, ROW_ID_MAX, ROW_DESCRIPTION_MAX = 10, 24, 200, 72
LIST_BODY_MAX, LIST_BUTTON_MAX = 4096, 20
HEADER_MAX, FOOTER_MAX = 60, 60
OPAQUE_MAX = 512
# Where the caller gives no words: Meta takes no menu without them. Signs, so of any language
DEFAULT_BODY = "👇"
DEFAULT_LIST_BUTTON = "☰"

Content = dict[str, Any]


class OptionLike(Protocol):
    """An option that the citizen may choose."""

    id: str
    title: str
    description: str
    label: str


def clean(text: str | None) -> str:
    """Return ``text`` without characters that JSON or Meta refuse, nor outer blanks."""
    text = (text or "").replace("\x00", "\ufffd")
    return text.encode("utf-8", "replace").decode("utf-8").strip()


def cut(text: str, limit: int) -> str:
    """Return at most ``limit`` characters of ``text``, with an ellipsis if it was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def split_text(text: str, limit: int = TEXT_MAX) -> list[str]:
    """Split ``text`` in pieces of at most ``limit`` characters, none of them blank.

    Cuts at an empty line if there is one in the second half, else at a line's end, else at a
    space, else in the middle of a word.
    """
    rest = clean(text)
    pieces = []
    while len(rest) > limit:
        cut_at = limit
        for mark in ("\n\n", "\n", " "):
            found = rest.rfind(mark, limit // 2, limit + 1)
            if found > 0:
                cut_at = found
                break
        pieces.append(rest[:cut_at].rstrip())
        rest = rest[cut_at:].lstrip()
    if rest:
        pieces.append(rest)
    return [piece for piece in pieces if piece]


def text(body: str, preview_url: bool = False) -> Content:
    """Return the content of one text message.

    ``body`` is cut at Meta's limit (split it before).
    """
    return {
        "type": "text",
        "text": {"body": cut(clean(body), TEXT_MAX), "preview_url": preview_url},
    }


def media(kind: str, media_id: str, caption: str = "", filename: str = "") -> Content:
    """Return the content with a file that was uploaded before.

    :param kind: image, video, audio, voice, document or sticker; voice is an audio shown as a
        voice message (OGG/OPUS only)
    :param caption: text under the file; dropped for audio and sticker, which have none
    """
    wire_kind = "audio" if kind == "voice" else kind
    part: dict[str, Any] = {"id": media_id}
    if kind == "voice":
        part["voice"] = True
    if caption and wire_kind in ("image", "video", "document"):
        part["caption"] = cut(clean(caption), CAPTION_MAX)
    if filename and wire_kind == "document":
        part["filename"] = cut(clean(filename), 240)
    return {"type": wire_kind, wire_kind: part}


def location(latitude: float, longitude: float, name: str = "", address: str = "") -> Content:
    """Return the content with a pin on the map; degrees."""
    part = {"latitude": str(latitude), "longitude": str(longitude)}
    if name:
        part["name"] = clean(name)
    if address:
        part["address"] = clean(address)
    return {"type": "location", "location": part}


def reaction(message_id: str, emoji: str) -> Content:
    """Return the content of a reaction to ``message_id``; no ``emoji`` takes it away."""
    return {"type": "reaction", "reaction": {"message_id": message_id, "emoji": emoji}}


def template(name: str, language: str, components: Sequence[dict[str, Any]] = ()) -> Content:
    """Return the content of a template message; ``components`` as Meta describes them."""
    # Webhooks spell pt-BR what the API wants as pt_BR
    part: dict[str, Any] = {"name": name, "language": {"code": language.replace("-", "_")}}
    if components:
        part["components"] = list(components)
    return {"type": "template", "template": part}


def buttons(
    body: str, options: Sequence[OptionLike], header: str = "", footer: str = ""
) -> Content:
    """Return the content with up to three reply buttons; ask :func:`fits_buttons`."""
    action = {
        "buttons": [
            {"type": "reply", "reply": {"id": option.id, "title": clean(option.title)}}
            for option in options
        ]
    }
    return _interactive("button", cut(clean(body), BUTTON_BODY_MAX), action, header, footer)


def option_list(
    body: str,
    options: Sequence[OptionLike],
    button: str = "",
    header: str = "",
    footer: str = "",
) -> Content:
    """Return the content with a list of one to ten rows; use :func:`fits_list` before.

    A title over 24 characters is cut and stands in full in the row's description.
    """
    action = {
        "button": cut(clean(button) or DEFAULT_LIST_BUTTON, LIST_BUTTON_MAX),
        "sections": [{"rows": [_row(option) for option in options]}],
    }
    return _interactive("list", cut(clean(body), LIST_BODY_MAX), action, header, footer)


def _row(option: OptionLike) -> dict[str, str]:
    """Return one row of a list."""
    title, description = clean(option.title), clean(option.description)
    if len(title) > ROW_TITLE_MAX and not description:
        description = title
    row = {"id": option.id, "title": cut(title, ROW_TITLE_MAX)}
    if description:
        row["description"] = cut(description, ROW_DESCRIPTION_MAX)
    return row


def _interactive(kind: str, body: str, action: dict, header: str, footer: str) -> Content:
    """Return an interactive content of ``kind`` with its optional header and footer."""
    part: dict[str, Any] = {
        "type": kind,
        "body": {"text": body or DEFAULT_BODY},
        "action": action,
    }
    if clean(header):
        part["header"] = {"type": "text", "text": cut(clean(header), HEADER_MAX)}
    if clean(footer):
        part["footer"] = {"text": cut(clean(footer), FOOTER_MAX)}
    return {"type": "interactive", "interactive": part}


def _distinct(values: Iterable[str]) -> bool:
    """Return whether every value is given and no two are equal."""
    listed = list(values)
    return all(listed) and len(set(listed)) == len(listed)


def fits_buttons(options: Sequence[OptionLike]) -> bool:
    """Return whether ``options`` can be reply buttons.

    Up to three, short, distinct, no details.
    """
    titles = [clean(option.title) for option in options]
    return (
        0 < len(options) <= BUTTONS_MAX
        and _distinct(titles)
        and _distinct(option.id for option in options)
        and max(map(len, titles)) <= BUTTON_TITLE_MAX
        and all(_id_fits(option.id, BUTTON_ID_MAX) for option in options)
        and not any(clean(option.description) for option in options)
    )


def fits_list(options: Sequence[OptionLike]) -> bool:
    """Return whether ``options`` can be rows of a list without losing a word."""
    titles = [clean(option.title) for option in options]
    return (
        0 < len(options) <= ROWS_MAX
        and _distinct(cut(title, ROW_TITLE_MAX) for title in titles)
        and _distinct(option.id for option in options)
        and all(_id_fits(option.id, ROW_ID_MAX) for option in options)
        and all(map(_row_is_whole, titles, options))
    )


def _id_fits(value: str, limit: int) -> bool:
    """Return whether Meta would give the id back exactly as it is."""
    return len(value) <= limit and clean(value) == value


def _row_is_whole(title: str, option: OptionLike) -> bool:
    """Return whether title and description are readable in full in a row."""
    description = clean(option.description)
    if len(title) > ROW_TITLE_MAX:
        return not description and len(title) <= ROW_DESCRIPTION_MAX
    return len(description) <= ROW_DESCRIPTION_MAX


def numbered(body: str, options: Sequence[OptionLike]) -> str:
    """Return ``body`` and the options as numbered lines, to be answered by number.

    An option with a ``label`` has that in place of its number, as on the second page of a menu.
    """
    lines = []
    for number, option in enumerate(options, 1):
        title = clean(option.title) or clean(option.id)
        details = clean(option.description)
        label = clean(option.label) or number
        lines.append(f"{label} - {title}" + (f" ({details})" if details else ""))
    return "\n\n".join(part for part in (clean(body), "\n".join(lines)) if part)


def render(
    body: str,
    options: Sequence[OptionLike] = (),
    list_button: str = "",
    header: str = "",
    footer: str = "",
) -> list[Content]:
    """Return the contents, in order, that say ``body`` and offer ``options``.

    Buttons when they fit, else a list, else numbered text. Text that is too long for one message
    goes ahead in messages of its own; nothing is lost.
    """
    if not options:
        parts = (clean(header), clean(body), clean(footer))
        return [text(piece) for piece in split_text("\n\n".join(p for p in parts if p))]
    if fits_buttons(options):
        pieces, limit = split_text(body), BUTTON_BODY_MAX
    elif fits_list(options):
        pieces, limit = split_text(body), LIST_BODY_MAX
    else:
        parts = (clean(header), numbered(body, options), clean(footer))
        return [text(piece) for piece in split_text("\n\n".join(p for p in parts if p))]
    if pieces and len(pieces[-1]) > limit:
        pieces[-1:] = split_text(pieces[-1], limit)
    *before, last = pieces or [""]
    if fits_buttons(options):
        final = buttons(last, options, header, footer)
    else:
        final = option_list(last, options, list_button, header, footer)
    return [*(text(piece) for piece in before), final]


def merge(first: Content, second: Content) -> Content | None:
    """Return one content that says ``first``, then ``second``; None when none can.

    Only a text goes together with what follows it, and only if the sum is within the limits.
    """
    if first.get("type") != "text":
        return None
    start = first["text"]["body"]
    if second.get("type") == "text":
        joined = f"{start}\n\n{second['text']['body']}"
        return text(joined) if len(joined) <= TEXT_MAX else None
    if second.get("type") == "interactive":
        part = second["interactive"]
        joined = f"{start}\n\n{part['body']['text']}"
        limit = LIST_BODY_MAX if part["type"] == "list" else BUTTON_BODY_MAX
        if len(joined) > limit or "header" in part:
            return None
        return {"type": "interactive", "interactive": {**part, "body": {"text": joined}}}
    return None


def envelope(
    content: Content, wa_id: str = "", bsuid: str = "", quoted: str = "", opaque: str = ""
) -> dict[str, Any]:
    """Return the whole body of a send.

    :param wa_id: phone as Meta writes it; sent with ``+``, without which Meta may prepend the
        business number's country
    :param bsuid: business-scoped user id; used when there is no phone
    :param quoted: wamid of the message which this one answers
    :param opaque: our id, echoed in every status of this message
    :raises ValueError: neither phone nor id is known
    """
    payload: dict[str, Any] = {"messaging_product": "whatsapp", "recipient_type": "individual"}
    if wa_id:
        payload["to"] = "+" + wa_id.lstrip("+")
    elif bsuid:
        payload["recipient"] = bsuid
    else:
        raise ValueError("a message needs a phone or a business-scoped user id")
    payload.update(content)
    if quoted and content.get("type") != "reaction":
        payload["context"] = {"message_id": quoted}
    if opaque:
        payload["biz_opaque_callback_data"] = opaque[:OPAQUE_MAX]
    return payload
