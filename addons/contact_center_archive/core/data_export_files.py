# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Files of a data export: tables (CSV, JSON lines), media, dictionary, volumes.

Every file is written under a temporary name and then renamed: a file with its final name is
complete.
"""

import csv
import hashlib
import io
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

CHUNK = 1024 * 1024
# It contains all citizens' data: nobody else on the machine may read it.
FOLDER_MODE, FILE_MODE = 0o700, 0o600


@dataclass(frozen=True)
class Written:
    """One finished file.

    :param path: relative to the data export's folder, with `/`
    :param size: bytes
    :param sha256: of the content, in hex
    """

    path: str
    size: int
    sha256: str


def plain(value):
    """Return a field's value for JSON: times in UTC as ISO 8601, bytes refused.

    :raise TypeError: the value cannot be in a table
    """
    if value is None or isinstance(value, (bool, int, float, str, list, dict)):
        return value
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds") + "Z"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no value of a table: {type(value).__name__}")


def cell(value, harmless: Callable[[str], str]) -> str:
    """Return the same for a CSV cell: lists and objects as JSON, None as "".

    :param harmless: disarm text that a spreadsheet would take for a formula; the JSON file has the
    exact text
    """
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        return harmless(value)
    return str(value)


def csv_bytes(
    columns: Sequence[str], rows: Iterable[Mapping], harmless: Callable[[str], str]
) -> bytes:
    """Return a CSV file with a header line.

    UTF-8 with BOM, comma, quotes where needed.

    :param harmless: as for `cell`
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row.get(column), harmless) for column in columns])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def jsonl_bytes(rows: Iterable[Mapping]) -> bytes:
    """Return one JSON object per line, UTF-8."""
    lines = (
        json.dumps({name: plain(value) for name, value in row.items()}, ensure_ascii=False)
        for row in rows
    )
    return "".join(line + "\n" for line in lines).encode()


def write(folder: Path, path: str, content: bytes) -> Written:
    """Write `content` to `path` below `folder`, replacing any existing file."""
    return _place(folder, path, [content])


def copy(folder: Path, path: str, source: Path) -> Written:
    """Copy the file `source` to `path` below `folder`.

    :raise OSError: it cannot be read, or the disk is full
    """
    with source.open("rb") as stream:
        return _place(folder, path, iter(lambda: stream.read(CHUNK), b""))


def private_folder(folder: Path) -> None:
    """Create `folder` and missing parents, accessible to the server's own user only."""
    for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        # Set its mode separately: that of `parents` follows the process's umask
        missing.mkdir(mode=FOLDER_MODE, exist_ok=True)
    folder.chmod(FOLDER_MODE)


def _private(path: Path):
    """Open `path` for writing, unreadable to others from the first byte."""
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
    """Return the path of a message's file, by checksum.

    So identical files are stored once.

    Only the extension of its name (chosen by somebody else) is kept.
    """
    ending = re.search(r"\.[A-Za-z0-9]{1,8}$", name or "")
    return f"media/{checksum[:2]}/{checksum}{ending.group().lower() if ending else ''}"


def volumes(sizes: Sequence[tuple[str, int]], limit: int) -> list[list[str]]:
    """Distribute files over volumes of at most `limit` bytes, in order.

    A larger file gets its own.

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

    Media are stored uncompressed: they are compressed already.
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
