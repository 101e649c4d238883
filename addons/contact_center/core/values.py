# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Channel-neutral messages: from a citizen, and from a bot or an agent.

A flow, a queue or an agent never uses a channel's own format. They create an `Outgoing`, which each
channel renders as best it can (a list, buttons, numbered text); each channel turns arriving
messages into an `Incoming`. All values are immutable and compare by content.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

MediaKind = Literal["image", "video", "audio", "voice", "document", "sticker"]
IncomingKind = Literal[
    "text", "option", "media", "location", "contacts", "reaction", "unsupported", "system"
]


@dataclass(frozen=True, slots=True)
class Option:
    """One choice offered to the citizen; `id` comes back as `Incoming.option_id`.

    `label` is what the citizen types for it on a channel that can only list options as text ("12");
    by default its position in the list.
    """

    id: str
    title: str
    description: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """A file: an ir.attachment (`attachment_id`), or the channel's own handle (`ref`)."""

    kind: MediaKind
    attachment_id: int | None = None
    filename: str = ""
    mimetype: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """A point on the map, in decimal degrees (WGS 84)."""

    latitude: float
    longitude: float
    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to the citizen.

    `list_button` labels the button that opens a list of options; `quoted` is the external id of
    the message answered.
    """

    text: str = ""
    options: tuple[Option, ...] = ()
    list_button: str = ""
    header: str = ""
    footer: str = ""
    media: tuple[Media, ...] = ()
    location: Location | None = None
    quoted: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message from the citizen.

    `external_id` is the channel's id of the message, `at` the aware UTC time at which it was sent,
    `raw` the channel's original payload (not compared: two deliveries are one message).
    `message_id` is the mail.message that it was stored as, 0 until then.
    """

    kind: IncomingKind
    text: str = ""
    option_id: str = ""
    media: Media | None = None
    location: Location | None = None
    external_id: str = ""
    at: datetime | None = None
    quoted: str = ""
    raw: dict = field(default_factory=dict, compare=False)
    message_id: int = field(default=0, compare=False)
