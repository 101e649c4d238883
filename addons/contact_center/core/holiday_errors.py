"""What is wrong with a file of holidays, and how large one may be."""

# A city has a dozen; a file with more is something else.
MAX_ROWS = 1000
# Nothing over more days than this is a holiday
MAX_SPAN = 15


class HolidayFileError(ValueError):
    """A row of a file is no holiday: `row` is its number as a spreadsheet shows it (0: the file
    itself), `value` what was not understood.

    `reason` is "row" (no day in it), "name" (no name), "many" (too many rows), "file" (no such file
    can be read), "empty" (no holiday in it), "sheets" (rows on more than one sheet).
    """

    def __init__(self, row: int, value: str = "", reason: str = ""):
        self.row = row
        self.value = value
        self.reason = reason or ("row" if row else "file")
        super().__init__(f"row {row}: {value!r} ({self.reason})")
