# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Texts for databases without four-byte characters (MySQL's old utf8, "utf8mb3").

Such a GLPI refuses emojis and everything else above U+FFFF (400 ERROR_GLPI_ADD), or, where the
database is not strict, keeps the text up to the first of them without a word.
"""

import dataclasses
import re
import unicodedata

from .errors import GlpiError, GlpiRefused

# Characters that a server's database is known to accept
UNKNOWN, ALL, NARROW = "unknown", "all", "narrow"
# Answers that may mean a refused text or a missing right
_MAYBE_TEXT = frozenset({"add", "update", "refused"})
_WIDE = re.compile("[\U00010000-\U0010ffff]")
# A wide character with the joiners and selectors that belong to it, which alone are noise
_WIDE_RUN = re.compile(
    "[\u200d\ufe0e\ufe0f\u20e3]*[\U00010000-\U0010ffff][\u200d\ufe0e\ufe0f\u20e3]*"
)
_TAGS = re.compile(r"(<[^<>]+>)")
# A blank that stood before an emoji, at the end of a line or before a full stop
_LOST_BLANK = re.compile(r"(?<=\S) +(?=$|[\n.,;:!?)])", re.MULTILINE)
_STAND_IN = "[emoji]"


def narrow_text(text):
    """Return the text without characters above U+FFFF, never empty because of that.

    Letters of decorative alphabets become plain ones; emojis are removed, and a text of emojis
    only says so.
    >>> narrow_text("Buraco na rua \U0001f621")
    'Buraco na rua'
    >>> narrow_text("\U0001d401om dia")
    'Bom dia'
    >>> narrow_text("\U0001f44d")
    '[emoji]'
    """
    if not _WIDE.search(text):
        return text
    # between the tags of HTML (the odd pieces) each piece is separate; a plain text is one piece
    return "".join(
        _WIDE_RUN.sub("", piece) if number % 2 else _narrow_piece(piece)
        for number, piece in enumerate(_TAGS.split(text))
    )


def _narrow_piece(piece):
    plain = _WIDE.sub(_plain_letter, piece)
    cut = _WIDE_RUN.sub("", plain)
    if cut == plain:
        return plain
    if not cut.strip():
        return _STAND_IN
    return _LOST_BLANK.sub("", cut)


def _plain_letter(match):
    """Return the ordinary form of a decorative letter or figure, else the character itself."""
    plain = unicodedata.normalize("NFKC", match.group())
    return match.group() if _WIDE.search(plain) else plain


def is_wide(value):
    """Return whether a text in the value exceeds U+FFFF.

    The value is a dict, list, tuple or dataclass.
    """
    if isinstance(value, str):
        return bool(_WIDE.search(value))
    return any(is_wide(item) for item in _items(value))


def narrowed(value):
    """Return the value with every text in it narrowed."""
    if isinstance(value, str):
        return narrow_text(value)
    if isinstance(value, dict):
        return {key: narrowed(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(narrowed(item) for item in value)
    if dataclasses.is_dataclass(value):
        texts = {
            one.name: narrowed(getattr(value, one.name))
            for one in dataclasses.fields(value)
            if isinstance(getattr(value, one.name), str)
        }
        return dataclasses.replace(value, **texts)
    return value


def _items(value):
    if isinstance(value, dict):
        return value.values()
    if isinstance(value, list | tuple):
        return value
    if dataclasses.is_dataclass(value):
        return [getattr(value, one.name) for one in dataclasses.fields(value)]
    return ()


def _may_be_the_text(error):
    """Return whether a failure may be the database's: a refusal, or its own error text."""
    if "incorrect string value" in error.detail.casefold():
        return True
    return isinstance(error, GlpiRefused) and error.kind in _MAYBE_TEXT


class Width:
    """Characters that a GLPI's database accepts: learned by failing once.

    :param known: UNKNOWN, ALL or NARROW
    :param learned: called with ALL or NARROW when that is news
    """

    def __init__(self, known=UNKNOWN, learned=None):
        self.known = known
        self._learned = learned

    def learn(self, width):
        """Remember which characters the database accepts."""
        if width != self.known:
            self.known = width
            if self._learned:
                self._learned(width)

    def fitting(self, value):
        """Return the value in a form that this database accepts, as far as is known."""
        return narrowed(value) if self.known == NARROW else value

    def send(self, send, value):
        """Send the value; send it narrowed if it is refused and may be too wide.

        A refusal, like the database's own error, means that nothing was done: a second request
        creates no duplicate.
        """
        value = self.fitting(value)
        try:
            return send(value)
        except GlpiError as error:
            if not (_may_be_the_text(error) and is_wide(value)):
                raise
        result = send(narrowed(value))
        self.learn(NARROW)
        return result
