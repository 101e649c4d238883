# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Writes Parquet files, which Power BI, Excel, R and Python read with their types.

Plain encoding, gzip, one page for each column and group of rows: version 1 of the format, which
every reader knows. Written here because the libraries for it weigh 40 MB and more (see
docs/decisions/parquet-by-hand.md); what is written is compared with files that they read.
"""

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import islice

MAGIC = b"PAR1"
ROWS_PER_GROUP = 50_000
#: Of the compression: 0 stores, 9 is the smallest
LEVEL = 6
CREATED_BY = "contact-center version 1.0"
_EPOCH = date(1970, 1, 1).toordinal()
# Physical types, codecs, encodings and repetitions of the format
_INT32, _INT64, _DOUBLE, _BYTES = 1, 2, 5, 6
_GZIP, _PLAIN, _RLE, _OPTIONAL = 2, 0, 3, 1
# Kinds of a column -> (physical type, "converted type": how it is meant)
_KINDS = {
    "date": (_INT32, 6),
    "time": (_INT32, 7),
    "integer": (_INT32, None),
    "bigint": (_INT64, None),
    "number": (_DOUBLE, None),
    "text": (_BYTES, 0),
}


@dataclass(frozen=True)
class Field:
    """A column of a file: its name, and date, time, integer, bigint, number or text."""

    name: str
    kind: str


def write_parquet(stream, fields: Sequence[Field], rows: Iterable[Sequence]) -> int:
    """Write rows to a binary stream; return how many.

    :param rows: a value of each field, or None; they are read as they come, in groups
    """
    stream.write(MAGIC)
    place, total, groups = len(MAGIC), 0, []
    rows = iter(rows)
    while group := list(islice(rows, ROWS_PER_GROUP)):
        chunks, size = [], 0
        for number, field in enumerate(fields):
            page = _page(field, [row[number] for row in group])
            header, body, plain_size = page
            stream.write(header)
            stream.write(body)
            chunks.append(_chunk(field, len(group), place, header, body, plain_size))
            place += len(header) + len(body)
            size += len(header) + plain_size
        groups.append(Struct().list(1, "struct", chunks).i64(2, size).i64(3, len(group)).done())
        total += len(group)
    footer = _footer(fields, total, groups)
    stream.write(footer)
    stream.write(struct.pack("<I", len(footer)))
    stream.write(MAGIC)
    return total


# ------------------------------------------------------------
# Parts of a file
# ------------------------------------------------------------


def _page(field: Field, values: list) -> tuple[bytes, bytes, int]:
    """Return (header, compressed body, size before it) of a column's only page in a group."""
    levels = _levels([value is not None for value in values])
    plain = levels + _encoded(field.kind, [value for value in values if value is not None])
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, 31)  # 31: as gzip
    body = packer.compress(plain) + packer.flush()
    data = Struct().i32(1, len(values)).i32(2, _PLAIN).i32(3, _RLE).i32(4, _RLE).done()
    header = Struct().i32(1, 0).i32(2, len(plain)).i32(3, len(body)).struct(5, data).done()
    return header, body, len(plain)


def _levels(present: list[bool]) -> bytes:
    """Return which values are there, as runs."""
    lengths: list[list] = []
    for there in present:
        if lengths and lengths[-1][0] == there:
            lengths[-1][1] += 1
        else:
            lengths.append([there, 1])
    runs = b"".join(
        _varint(length << 1) + (b"\x01" if there else b"\x00") for there, length in lengths
    )
    return struct.pack("<I", len(runs)) + runs


def _encoded(kind: str, values: list) -> bytes:
    """Return values without None one after the other."""
    if kind == "text":
        texts = [str(value).encode() for value in values]
        return b"".join(struct.pack("<I", len(text)) + text for text in texts)
    if kind == "date":
        values = [value.toordinal() - _EPOCH for value in values]
    elif kind == "time":
        values = [_milliseconds(value) for value in values]
    form = {_INT32: "i", _INT64: "q", _DOUBLE: "d"}[_KINDS[kind][0]]
    if form == "d":
        values = [float(value) for value in values]
    return struct.pack(f"<{len(values)}{form}", *values)


def _milliseconds(value: time) -> int:
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    return seconds * 1000 + value.microsecond // 1000


def _chunk(field: Field, count: int, place: int, header: bytes, body: bytes, plain: int) -> bytes:
    """Return what the footer says of a column in a group of rows."""
    meta = (
        Struct()
        .i32(1, _KINDS[field.kind][0])
        .list(2, "i32", [_PLAIN, _RLE])
        .list(3, "binary", [field.name])
        .i32(4, _GZIP)
        .i64(5, count)
        .i64(6, len(header) + plain)
        .i64(7, len(header) + len(body))
        .i64(9, place)
        .done()
    )
    return Struct().i64(2, place).struct(3, meta).done()


def _footer(fields: Sequence[Field], total: int, groups: list[bytes]) -> bytes:
    """Return the description of the file, which stands at its end."""
    schema = [Struct().binary(4, "schema").i32(5, len(fields)).done()]
    for field in fields:
        physical, converted = _KINDS[field.kind]
        element = Struct().i32(1, physical).i32(3, _OPTIONAL).binary(4, field.name)
        if converted is not None:
            element.i32(6, converted)
        schema.append(element.done())
    return (
        Struct()
        .i32(1, 1)
        .list(2, "struct", schema)
        .i64(3, total)
        .list(4, "struct", groups)
        .binary(6, CREATED_BY)
        .done()
    )


# ------------------------------------------------------------
# Thrift's compact protocol, in which the descriptions are written
# ------------------------------------------------------------


def _varint(number: int) -> bytes:
    parts = bytearray()
    while number > 0x7F:
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    parts.append(number)
    return bytes(parts)


def _zigzag(number: int) -> bytes:
    return _varint(number << 1 if number >= 0 else (-number << 1) - 1)


def _text(text: str) -> bytes:
    data = text.encode()
    return _varint(len(data)) + data


class Struct:
    """A structure of numbered fields, in rising order."""

    _TYPES = {"i32": 5, "i64": 6, "binary": 8, "list": 9, "struct": 12}

    def __init__(self):
        self._bytes, self._last = bytearray(), 0

    def _field(self, number: int, kind: str) -> None:
        self._bytes.append((number - self._last) << 4 | self._TYPES[kind])
        self._last = number

    def i32(self, number: int, value: int) -> "Struct":
        """Add a whole number."""
        self._field(number, "i32")
        self._bytes += _zigzag(value)
        return self

    def i64(self, number: int, value: int) -> "Struct":
        """Add a long whole number."""
        self._field(number, "i64")
        self._bytes += _zigzag(value)
        return self

    def binary(self, number: int, value: str) -> "Struct":
        """Add a text."""
        self._field(number, "binary")
        self._bytes += _text(value)
        return self

    def struct(self, number: int, value: bytes) -> "Struct":
        """Add a finished structure."""
        self._field(number, "struct")
        self._bytes += value
        return self

    def list(self, number: int, kind: str, values: Sequence) -> "Struct":
        """Add a list of whole numbers, texts or finished structures."""
        self._field(number, "list")
        size = len(values)
        self._bytes.append((size if size < 15 else 15) << 4 | self._TYPES[kind])
        if size >= 15:
            self._bytes += _varint(size)
        for value in values:
            packed = {"i32": _zigzag, "binary": _text}.get(kind, bytes)(value)
            self._bytes += packed
        return self

    def done(self) -> bytes:
        """Return the finished structure."""
        return bytes(self._bytes) + b"\x00"
