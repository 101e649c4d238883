# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Makes citizens' texts safe in spreadsheet cells: never interpreted as a formula.

Excel, LibreOffice and Google Sheets execute text that begins with certain characters; a formula can
leak the sheet's other cells or start a program (OWASP, "CSV Injection"). A leading apostrophe makes
it plain text. Only such texts get one, so that telephone numbers stay readable.
"""

import re
import unicodedata

# Characters that begin a formula; Asian editions treat the full-width ones alike.
_SIGNS = "=+-@＝＋－＠"
# An array formula, and addresses that the xlsx library turns into links to other files.
_OPENINGS = ("{=", "internal:", "external:")
# Digits with a sign and separators: "+55 (31) 98888-7777", "-12,50", "+1-800 555". Without letters
# nothing can be called or read, however a spreadsheet interprets it.
_NUMBER = re.compile(r"[+-]? ?\(?\d[\d .,()/-]*")


def cell(text: str, numbers: bool = True) -> str:
    """Return `text` made safe for a cell: with an apostrophe if it could be a formula.

    :param numbers: whether signed numbers, including telephone numbers, stay unchanged

    >>> cell("=HYPERLINK(1)"), cell("@SUM(A1)"), cell("  -2+cmd|' /C calc'!A0")
    ("'=HYPERLINK(1)", "'@SUM(A1)", "'  -2+cmd|' /C calc'!A0")
    >>> cell("+55 (31) 98888-7777"), cell("-12,50"), cell("1=1"), cell("")
    ('+55 (31) 98888-7777', '-12,50', '1=1', '')
    """
    if not text or (numbers and _NUMBER.fullmatch(text)):
        return text
    bare = _without_invisible(text)
    if text[0] in "\t\r\n" or bare[:1] in tuple(_SIGNS) or bare.lower().startswith(_OPENINGS):
        return f"'{text}"
    return text


def cells(value):
    """Return a JSON value with `cell` applied to every text in it; keys are unchanged."""
    if isinstance(value, str):
        return cell(value)
    if isinstance(value, list | tuple):
        return type(value)(cells(item) for item in value)
    if isinstance(value, dict):
        return {key: cells(item) for key, item in value.items()}
    return value


def _without_invisible(text: str) -> str:
    """Return `text` from its first visible character: some programs skip blanks and marks."""
    for place, char in enumerate(text):
        if not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf"):
            return text[place:]
    return ""
