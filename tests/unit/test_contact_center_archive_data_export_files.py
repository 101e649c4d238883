"""Files of a data export: exact, whole, and safe to open."""

import csv
import hashlib
import io
import json
import os
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.core import spreadsheets
from contact_center_archive.core import data_export_files as files

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(),
    st.lists(st.integers()),
    st.dictionaries(st.text(), st.text()),
    st.datetimes(min_value=datetime(2000, 1, 1)).map(lambda at: at.replace(microsecond=0)),
    st.dates(min_value=date(2000, 1, 1)),
)


def harmless(text):
    """Return values as in the export's job: numbers with a sign become texts, too."""
    return spreadsheets.cell(text, numbers=False)


@given(st.lists(st.fixed_dictionaries({"id": st.integers(), "value": VALUES})))
def test_json_lines_say_exactly_what_was_there(rows):
    read = [json.loads(line) for line in files.jsonl_bytes(rows).decode().split("\n")[:-1]]
    assert read == [{name: files.plain(value) for name, value in row.items()} for row in rows]


@given(st.lists(st.text(st.characters(exclude_characters="\x00\r", exclude_categories=["Cs"]))))
def test_csv_is_read_back(texts):
    rows = [{"id": number, "text": text} for number, text in enumerate(texts)]
    content = files.csv_bytes(["id", "text"], rows, harmless).decode("utf-8-sig")
    read = list(csv.DictReader(io.StringIO(content, newline="")))
    assert [row["text"] for row in read] == [files.cell(text, harmless) for text in texts]


@given(st.text(), st.sampled_from("=+-@\t\r"))
def test_no_cell_is_a_formula(text, start):
    assert files.cell(start + text, harmless).startswith("'")


def test_bytes_are_no_value_of_a_table():
    with pytest.raises(TypeError):
        files.plain(b"x")


def test_times_are_utc():
    assert files.plain(datetime(2026, 1, 2, 3, 4, 5)) == "2026-01-02T03:04:05Z"


@given(st.lists(st.integers(0, 50)), st.integers(1, 60))
def test_volumes_hold_every_file_once_within_the_limit(sizes, limit):
    named = [(str(number), size) for number, size in enumerate(sizes)]
    shares = files.volumes(named, limit)
    assert [path for share in shares for path in share] == [path for path, _size in named]
    of = dict(named)
    assert all(len(share) == 1 or sum(of[path] for path in share) <= limit for share in shares)


@given(st.text())
def test_no_name_leads_out_of_the_folder(name):
    path = files.media_path("ab" * 20, name)
    assert path.startswith("media/ab/" + "ab" * 20)
    assert ".." not in path
    assert path.count("/") == 2


def test_written_copied_and_packed(tmp_path):
    source = tmp_path / "source.bin"
    source.write_bytes(b"x" * 3_000_000)
    folder = tmp_path / "out"
    one = files.write(folder, "a/b.txt", b"conte\xc3\xbado")
    two = files.copy(folder, "media/00/c.bin", source)
    assert two.size == 3_000_000
    assert two.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    packed = files.pack(folder, "all.zip", [one.path, two.path])
    content = (folder / "all.zip").read_bytes()
    assert packed.sha256 == hashlib.sha256(content).hexdigest()
    with zipfile.ZipFile(folder / "all.zip") as archive:
        assert archive.read("a/b.txt").decode() == "conteúdo"
        assert archive.testzip() is None
    assert not list(folder.rglob("*.part"))


def test_what_is_half_written_has_no_name(tmp_path):
    class Broken:
        def open(self, _mode):
            return open(tmp_path / "missing", "rb")

    with pytest.raises(FileNotFoundError):
        files.copy(tmp_path / "out", "media/x", Broken())
    assert not (tmp_path / "out" / "media" / "x").exists()


def test_files_and_folders_are_for_the_servers_own_user(tmp_path):
    old = os.umask(0)
    try:
        folder = tmp_path / "export" / "base" / "H1"
        first = files.write(folder, "tables/x.csv", b"x")
        source = tmp_path / "source"
        source.write_bytes(b"y")
        second = files.copy(folder, "media/ab/y", source)
        packed = files.pack(folder, "all.zip", [first.path, second.path])
    finally:
        os.umask(old)
    for written in (first, second, packed):
        assert (folder / written.path).stat().st_mode & 0o777 == 0o600
    for made in (
        folder.parent.parent,
        folder.parent,
        folder,
        folder / "tables",
        folder / "media/ab",
    ):
        assert made.stat().st_mode & 0o777 == 0o700, made
