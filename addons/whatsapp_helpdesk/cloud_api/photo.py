"""Pictures that WhatsApp does not show as photos: made smaller, or put on a page of a PDF.

WhatsApp shows JPEG and PNG up to 5 MB. Meta takes no other picture even as a document (its upload
refuses the type), and PDF up to 100 MB: so a picture that must arrive whole travels in a PDF.
"""

import importlib.util
import io

from PIL import Image, ImageOps, UnidentifiedImageError

PHOTO_TYPE = "image/jpeg"
PAGE_TYPE = "application/pdf"
# WhatsApp's telephones show no more than this; Meta advises it for photos
_LONGEST_SIDE = 2560
_SMALLEST_SIDE = 320
# A picture of more points than this is a trap (a few kB that unpack to gigabytes)
_MOST_POINTS = 120_000_000
# Reads them, and writes PDF
_PLUGINS = ("Bmp", "Gif", "Jpeg", "Mpo", "Png", "Tiff", "WebP", "Pdf")
_FORMATS = ("JPEG", "MPO", "PNG", "GIF", "BMP", "TIFF", "WEBP", "HEIF")


class PhotoError(Exception):
    """The picture could not be read; the text says why, for the log."""


def reduce(content: bytes, max_size: int) -> bytes:
    """Return the picture as JPEG of at most ``max_size`` bytes, upright, without position data.

    :raises PhotoError: it is no picture that can be read here
    """
    picture = _open(content)
    side = _LONGEST_SIDE
    while True:
        copy = picture.copy()
        copy.thumbnail((side, side))
        for quality in (88, 78, 66):
            result = _jpeg(copy, quality)
            if len(result) <= max_size:
                return result
        side = side * 3 // 4
        if side < _SMALLEST_SIDE:
            raise PhotoError(f"no photo of {max_size} bytes can be made of it")


def to_page(content: bytes) -> bytes:
    """Return a PDF with the picture, in all its size, on one page.

    :raises PhotoError: it is no picture that can be read here
    """
    target = io.BytesIO()
    try:
        _open(content).save(target, "PDF", resolution=150, quality=95)
    except (OSError, ValueError) as error:
        raise PhotoError(f"{type(error).__name__}: {error}") from error
    return target.getvalue()


def _open(content: bytes):
    """Return the picture as RGB on white, turned as its camera was held."""
    try:
        picture = Image.open(io.BytesIO(content), formats=_known_formats())
        if picture.width * picture.height > _MOST_POINTS:
            raise PhotoError(f"{picture.width} x {picture.height} points are too many")
        picture = ImageOps.exif_transpose(picture)
        if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
            picture = picture.convert("RGBA")
            white = Image.new("RGBA", picture.size, "white")
            picture = Image.alpha_composite(white, picture)
        return picture.convert("RGB")
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        ValueError,
        SyntaxError,
    ) as error:
        raise PhotoError(f"{type(error).__name__}: {error}") from error


def _known_formats() -> list[str]:
    """Return what is taken for a picture; Odoo keeps Pillow from loading all that it knows.

    HEIC, the photos of iPhones, is read where the package for it is installed.
    """
    for name in _PLUGINS:
        importlib.import_module(f"PIL.{name}ImagePlugin")
    if "HEIF" not in Image.OPEN and importlib.util.find_spec("pi_heif"):
        importlib.import_module("pi_heif").register_heif_opener()
    return [name for name in _FORMATS if name in Image.OPEN]


def _jpeg(picture, quality: int) -> bytes:
    """Return the picture as JPEG; what the camera noted (place, time, owner) stays behind."""
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=quality, optimize=True)
    return target.getvalue()
