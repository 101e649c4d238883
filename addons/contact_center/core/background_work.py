"""What a process does in the background, counted, so that it can be ended in order."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class BackgroundWork:
    """Counts what runs in the background of this process, and ends it in order."""

    def __init__(self):
        self._changed = threading.Condition()
        self._running = 0
        self._stopping = False

    @property
    def stopping(self) -> bool:
        """Whether the process was told to stop."""
        return self._stopping

    @contextmanager
    def slot(self) -> Iterator[bool]:
        """Yield True if the work may begin; a stop waits until the block is left.

        False: the process is about to stop, and the work must be left to its next start.
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
        """Begin nothing new from now on. Takes no lock: a signal may come while one is held."""
        self._stopping = True

    def stop(self, seconds: float) -> int:
        """Wait until all work has ended.

        :param seconds: how long at most
        :return: how many pieces of work still run
        """
        self.announce()
        with self._changed:
            self._changed.wait_for(lambda: not self._running, timeout=seconds)
            return self._running
