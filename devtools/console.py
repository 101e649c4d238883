"""The output of `./dev` while it works.

All of it goes to stderr: stdout belongs to results (`demo`, `bench`).
"""

from __future__ import annotations

import sys
import time


def say(text: str = "") -> None:
    """Print one line for the person at the keyboard."""
    print(text, file=sys.stderr, flush=True)


def megabytes(count: float) -> str:
    """Format bytes: `123456789` -> `123 MB`."""
    return f"{count / 1e6:.0f} MB"


def box(lines: list[str]) -> str:
    """Return the lines framed, so that the addresses stand out among what scrolls by."""
    width = max(map(len, lines), default=0)
    rule = "─" * (width + 2)
    body = [f"│ {line.ljust(width)} │" for line in lines]
    return "\n".join([f"┌{rule}┐", *body, f"└{rule}┘"])


class Progress:
    """Progress of something long.

    One line that is redrawn on a terminal, one line each 5 s in a log.

    >>> with Progress("Odoo 19", total=122_000_000) as progress:
    ...     progress.show(61_000_000)
    """

    def __init__(self, what: str, total: int = 0, stream=None, clock=time.monotonic):
        self.what = what
        self.total = total
        self.stream = stream or sys.stderr
        self.clock = clock
        self.live = self.stream.isatty()
        self.started = clock()
        self.last = self.started
        self.drawn = False

    def __enter__(self):
        if not self.live:
            self._write(f"{self.what} ...\n")
        return self

    def __exit__(self, kind, error, trace):
        if self.drawn and self.live:
            self._write("\r\x1b[2K")
        if error is None:
            self._write(f"{self.what}: pronto em {self.clock() - self.started:.0f} s\n")

    def show(self, done: int, note: str = "") -> None:
        """Say how far it is: `done` bytes of the total, or `note` without one."""
        now = self.clock()
        if now - self.last < (0.2 if self.live else 5):
            return
        self.last = now
        text = self.what
        if self.total:
            share = min(100, 100 * done // self.total)
            text += f": {megabytes(done)} de {megabytes(self.total)} ({share} %)"
        if note:
            text += f": {note}"
        text += f", {now - self.started:.0f} s"
        self._write(f"\r\x1b[2K{text}" if self.live else f"{text}\n")
        self.drawn = True

    def _write(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()
