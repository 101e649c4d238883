# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Convert pictures that WhatsApp does not show as photos: smaller, or as a PDF.

WhatsApp shows JPEG and PNG up to 5 MB. Meta takes no other picture even as a document (its upload
refuses the type), and PDF up to 100 MB: so a picture that must arrive whole travels in a PDF.
"""

import importlib.util
import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

PHOTO_TYPE = "image/jpeg"
PAGE_TYPE = "application/pdf"
# WhatsApp's telephones show no more than this; Meta advises it for photos
_LONGEST_SIDE = 2560
_SMALLEST_SIDE = 320
# Points that are unpacked at once, where one takes some seven bytes on its way: what a telephone
# takes in full, and no more than the memory of a worker. More is a trap (a few kB that unpack to
# gigabytes), or must come out smaller.
_MOST_POINTS = 50_000_000
# With transparency, more colours or more bits a point takes twice that
_MOST_COSTLY_POINTS = 25_000_000
# A JPEG can be unpacked at a half, quarter or eighth: telephones make them of 108 and 200 million
_MOST_JPEG_POINTS = 220_000_000
# Reads them, and writes PDF
_PLUGINS = ("Bmp", "Gif", "Jpeg", "Mpo", "Png", "Tiff", "WebP", "Pdf")
_FORMATS = ("JPEG", "MPO", "PNG", "GIF", "BMP", "TIFF", "WEBP", "HEIF")


class PhotoError(Exception):
    """The picture could not be read; the text says why, for the log."""


def reduce(content: bytes, max_size: int) -> bytes:
    """Return the picture as a JPEG of at most ``max_size`` bytes, upright.

    Without position data.

    :raises PhotoError: it is no picture that can be read here
    """
    picture = _open(content, _LONGEST_SIDE)
    side = _LONGEST_SIDE
    while True:
        picture.thumbnail((side, side))
        for quality in (88, 78, 66):
            result = _jpeg(picture, quality)
            if len(result) <= max_size:
                return result
        side = side * 3 // 4
        if side < _SMALLEST_SIDE:
            raise PhotoError(f"no photo of {max_size} bytes can be made of it")


def to_page(content: bytes) -> bytes:
    """Return a PDF with the picture on one page, in its size.

    A huge one: in half of it, or less.

    :raises PhotoError: it is no picture that can be read here
    """
    target = io.BytesIO()
    try:
        _open(content).save(target, "PDF", resolution=150, quality=95)
    except (OSError, ValueError) as error:
        raise PhotoError(f"{type(error).__name__}: {error}") from error
    return target.getvalue()


def _open(content: bytes, side: int = 0):
    """Return the picture as RGB on white, turned as its camera was held.

    :param side: points that are needed of the longer side, 0 for as many as there are
    """
    try:
        with warnings.catch_warnings():
            # Ours is the stricter look, and the one before anything is unpacked
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=_known_formats())
        _limit_points(picture, side)
        picture = ImageOps.exif_transpose(picture)
        if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
            picture = picture.convert("RGBA")
            white = Image.new("RGB", picture.size, "white")
            white.paste(picture, mask=picture.getchannel("A"))
            return white
        return picture if picture.mode == "RGB" else picture.convert("RGB")
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        ValueError,
        SyntaxError,
    ) as error:
        raise PhotoError(f"{type(error).__name__}: {error}") from error


def _limit_points(picture, side: int) -> None:
    """Limit the size to which a picture, of which only the head was read, unpacks.

    :raises PhotoError: it does not
    """
    width, height = picture.size
    points = width * height
    plain = picture.mode in ("RGB", "YCbCr", "L", "1", "P") and "transparency" not in picture.info
    most = _MOST_POINTS if plain else _MOST_COSTLY_POINTS
    if picture.format in ("JPEG", "MPO") and points <= _MOST_JPEG_POINTS:
        # All of a progressive one is in memory before it is made smaller
        if points > _MOST_POINTS and picture.info.get("progressive"):
            raise PhotoError(f"{width} x {height} points are too many")
        wanted = side or max(width, height)
        for scale in (1, 2, 4, 8):
            if points // scale**2 <= most:
                wanted = min(wanted, max(width, height) // scale)
                break
        share = wanted / max(width, height)
        picture.draft(picture.mode, (int(width * share) or 1, int(height * share) or 1))
        points = picture.width * picture.height
    if points > most:
        raise PhotoError(f"{width} x {height} points are too many")


def _known_formats() -> list[str]:
    """Return the accepted formats; Odoo keeps Pillow from loading all that it knows.

    HEIC, the photos of iPhones, is read where the package for it is installed.
    """
    for name in _PLUGINS:
        importlib.import_module(f"PIL.{name}ImagePlugin")
    if "HEIF" not in Image.OPEN and importlib.util.find_spec("pi_heif"):
        importlib.import_module("pi_heif").register_heif_opener()
    return [name for name in _FORMATS if name in Image.OPEN]


def _jpeg(picture, quality: int) -> bytes:
    """Return the picture as JPEG, without the camera's notes (place, time, owner)."""
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=quality, optimize=True)
    return target.getvalue()
