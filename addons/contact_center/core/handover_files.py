"""Files of a hand-over: tables as CSV and JSON lines, media, dictionary, volumes.

Every file is written beside its place and then renamed: what has its name is whole.
"""

import csv
import hashlib
import io
import json
import os
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from . import spreadsheets

CHUNK = 1024 * 1024
# It holds everything known of citizens: nobody else on the machine reads it.
FOLDER_MODE, FILE_MODE = 0o700, 0o600


@dataclass(frozen=True)
class Written:
    """One finished file.

    :param path: relative to the hand-over's folder, with `/`
    :param size: bytes
    :param sha256: of the content, in hex
    """

    path: str
    size: int
    sha256: str


def plain(value):
    """A field's value as JSON knows it: times in UTC as ISO 8601, bytes refused.

    :raise TypeError: it is nothing that stands in a table
    """
    if value is None or isinstance(value, (bool, int, float, str, list, dict)):
        return value
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds") + "Z"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no value of a table: {type(value).__name__}")


def cell(value) -> str:
    """The same for a CSV cell: lists and objects as JSON, nothing as an empty text.

    A text that a spreadsheet would take for a formula gets an apostrophe in front; the exact
    text, numbers with a sign included, stands in the JSON file.
    """
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        return spreadsheets.cell(value, numbers=False)
    return str(value)


def csv_bytes(columns: Sequence[str], rows: Iterable[Mapping]) -> bytes:
    """A CSV file (UTF-8 with mark, comma, quotes where needed) with a line of names."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row.get(column)) for column in columns])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def jsonl_bytes(rows: Iterable[Mapping]) -> bytes:
    """One JSON object per line, UTF-8."""
    lines = (
        json.dumps({name: plain(value) for name, value in row.items()}, ensure_ascii=False)
        for row in rows
    )
    return "".join(line + "\n" for line in lines).encode()


def write(folder: Path, path: str, content: bytes) -> Written:
    """Write `content` to `path` below `folder`, replacing what is there."""
    return _place(folder, path, [content])


def copy(folder: Path, path: str, source: Path) -> Written:
    """Copy the file `source` to `path` below `folder`.

    :raise OSError: it cannot be read, or there is no room
    """
    with source.open("rb") as stream:
        return _place(folder, path, iter(lambda: stream.read(CHUNK), b""))


def private_folder(folder: Path) -> None:
    """Make `folder` and those above it that are missing, for the server's own user only."""
    for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        # Its mode by itself: that of `parents` follows the process' umask
        missing.mkdir(mode=FOLDER_MODE, exist_ok=True)
    folder.chmod(FOLDER_MODE)


def _private(path: Path):
    """Open `path` for writing, readable by nobody else from the first byte."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb")


def _place(folder: Path, path: str, pieces: Iterable[bytes]) -> Written:
    target = folder / path
    private_folder(target.parent)
    beside = target.with_name(target.name + ".part")
    digest, size = hashlib.sha256(), 0
    with _private(beside) as stream:
        for piece in pieces:
            stream.write(piece)
            digest.update(piece)
            size += len(piece)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(target)
    return Written(path, size, digest.hexdigest())


def media_path(checksum: str, name: str) -> str:
    """Where a file of a message goes: by its checksum, so that the same file goes once.

    Of the name (which somebody else chose) only the ending is kept.
    """
    ending = re.search(r"\.[A-Za-z0-9]{1,8}$", name or "")
    return f"media/{checksum[:2]}/{checksum}{ending.group().lower() if ending else ''}"


def volumes(sizes: Sequence[tuple[str, int]], limit: int) -> list[list[str]]:
    """Share files out to volumes of at most `limit` bytes, in order; a larger file stands alone.

    :param sizes: (path, bytes) of each file
    """
    shared, room = [], 0
    for path, size in sizes:
        if not shared or size > room:
            shared.append([])
            room = limit
        shared[-1].append(path)
        room -= size
    return shared


def pack(folder: Path, name: str, paths: Iterable[str]) -> Written:
    """Put the files at `paths` into the ZIP file `name`, all below `folder`.

    Media are stored as they are: they are compressed already.
    """
    beside = folder / f"{name}.part"
    with _private(beside) as stream, zipfile.ZipFile(stream, "w", allowZip64=True) as archive:
        for path in paths:
            stored = path.startswith("media/")
            method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.write(folder / path, path, compress_type=method)
    digest = hashlib.sha256()
    with beside.open("rb") as stream:
        for piece in iter(lambda: stream.read(CHUNK), b""):
            digest.update(piece)
    size = beside.stat().st_size
    beside.replace(folder / name)
    return Written(name, size, digest.hexdigest())
