# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The files that GLPI accepts, and how to make it accept WhatsApp's.

GLPI judges by the file name's extension: a type it does not list is answered with 201 and a
document without a file. Its default list knows neither webp, mp4, opus, m4a, amr, 3gp, aac nor vcf.
"""

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass

# extension by MIME type, in the spelling that GLPI's default list accepts where it accepts any
_EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "audio/ogg": "ogg",
    "audio/opus": "ogg",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    "audio/x-wav": "wav",
    "audio/mp4": "m4a",
    "audio/aac": "aac",
    "audio/amr": "amr",
    "video/mp4": "mp4",
    "video/3gpp": "3gp",
    "application/pdf": "pdf",
    "application/zip": "zip",
    "text/plain": "txt",
    "text/csv": "csv",
    "application/msword": "doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
}
# same contents under a name GLPI knows
_RENAMED = {"opus": "ogg", "oga": "ogg", "jpe": "jpg", "jfif": "jpg"}
_UNSAFE = re.compile(r'[\x00-\x1f\x7f"\'\\/:*?<>|;]+')
_NAME_LIMIT = 80


@dataclass(frozen=True)
class Plan:
    """How to send a file; `convert` is "png" if it must be converted first, or ""."""

    filename: str
    convert: str = ""


def plan(filename, mimetype):
    """Choose the file name to send, and whether the file must be converted.

    >>> plan("audio.opus", "audio/ogg; codecs=opus").filename
    'audio.ogg'
    """
    mimetype = (mimetype or "").split(";")[0].strip().lower()
    stem, dot, extension = safe_name(filename).rpartition(".")
    if not dot:
        stem, extension = extension, ""
    extension = extension.lower()
    wanted = _EXTENSIONS.get(mimetype, "")
    if not extension or len(extension) > 5 or (extension == "bin" and wanted):
        stem = f"{stem}.{extension}" if extension and extension != "bin" else stem
        extension = wanted or ("txt" if mimetype.startswith("text/") else "bin")
    extension = _RENAMED.get(extension, extension)
    convert = ""
    if extension == "webp" or mimetype == "image/webp":
        extension, convert = "png", "png"
    return Plan(f"{stem or 'arquivo'}.{extension}", convert)


def safe_name(filename):
    """Return a file name that is safe, short enough and never empty.

    Without path, quotes or control characters.
    """
    name = _UNSAFE.sub("_", (filename or "").replace("\\", "/").rsplit("/", 1)[-1]).strip(" ._")
    if len(name) > _NAME_LIMIT:
        stem, dot, extension = name.rpartition(".")
        keep = _NAME_LIMIT - len(extension) - 1
        name = f"{stem[:keep]}.{extension}" if dot and keep > 0 else name[:_NAME_LIMIT]
    return name or "arquivo"


def zipped(filename, data):
    """Wrap a file whose type GLPI refuses in a zip: (name, MIME type, bytes).

    The bytes are the same for the same input (fixed date), so that a second try can be recognised.
    """
    buffer = io.BytesIO()
    info = zipfile.ZipInfo(filename, date_time=(2020, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, data)
    return f"{filename}.zip", "application/zip", buffer.getvalue()


def sha1(data):
    """Return the checksum that GLPI keeps of a stored file: the proof that it has it."""
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()
