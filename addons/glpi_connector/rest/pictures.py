# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pictures on their way to GLPI: in a format that it accepts, and small enough.

Only the head of a picture is read before its size is known to be bearable: a file of a few kB may
unpack to gigabytes, and a telephone takes pictures of 200 million points.
"""

import io
import warnings

from PIL import Image, UnidentifiedImageError

from PIL import GifImagePlugin, JpegImagePlugin, PngImagePlugin  # noqa: F401 isort: skip
from PIL import WebPImagePlugin  # noqa: F401 isort: skip

# Points that are unpacked at once, where one takes some seven bytes on its way
_MOST_POINTS = 50_000_000
# With transparency or more colours a point takes twice that
_MOST_COSTLY_POINTS = 25_000_000
# A JPEG is unpacked at a fraction of its size when less is enough
_MOST_JPEG_POINTS = 220_000_000
# Longer side of a picture that was too large, in points; tried in this order
_SIDES = (2560, 1920, 1280, 800)
_UNREADABLE = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    Image.DecompressionBombError,
)


class PictureError(Exception):
    """The bytes are not a readable picture; the text says why, for the log."""


def to_png(data: bytes) -> bytes:
    """Return a WebP picture (its first frame) as PNG.

    :raises PictureError: it is not a picture, or too large to be unpacked
    """
    try:
        with _opened(data, ("WEBP",)) as image:
            target = io.BytesIO()
            image.convert("RGBA").save(target, "PNG", optimize=True)
    except _UNREADABLE as error:
        raise PictureError(f"{type(error).__name__}: {error}") from error
    return target.getvalue()


def smaller(data: bytes, limit: int) -> bytes:
    """Return a picture as a JPEG of at most ``limit`` bytes, if possible.

    :raises PictureError: it cannot be read, or is too large to be unpacked
    """
    try:
        with _opened(data, ("JPEG", "PNG", "GIF", "WEBP"), _SIDES[0]) as image:
            picture = image if image.mode == "RGB" else image.convert("RGB")
            for side in _SIDES:
                picture.thumbnail((side, side))
                target = io.BytesIO()
                picture.save(target, "JPEG", quality=85)
                if target.tell() <= limit:
                    break
    except _UNREADABLE as error:
        raise PictureError(f"{type(error).__name__}: {error}") from error
    return target.getvalue()


def _opened(data: bytes, formats: tuple[str, ...], side: int = 0):
    """Return the picture, of which only the head was read.

    :param side: points that are needed of the longer side; 0 for all of them
    """
    with warnings.catch_warnings():
        # Ours is the stricter look, and the one before anything is unpacked
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        image = Image.open(io.BytesIO(data), formats=formats)
    points = image.width * image.height
    progressive = image.info.get("progressive") and points > _MOST_POINTS
    if side and image.format == "JPEG" and points <= _MOST_JPEG_POINTS and not progressive:
        image.draft(image.mode, (side, side))
    plain = image.mode in ("RGB", "L", "1", "P") and "transparency" not in image.info
    if image.width * image.height > (_MOST_POINTS if plain else _MOST_COSTLY_POINTS):
        raise PictureError(f"{image.width} x {image.height} points are too many")
    return image
