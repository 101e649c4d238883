"""Uploads of the city, photos of citizens; ids, expiring addresses, checksums."""

import base64
import collections
import dataclasses
import hashlib
import secrets
import threading
import time

from .errors import GraphError, unknown_object

_MB = 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument."
_LIMITS = {
    **dict.fromkeys(
        ("audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg", "audio/opus"), 16 * _MB
    ),
    **dict.fromkeys(("video/mp4", "video/3gpp"), 16 * _MB),
    **dict.fromkeys(("image/jpeg", "image/png"), 5 * _MB),
    "image/webp": 500 * 1024,
    **dict.fromkeys(
        (
            "text/plain",
            "application/pdf",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            _OFFICE + "wordprocessingml.document",
            _OFFICE + "spreadsheetml.sheet",
            _OFFICE + "presentationml.presentation",
        ),
        100 * _MB,
    ),
}
_BY_KIND = {
    "image": ("image/jpeg", "image/png"),
    "sticker": ("image/webp",),
    "video": ("video/",),
    "audio": ("audio/",),
    "document": ("",),
}
_SIGNATURES = {
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG",
    "audio/ogg": b"OggS",
    "application/pdf": b"%PDF",
}


@dataclasses.dataclass
class Media:
    """One file. `mimetype` may carry parameters (`audio/ogg; codecs=opus`)."""

    id: str
    content: bytes
    mimetype: str
    filename: str = ""

    @property
    def sha256(self):
        """Checksum of the content in base64, as in webhooks."""
        return base64.b64encode(hashlib.sha256(self.content).digest()).decode()


class MediaStore:
    """Files in memory, the oldest dropped beyond the limit of bytes."""

    def __init__(self, settings):
        self.settings = settings
        self._lock = threading.Lock()
        self.clear()

    def clear(self):
        """Forget every file."""
        with self._lock:
            self._files = collections.OrderedDict()
            self._addresses = collections.OrderedDict()
            self._bytes = 0

    def add(self, content, mimetype, filename="", media_id=""):
        """Keep a file and return its `Media`.

        `media_id`: its id, when it is to be that one.
        """
        media_id = media_id or str(10**15 + secrets.randbelow(9 * 10**15))
        media = Media(media_id, content, mimetype, filename)
        with self._lock:
            if known := self._files.pop(media_id, None):
                self._bytes -= len(known.content)
            self._files[media.id] = media
            self._bytes += len(content)
            while self._bytes > self.settings.keep_media_bytes and len(self._files) > 1:
                self._bytes -= len(self._files.popitem(last=False)[1].content)
        return media

    def get(self, media_id):
        """Return the file with that id, or None."""
        with self._lock:
            return self._files.get(str(media_id))

    def remove(self, media_id):
        """Delete a file; GraphError when there is none."""
        with self._lock:
            media = self._files.pop(str(media_id), None)
            if media is None:
                raise unknown_object(media_id, "delete")
            self._bytes -= len(media.content)

    def address(self, media, base_url):
        """Return a new address to download the file, for `media_url_seconds`."""
        key = secrets.token_urlsafe(18)
        expires = time.time() + self.settings.media_url_seconds
        with self._lock:
            self._addresses[key] = (media.id, expires)
            if len(self._addresses) > 50_000:
                self._addresses.popitem(last=False)
        query = f"mid={media.id}&ext={int(expires)}&hash={key}"
        return f"{base_url}/whatsapp_business/attachments/?{query}"

    def at_address(self, media_id, key):
        """Return the file behind an address, None when that is over or never was."""
        with self._lock:
            known_id, expires = self._addresses.get(key, ("", 0.0))
            if known_id != media_id or expires < time.time():
                return None
            return self._files.get(media_id)

    def expire_addresses(self, media_id):
        """End the life of all addresses of a file, as five minutes do."""
        with self._lock:
            for key, (known_id, _expires) in self._addresses.items():
                if known_id == media_id:
                    self._addresses[key] = (known_id, 0.0)


def check_upload(content, mimetype):
    """Refuse, with Meta's error, an unknown type, an empty or a too large file."""
    base = mimetype.split(";")[0].strip().lower()
    if base not in _LIMITS:
        accepted = ", ".join(_LIMITS)
        raise GraphError(
            100,
            message="(#100) Param file must be a file with one of the following types: "
            f"{accepted}. Received file of type '{base or 'application/octet-stream'}'.",
        )
    if not content:
        raise GraphError(100, "The file is empty.", message="(#100) Invalid parameter")
    if len(content) > _LIMITS[base]:
        raise GraphError(131053, f"{base}: {len(content)} bytes exceed {_LIMITS[base]} bytes.")


def problem(kind, media, voice=False):
    """Return why Meta would fail to send this file as this kind of message, or "".

    It finds out after it has accepted the message: the answer is 200, the failed status follows.
    """
    base = media.mimetype.split(";")[0].strip().lower()
    if not any(base.startswith(start) for start in _BY_KIND[kind]):
        return f"Unsupported {kind} mime type {base}."
    if voice and (base != "audio/ogg" or not _is_mono_opus(media.content)):
        return "A voice message has to be audio/ogg with the OPUS codec, mono."
    if base in ("video/mp4", "video/3gpp") and (codec := _unplayable(media.content)):
        return f"Video file codec not supported ({codec})"
    signature = _SIGNATURES.get(base)
    if signature and not media.content.startswith(signature):
        return f"Media file uploaded with mimetype as {base}, however on processing it is not."
    return ""


def _unplayable(content):
    """Return the codec that Meta does not play, "" if none.

    By the sample entries of an MP4's index.
    """
    index = content[max(content.find(b"moov"), 0) :]
    if b"stsd" not in index:
        return ""
    names = {b"hvc1": "hevc", b"hev1": "hevc", b"av01": "av1", b"vp09": "vp9", b"ac-3": "ac-3"}
    return next((name for code, name in names.items() if code in index), "")


def _is_mono_opus(content):
    """Return whether the first page of an OGG file announces OPUS with one channel."""
    start = content.find(b"OpusHead", 0, 512)
    return start > 0 and content[start + 9 : start + 10] == b"\x01"
