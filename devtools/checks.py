"""Checks before something long starts: Python's version, disk space, ports."""

from __future__ import annotations

import errno
import fcntl
import os
import random
import shutil
import socket
import sys
import tempfile
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
    wanted = f"{OLDEST[0]}.{OLDEST[1]} a {NEWEST[0]}.{NEWEST[1]}"
    raise Problem(
        f"O Odoo 19 funciona com o Python {wanted}; este é o {version[0]}.{version[1]}.",
        "execute o ./dev com um desses, por exemplo: python3.12 ./dev up",
        "ou use os contêineres: docker compose --profile sandbox up",
    )


def require_disk(folder: Path, needed: int = DISK_NEEDED, usage=shutil.disk_usage) -> None:
    """Raise Problem when less than `needed` bytes are free at `folder`.

    It need not exist yet.
    """
    existing = folder
    while not existing.exists():
        existing = existing.parent
    free = usage(existing).free
    if free < needed:
        raise Problem(
            f"Falta espaço em disco em {folder}: "
            f"são necessários {megabytes(needed)}, há {megabytes(free)} livres.",
            "libere espaço ali e execute o ./dev de novo; ele continua de onde parou",
            "ou escolha outro disco: CONTACT_CENTER_CACHE=/pasta/com/espaço ./dev up",
        )


PORTS = range(20_000, 32_000)
"""Below those that Linux, macOS and Windows use for outgoing connections (from 32768 or 49152)."""

_held: dict[int, int] = {}
"""Port -> descriptor of the locked file that keeps other processes of ours from it as long as this
one lives: a server is started some time after its port was chosen."""


def free_port() -> int:
    """Return a TCP port of 127.0.0.1 that nobody uses, each time another one.

    No other process of this user is given it meanwhile.
    """
    folder = Path(tempfile.gettempdir()) / f"contact-center-ports-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    first = random.SystemRandom().randrange(len(PORTS))
    for port in (*PORTS[first:], *PORTS[:first]):
        if port not in _held and port_is_free(port) and _hold(port, folder / str(port)):
            return port
    raise Problem(
        f"Nenhuma porta livre entre {PORTS.start} e {PORTS.stop - 1}.",
        "encerre programas que escutam ali e execute o ./dev de novo",
    )


def _hold(port: int, path: Path) -> bool:
    """Lock the file of a port until this process ends; return False if another one holds it."""
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return False
    _held[port] = descriptor
    return True


def port_is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Return whether a server could listen on the port."""
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
    """Raise Problem when the port for `what` is taken.

    Names who has it and the option that changes it.
    """
    if port_is_free(port, host):
        return
    owner = process_on_port(port)
    who = f" por {owner}" if owner else ""
    raise Problem(
        f"A porta {port}, para {what}, já está em uso{who}.",
        f"escolha outra: {option} {port + 100}",
        "ou encerre esse programa e execute o ./dev de novo",
    )


def process_on_port(port: int, proc: Path = Path("/proc")) -> str:
    """Return who listens on a TCP port, as `name (process 123)`.

    "" where that cannot be known.

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
            return f"{_command(entry)} (processo {entry.name})"
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
