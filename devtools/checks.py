"""Checks before something long starts: Python's version, disk space, ports."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import sys
from pathlib import Path

from .console import megabytes
from .errors import Problem

OLDEST, NEWEST = (3, 10), (3, 13)
"""Python versions that Odoo 19 runs on (its release.py)."""

DISK_NEEDED = 3_000_000_000
"""Bytes that a set-up from nothing takes at most: 1.2 GB Odoo, 0.6 GB Python packages, databases,
downloads.
"""


def require_python(version=None) -> None:
    """Raise Problem when this Python is not one that Odoo 19 runs on."""
    version = tuple((version or sys.version_info)[:2])
    if OLDEST <= version <= NEWEST:
        return
    wanted = f"{OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}"
    raise Problem(
        f"Odoo 19 runs on Python {wanted}; this is {version[0]}.{version[1]}.",
        "run ./dev with one of those, for example: python3.12 ./dev up",
        "or use the containers: docker compose --profile sandbox up",
    )


def require_disk(folder: Path, needed: int = DISK_NEEDED, usage=shutil.disk_usage) -> None:
    """Raise Problem when less than `needed` bytes are free where `folder` is (or will be)."""
    existing = folder
    while not existing.exists():
        existing = existing.parent
    free = usage(existing).free
    if free < needed:
        raise Problem(
            f"Not enough disk space in {folder}: "
            f"{megabytes(needed)} are wanted, {megabytes(free)} are free.",
            "make room there and run ./dev again; it goes on where it stopped",
            "or choose another disk: CONTACT_CENTER_CACHE=/path/with/room ./dev up",
        )


_given: set[int] = set()
"""Ports that `free_port` returned: the system may offer one again until a server listens there."""


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody uses right now, each time another one."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        if port not in _given:
            _given.add(port)
            return port


def port_is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
    return True


def require_port(port: int, what: str, option: str, host: str = "127.0.0.1") -> None:
    """Raise Problem when the port for `what` is taken; names who has it and the option that changes
    it.
    """
    if port_is_free(port, host):
        return
    owner = process_on_port(port)
    who = f" by {owner}" if owner else ""
    raise Problem(
        f"Port {port}, wanted for {what}, is already in use{who}.",
        f"choose another one: {option} {port + 100}",
        "or stop that program and run ./dev again",
    )


def process_on_port(port: int, proc: Path = Path("/proc")) -> str:
    """Who listens on a TCP port, as `name (process 123)`; "" where that cannot be known.

    Reads Linux's /proc: the inode of the listening socket, then the process that has it open.
    """
    inodes = set()
    for table in ("tcp", "tcp6"):
        try:
            rows = (proc / "net" / table).read_text().splitlines()[1:]
        except OSError:
            continue
        for row in rows:
            columns = row.split()
            if columns[3] == "0A" and int(columns[1].rpartition(":")[2], 16) == port:
                inodes.add(f"socket:[{columns[9]}]")
    if not inodes:
        return ""
    for entry in proc.iterdir():
        if entry.name.isdigit() and _has_open(entry / "fd", inodes):
            return f"{_command(entry)} (process {entry.name})"
    return ""


def _has_open(folder: Path, names: set[str]) -> bool:
    try:
        return any(os.readlink(handle) in names for handle in folder.iterdir())
    except OSError:
        return False  # another user's process, or one that has just ended


def _command(entry: Path) -> str:
    try:
        words = (entry / "cmdline").read_bytes().decode(errors="replace").split("\0")
        return " ".join(words[:3]).strip() or (entry / "comm").read_text().strip()
    except OSError:
        return "a program"
