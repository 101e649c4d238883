"""How large a picture would be once it is unpacked, told from its first bytes."""

import io
import warnings

from PIL import Image

#: Points that a server may unpack: as many as Odoo takes anywhere, and as telephones' pictures have
MOST_POINTS = 50_000_000


def is_too_large(source: bytes | str) -> bool:
    """Whether a picture has more points than may be unpacked here; nothing is unpacked for it.

    A file of a few kB may unpack to gigabytes, and each look at its small picture would do so.

    :param source: its content, or the path of its file
    """
    try:
        with warnings.catch_warnings():
            # Pillow warns of less than what is refused here, or of more
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(source) if isinstance(source, bytes) else source) as picture:
                return picture.width * picture.height > MOST_POINTS
    except Image.DecompressionBombError:
        return True
    except (OSError, ValueError, SyntaxError):
        # No picture that can be read: whoever wants to unpack it will find out
        return False
