"""Files for GLPI: names it accepts, conversions, zips recognised again."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glpi_connector.rest import documents


@pytest.mark.parametrize(
    ("filename", "mimetype", "name", "convert"),
    [
        ("foto.jpeg", "image/jpeg", "foto.jpeg", ""),
        ("voz.opus", "audio/ogg; codecs=opus", "voz.ogg", ""),
        ("figurinha.webp", "image/webp", "figurinha.png", "png"),
        ("", "image/jpeg", "arquivo.jpg", ""),
        ("laudo", "application/pdf", "laudo.pdf", ""),
        ("arquivo.bin", "image/png", "arquivo.png", ""),
        ("a/b\\c: d?.PDF", "application/pdf", "c_ d_.pdf", ""),
        ("v1.2 relatório final", "application/pdf", "v1.2 relatório final.pdf", ""),
        ("x", "", "x.bin", ""),
    ],
)
def test_plan(filename, mimetype, name, convert):
    assert documents.plan(filename, mimetype) == documents.Plan(name, convert)


@given(st.text(max_size=300), st.text(max_size=40))
def test_any_name_becomes_a_safe_one(filename, mimetype):
    name = documents.plan(filename, mimetype).filename
    assert "." in name and 0 < len(name) <= 90
    assert not set(name) & set("/\\\"'\x00\n<>|")
    assert not name.startswith(".")


@given(st.binary(max_size=200))
def test_zip_is_the_same_every_time_and_holds_the_file(data):
    first, again = documents.zipped("v.mp4", data), documents.zipped("v.mp4", data)
    assert first == again
    name, mimetype, packed = first
    assert (name, mimetype) == ("v.mp4.zip", "application/zip")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.read("v.mp4") == data


def test_sha1_is_the_one_glpi_keeps():
    assert documents.sha1(b"conteudo\n") == "65b0d0dda479cc03cce59528e28961e498155f5c"
