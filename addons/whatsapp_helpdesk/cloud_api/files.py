# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Kinds and formats in which WhatsApp accepts a file.

The accepted types and sizes are data (the model ``whatsapp.media``); these are the rules that
follow from it. Meta's upload refuses every type that is not on its list, whatever the message says
it is: so some files travel in another form (:func:`prepare`).
"""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import photo, voice

# A type of every kind that is not listed, in the data
ANY = "*"
# The type that Discuss records; Python and browsers name the same one differently
_SAME_TYPE = {
    "audio/mp3": "audio/mpeg",
    "audio/x-m4a": "audio/mp4",
    "audio/m4a": "audio/mp4",
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
}
# Endings that browsers and Python do not know everywhere
_ENDINGS = {
    "heic": "image/heic",
    "heif": "image/heif",
    "webp": "image/webp",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    # With macros: another type, which is kept
    "docm": "application/vnd.ms-word.document.macroenabled.12",
    "xlsm": "application/vnd.ms-excel.sheet.macroenabled.12",
    "pptm": "application/vnd.ms-powerpoint.presentation.macroenabled.12",
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroenabled.12",
    "dotx": "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
    "xltx": "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
    "ppsx": "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "odg": "application/vnd.oasis.opendocument.graphics",
}
# Types that senders and sniffers give when they see only the container: zip, OLE, bytes
_VAGUE = frozenset(
    (
        "",
        "application/octet-stream",
        "application/zip",
        "application/x-zip",
        "application/x-zip-compressed",
        "application/x-ole-storage",
        "application/cdfv2",
        "application/x-cfb",
        "application/msoffice",
        "application/vnd.openxmlformats-officedocument",
        "binary/octet-stream",
    )
)
# Types that a browser would run, or follow, as a page
_ACTIVE = frozenset(
    (
        *("text/html", "application/xhtml+xml", "text/xml", "application/xml", "image/svg+xml"),
        *("application/hta", "multipart/related", "message/rfc822"),
        *("application/x-shockwave-flash", "application/x-ms-application"),
    )
)

Rules = Mapping[str, tuple[str, int]]
Upload = tuple[bytes, str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind of message as which a file is sent.

    ``kind``: image, video, audio, document; "" when it cannot go, and then ``error`` is
    "media_type" or "media_size". ``limit``: bytes allowed for it (0: none). ``picture``: it would
    be shown as a photo if it were smaller or of another format.
    """

    kind: str
    error: str = ""
    limit: int = 0
    picture: bool = False


def base_type(mimetype: str) -> str:
    """Return a MIME type without parameters, under the name that Meta uses."""
    plain = (mimetype or "").split(";")[0].strip().lower()
    return _SAME_TYPE.get(plain, plain)


def guess_type(name: str, mimetype: str) -> str:
    """Return a file's MIME type, by its name if the sender knows no better.

    Office files are zips or OLE files, and are called so when only the first bytes are read.
    """
    given = base_type(mimetype)
    if given not in _VAGUE:
        return given
    ending = name.rpartition(".")[2].lower()
    return _ENDINGS.get(ending) or mimetypes.guess_type(name)[0] or given


def is_active(mimetype: str) -> bool:
    """Return whether a browser would run a file of this type, or what stands in it."""
    plain = base_type(mimetype)
    words = ("html", "javascript", "ecmascript", "vbscript")
    return plain in _ACTIVE or plain.endswith("+xml") or any(word in plain for word in words)


def document_limit(rules: Rules) -> int:
    """Return the bytes of the largest document."""
    return max((size for kind, size in rules.values() if kind == "document"), default=0)


def judge(rules: Rules, mimetype: str, size: int) -> Verdict:
    """Return the kind of message as which a file goes out.

    :param rules: {MIME type: (kind, largest size in bytes)}, with :data:`ANY` for all others
    :param size: bytes
    """
    mimetype = base_type(mimetype)
    family = mimetype.partition("/")[0]
    kind, limit = rules.get(mimetype, ("", 0))
    if kind and kind != "sticker" and size <= limit:
        return Verdict(kind, limit=limit)
    if family == "image":
        # Too large, or a format that is not shown: whole in a document
        most = document_limit(rules)
        error = "" if size <= most else "media_size"
        return Verdict("" if error else "document", error, most, picture=True)
    if kind and kind != "sticker":
        return Verdict("", "media_size", limit)
    if family == "text":
        kind, limit = rules.get("text/plain", ("", 0))
    if not kind:
        kind, limit = rules.get(ANY, ("", 0))
    if not kind or kind == "sticker":
        return Verdict("", "media_type")
    if size > limit:
        return Verdict("", "media_size", limit)
    return Verdict(kind, limit=limit)


def prepare(envelope: dict[str, Any], upload: Upload) -> tuple[dict[str, Any], Upload, str]:
    """Convert message and file to a form that Meta accepts.

    A recording becomes a voice message, a picture that goes as a document a page of a PDF, any
    text plain text. Takes its time: not to be called while a transaction is open.

    :param upload: content, name, MIME type
    :return: envelope, upload, and what went wrong without preventing the send ("" if nothing did)
    :raises photo.PhotoError: the picture cannot be read
    """
    content, name, mimetype = upload
    mimetype, kind = guess_type(name, mimetype), envelope["type"]
    if kind == "audio" and envelope["audio"].get("voice"):
        try:
            return envelope, (voice.to_voice(content), _named(name, ".ogg"), voice.MIMETYPE), ""
        except voice.VoiceError as error:
            # A sound file says the same, only less comfortably
            plain = {key: value for key, value in envelope["audio"].items() if key != "voice"}
            return {**envelope, "audio": plain}, (content, name, mimetype), str(error)
    if kind == "document" and mimetype.startswith("image/"):
        page = _named(name, ".pdf")
        document = {**envelope["document"], "filename": page}
        upload = (photo.to_page(content), page, photo.PAGE_TYPE)
        return {**envelope, "document": document}, upload, ""
    if kind == "document" and mimetype.startswith("text/"):
        return envelope, (content, name, "text/plain"), ""
    return envelope, (content, name, mimetype), ""


def _named(name: str, ending: str) -> str:
    """Return a file's name with another ending."""
    stem = name.rpartition(".")[0] or name or "file"
    return stem + ending
