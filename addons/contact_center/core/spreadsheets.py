"""Texts that citizens wrote, in cells of spreadsheets: never taken for a formula.

Excel, LibreOffice and Google Sheets run what begins with one of a few signs; a formula can send the
sheet's other cells away or start a program (OWASP, "CSV Injection"). An apostrophe in front makes a
text of it. It stands in front of such texts only, so that telephone numbers stay readable.
"""

import re
import unicodedata

# Signs that begin a formula; the wide ones are taken for the same by Asian editions.
_SIGNS = "=+-@＝＋－＠"
# An array formula, and addresses that the library for xlsx makes links to other files of.
_OPENINGS = ("{=", "internal:", "external:")
# Digits with a sign and what stands between digits: "+55 (31) 98888-7777", "-12,50", "+1-800 555".
# Without letters nothing can be called or read, whatever a spreadsheet makes of it.
_NUMBER = re.compile(r"[+-]? ?\(?\d[\d .,()/-]*")


def cell(text: str, numbers: bool = True) -> str:
    """Return `text` as a cell may hold it: with an apostrophe where it could be a formula.

    :param numbers: whether numbers with a sign, telephone numbers among them, stay as they are

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
    """Return a JSON value with every text in it as `cell` gives it; keys stay as they are."""
    if isinstance(value, str):
        return cell(value)
    if isinstance(value, list | tuple):
        return type(value)(cells(item) for item in value)
    if isinstance(value, dict):
        return {key: cells(item) for key, item in value.items()}
    return value


def _without_invisible(text: str) -> str:
    """Return `text` from its first sign that is seen: spaces and marks are skipped by some."""
    for place, char in enumerate(text):
        if not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf"):
            return text[place:]
    return ""
