"""Whether and as what WhatsApp takes a file, and the form in which it takes it.

Which types and sizes are taken is data (the model ``whatsapp.media``); here are the rules that
follow from it. Meta's upload refuses every type that is not on its list, whatever the message
says it is: so some files travel in another form (:func:`prepare`).
"""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import photo, voice

# A type of every kind that is not listed, in the data
ANY = "*"
# What Discuss records; Python and browsers name the same type differently
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
}

Rules = Mapping[str, tuple[str, int]]
Upload = tuple[bytes, str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """As what a file goes.

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
    """Return a file's MIME type, from its name where the browser does not know it."""
    ending = name.rpartition(".")[2].lower()
    return base_type(mimetype) or _ENDINGS.get(ending) or mimetypes.guess_type(name)[0] or ""


def document_limit(rules: Rules) -> int:
    """Return the bytes of the largest document."""
    return max((size for kind, size in rules.values() if kind == "document"), default=0)


def judge(rules: Rules, mimetype: str, size: int) -> Verdict:
    """Return as what a file goes out.

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
    """Return message and file in the form in which Meta takes them.

    A recording becomes a voice message, a picture that goes as a document a page of a PDF, any
    text plain text. Takes its time: not to be called while a transaction is open.

    :param upload: content, name, MIME type
    :return: envelope, upload, and what went wrong without preventing the send ("" if nothing did)
    :raises photo.PhotoError: the picture cannot be read
    """
    content, name, mimetype = upload
    mimetype, kind = base_type(mimetype), envelope["type"]
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
