# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Errors in a file of holidays, and its maximum size."""

# A city has about a dozen; a file with more than this is something else.
MAX_ROWS = 1000
# Anything longer than this many days is not a holiday
MAX_SPAN = 15


class HolidayFileError(ValueError):
    """A row of a file is not a holiday.

    `row` is its number in a spreadsheet (0 for the file itself), `value` the text that was not
    understood.

    `reason` is "row" (no day in it), "name" (no name), "many" (too many rows), "file" (the file
    cannot be read), "empty" (no holiday in it), "sheets" (rows on more than one sheet).
    """

    def __init__(self, row: int, value: str = "", reason: str = ""):
        self.row = row
        self.value = value
        self.reason = reason or ("row" if row else "file")
        super().__init__(f"row {row}: {value!r} ({self.reason})")
