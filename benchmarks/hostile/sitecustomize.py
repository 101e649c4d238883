"""What goes wrong in Odoo's own processes during `./dev bench --chaos`.

It is on Python's path there.

Python imports `sitecustomize` before anything else. Files in `$HOSTILE_FOLDER` say what is wrong
at the moment: `full` (the filestore's disk takes half of a file and no more), `clock` (so many
seconds the clock is ahead).
"""

import builtins
import contextlib
import errno
import os
import threading
import time

import time_machine

FOLDER = os.environ["HOSTILE_FOLDER"]
FILESTORE = f"{os.sep}filestore{os.sep}"
LOOK_EVERY = 0.2

_open = builtins.open
_sleep = time.sleep  # before the evented process replaces it: the thread below is a real one


class _CutOff:
    """A file on a full disk: half of what is written is there, then there is no space."""

    def __init__(self, file):
        self._file = file

    def __enter__(self):
        self._file.__enter__()
        return self

    def __exit__(self, *error):
        return self._file.__exit__(*error)

    def __getattr__(self, name):
        return getattr(self._file, name)

    def write(self, content):
        self._file.write(content[: len(content) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _open_on_full_disk(file, mode="r", *args, **kwargs):
    opened = _open(file, mode, *args, **kwargs)
    writes = "w" in mode or "x" in mode
    if writes and FILESTORE in str(file) and os.path.exists(f"{FOLDER}/full"):
        return _CutOff(opened)
    return opened


def _ahead():
    """Return the seconds that the clock is to be ahead."""
    with contextlib.suppress(FileNotFoundError, ValueError), _open(f"{FOLDER}/clock") as file:
        return int(file.read())
    return 0


class _SteppingClock:
    """The process's clock, which steps whenever the file says so."""

    def __init__(self):
        self._is_ahead = _ahead()
        self._clock = time_machine.travel(time.time() + self._is_ahead, tick=True).start()

    def watch(self):
        """Begin to look; once more in each forked process, which has its parent's clock."""
        threading.Thread(target=self._follow, daemon=True, name="hostile clock").start()

    def _follow(self):
        while True:
            wanted = _ahead()
            if wanted != self._is_ahead:
                self._clock.shift(wanted - self._is_ahead)
                self._is_ahead = wanted
            _sleep(LOOK_EVERY)


builtins.open = _open_on_full_disk
_clock = _SteppingClock()
_clock.watch()
os.register_at_fork(after_in_child=_clock.watch)
