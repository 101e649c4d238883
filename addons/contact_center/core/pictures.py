# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The decoded size of a picture, determined from its first bytes."""

import io
import warnings

from PIL import Image

#: Pixels that a server may decode: the maximum Odoo accepts anywhere, and enough for phone pictures
MOST_POINTS = 50_000_000


def is_too_large(source: bytes | str) -> bool:
    """Return whether a picture has too many pixels to decode here.

    It is not decoded for that.

    A file of a few kB may decode to gigabytes, and every request for its thumbnail would do so.

    :param source: its content, or the path of its file
    """
    try:
        with warnings.catch_warnings():
            # Pillow warns at a limit different from ours
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(source) if isinstance(source, bytes) else source) as picture:
                return picture.width * picture.height > MOST_POINTS
    except Image.DecompressionBombError:
        return True
    except (OSError, ValueError, SyntaxError):
        # Not a readable picture: decoding it will fail anyway
        return False
