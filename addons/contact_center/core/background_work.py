# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Counts a process's background work, so that it can be ended in an orderly way."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class BackgroundWork:
    """Counts this process's background work, and ends it in an orderly way."""

    def __init__(self):
        self._changed = threading.Condition()
        self._running = 0
        self._stopping = False

    @property
    def stopping(self) -> bool:
        """Return whether the process has been told to stop."""
        return self._stopping

    @contextmanager
    def slot(self) -> Iterator[bool]:
        """Yield True if the work may begin; a stop then waits until the block is left.

        False means that the process is about to stop, and the work must be left to its next start.
        """
        with self._changed:
            allowed = not self._stopping
            self._running += allowed
        try:
            yield allowed
        finally:
            with self._changed:
                self._running -= allowed
                self._changed.notify_all()

    def announce(self) -> None:
        """Start no more work from now on.

        It takes no lock: a signal may come while one is held.
        """
        self._stopping = True

    def stop(self, seconds: float) -> int:
        """Wait until all work has ended.

        :param seconds: how long at most
        :return: the number of tasks still running
        """
        self.announce()
        with self._changed:
            self._changed.wait_for(lambda: not self._running, timeout=seconds)
            return self._running
