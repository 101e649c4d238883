"""A picture that would unpack to gigabytes is known by its head."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from contact_center.core import pictures


def picture(kind, size, mode="1"):
    target = io.BytesIO()
    Image.new(mode, size).save(target, kind)
    return target.getvalue()


@pytest.mark.parametrize(
    ("kind", "mode", "size", "too_large"),
    [
        ("PNG", "1", (10_900, 10_900), True),
        ("PNG", "1", (14_000, 14_000), True),
        ("GIF", "P", (7_200, 7_000), True),
        ("TIFF", "1", (8_000, 8_000), True),
        ("PNG", "1", (8_064, 6_048), False),
        ("JPEG", "L", (4_000, 3_000), False),
    ],
)
def test_points_are_told_without_unpacking(kind, mode, size, too_large, tmp_path):
    content = picture(kind, size, mode)
    assert pictures.is_too_large(content) is too_large
    path = tmp_path / "picture"
    path.write_bytes(content[:65_536] if kind == "PNG" else content)
    assert pictures.is_too_large(str(path)) is too_large


@settings(deadline=None)  # the first look loads Pillow's readers
@given(st.binary(max_size=200))
def test_what_is_no_picture_is_nobodys_matter_here(content):
    assert not pictures.is_too_large(content)
