"""Putting things into the cache whole or not at all.

So that an interrupted run never leaves a half-made thing that looks whole.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from .console import say

STAMP = ".complete"

_held: set[int] = set()
"""File descriptors of the locks that this process holds."""


def fingerprint(*parts: object) -> str:
    """Return a short hash of something's parts; another hash means to make it again."""
    digest = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:12]


def is_complete(folder: Path, stamp: str) -> bool:
    """Return whether `folder` was made to the end, by `stamp` (see `fingerprint`)."""
    try:
        return (folder / STAMP).read_text().strip() == stamp
    except (FileNotFoundError, NotADirectoryError):
        return False


def mark_complete(folder: Path, stamp: str) -> None:
    """Write the stamp, as the very last step."""
    write_atomically(folder / STAMP, f"{stamp}\n")


def write_atomically(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a small file so that no reader ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.partial-{os.getpid()}")
    partial.write_text(text, encoding="utf-8")
    partial.chmod(mode)
    partial.replace(path)


def make_folder(target: Path, stamp: str, build: Callable[[Path], None]) -> None:
    """Have `build(folder)` fill a folder, then put it at `target` with its stamp.

    The work is done under a temporary name beside the target; what an interrupted run left there is
    removed first. Call it with the cache lock held.
    """
    if is_complete(target, stamp):
        return
    partial = target.with_name(f"{target.name}.partial")
    remove(partial)
    partial.mkdir(parents=True)
    build(partial)
    mark_complete(partial, stamp)
    remove(target)
    partial.rename(target)


def remove(folder: Path) -> None:
    """Delete a folder or file if it is there; another process may be deleting it too."""

    def complain(_function, _path, error):
        if not issubclass(error[0], FileNotFoundError):
            raise error[1]

    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder, onerror=complain)
    else:
        folder.unlink(missing_ok=True)


@contextlib.contextmanager
def locked(path: Path, waiting_for: str) -> Iterator[None]:
    """Hold an exclusive lock on `path`; say `waiting_for` once if it is held.

    By another run.

    The lock belongs to the process and to what it runs with `run` or `start`: a process that is
    killed frees it as soon as its installer has ended too, so that the next run never works beside
    it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"Esperando outro ./dev, ocupado com {waiting_for} ...")
            fcntl.flock(handle, fcntl.LOCK_EX)
        _held.add(handle.fileno())
        try:
            yield
        finally:
            _held.discard(handle.fileno())


def run(command: list[str], **options) -> subprocess.CompletedProcess:
    """Call `subprocess.run` for an installer, which shares the locks that we hold."""
    return subprocess.run(command, pass_fds=tuple(_held), **options)


def start(command: list[str], **options) -> subprocess.Popen:
    """Call `subprocess.Popen` for an installer, which shares the locks that we hold."""
    return subprocess.Popen(command, pass_fds=tuple(_held), **options)
