import hashlib
import io
import struct
import zlib
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center_cube.cube import Field, parquet, write_parquet

FIELDS = [
    Field("dia", "date"),
    Field("meia_hora", "time"),
    Field("id_fila", "integer"),
    Field("esperas", "bigint"),
    Field("segundos", "number"),
    Field("canal", "text"),
]
ROWS = [
    [date(2026, 11, 19), time(8, 30), 7, 2**40, Decimal("15.250000"), "ação"],
    [None, None, None, None, None, None],
    [date(1969, 12, 31), time(0, 0), -5, -1, 0.5, ""],
]
#: What pyarrow 26.0.1 and DuckDB 2.0.1 read back as ROWS; a change here has to be read by them too
KNOWN = "c33a20f8316c05ba58858cd23427eb7a2243e566e8756b52224a3e312954b9f5"


def written(fields, rows):
    stream = io.BytesIO()
    assert write_parquet(stream, fields, rows) == len(rows)
    return stream.getvalue()


# ------------------------------------------------------------
# A reader of its own, by the format's description
# ------------------------------------------------------------


class Thrift:
    """Reads structures of the compact protocol as {number: value}."""

    def __init__(self, data, place=0):
        self.data, self.place = data, place

    def byte(self):
        self.place += 1
        return self.data[self.place - 1]

    def varint(self):
        number = shift = 0
        while True:
            byte = self.byte()
            number |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                return number

    def value(self, kind):
        if kind in (5, 6):
            number = self.varint()
            return number >> 1 if not number & 1 else -(number >> 1) - 1
        if kind == 8:
            size = self.varint()
            self.place += size
            return bytes(self.data[self.place - size : self.place])
        if kind == 9:
            head = self.byte()
            size = head >> 4 if head >> 4 < 15 else self.varint()
            return [self.value(head & 15) for _number in range(size)]
        assert kind == 12, kind
        return self.struct()

    def struct(self):
        found, number = {}, 0
        while head := self.byte():
            assert head >> 4, "a long step between fields is not written here"
            number += head >> 4
            found[number] = self.value(head & 15)
        return found


def read(data):
    """Return ([(name, physical type, converted type)], rows) of a file."""
    assert data[:4] == data[-4:] == b"PAR1"
    (size,) = struct.unpack("<I", data[-8:-4])
    footer = Thrift(data, len(data) - 8 - size).struct()
    schema = footer[2]
    assert schema[0][5] == len(schema) - 1
    columns = [(one[4].decode(), one[1], one.get(6)) for one in schema[1:]]
    rows = []
    for group in footer[4]:
        values = [column_values(data, chunk[3], group[3]) for chunk in group[1]]
        rows += zip(*values, strict=True)
    assert len(rows) == footer[3]
    return columns, [list(row) for row in rows]


def column_values(data, meta, count):
    assert (meta[4], meta[5]) == (2, count)
    page = Thrift(data, meta[9])
    header = page.struct()
    body = data[page.place : page.place + header[3]]
    assert page.place + header[3] - meta[9] == meta[7]
    plain = zlib.decompress(body, 31)
    assert len(plain) == header[2]
    (size,) = struct.unpack("<I", plain[:4])
    levels, present = Thrift(plain[4 : 4 + size]), []
    while levels.place < size:
        run = levels.varint()
        assert not run & 1
        present += [levels.byte()] * (run >> 1)
    assert len(present) == count
    values = iter(plain_values(meta[1], plain[4 + size :], sum(present)))
    return [next(values) if there else None for there in present]


def plain_values(physical, data, count):
    if physical == 6:
        found, place = [], 0
        for _number in range(count):
            (size,) = struct.unpack_from("<I", data, place)
            found.append(data[place + 4 : place + 4 + size].decode())
            place += 4 + size
        return found
    return struct.unpack(f"<{count}{ {1: 'i', 2: 'q', 5: 'd'}[physical] }", data)


def stored(kind, value):
    """Return a value as the format keeps it."""
    if value is None:
        return None
    return {
        "date": lambda: (value - date(1970, 1, 1)).days,
        "time": lambda: (value.hour * 60 + value.minute) * 60_000 + value.second * 1000,
        "number": lambda: float(value),
    }.get(kind, lambda: value)()


KINDS = {
    "date": st.dates(date(1, 1, 1)),
    "time": st.integers(0, 47).map(lambda half: time(half // 2, half % 2 * 30)),
    "integer": st.integers(-(2**31), 2**31 - 1),
    "bigint": st.integers(-(2**63), 2**63 - 1),
    "number": st.decimals(-(10**9), 10**9, places=6),
    "text": st.text(max_size=20).filter(lambda text: text.isprintable()),
}


@st.composite
def tables(draw):
    kinds = draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=20))
    fields = [Field(f"c{number}", kind) for number, kind in enumerate(kinds)]
    row = st.tuples(*(st.none() | KINDS[kind] for kind in kinds))
    return fields, draw(st.lists(row, max_size=30))


@given(tables(), st.integers(1, 12))
def test_what_is_written_is_read(table, size):
    fields, rows = table
    before, parquet.ROWS_PER_GROUP = parquet.ROWS_PER_GROUP, size
    try:
        data = written(fields, rows)
    finally:
        parquet.ROWS_PER_GROUP = before
    columns, found = read(data)
    assert [name for name, *_types in columns] == [field.name for field in fields]
    expected = [
        [stored(field.kind, value) for field, value in zip(fields, row, strict=True)]
        for row in rows
    ]
    assert found == expected


def test_types_are_said():
    columns, _rows = read(written(FIELDS, ROWS))
    assert [types for _name, *types in columns] == [
        [1, 6],
        [1, 7],
        [1, None],
        [2, None],
        [5, None],
        [6, 0],
    ]


def test_the_file_that_other_programs_read(monkeypatch):
    # stored instead of compressed, since compressed bytes differ between versions of zlib
    monkeypatch.setattr(parquet, "LEVEL", 0)
    assert hashlib.sha256(written(FIELDS, ROWS)).hexdigest() == KNOWN


def test_rows_are_read_as_they_come():
    taken = []

    def rows():
        for number in range(120_001):
            taken.append(number)
            yield [date(2026, 1, 1) + timedelta(days=number % 300), None, number, 1, 1, "x"]

    stream = io.BytesIO()
    assert write_parquet(stream, FIELDS, rows()) == 120_001
    assert stream.tell() < 600_000


def test_a_value_of_another_kind_is_refused():
    with pytest.raises((struct.error, AttributeError)):
        written([Field("dia", "date")], [["2026-01-01"]])
