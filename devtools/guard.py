"""Program of `processes.Guard`: ends what its parent left behind.

Run as `python -m devtools.guard`.

Lines on stdin: `started GROUP`, `ended GROUP`, or JSON with `home` and `binaries` of the embedded
PostgreSQL.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import time
from pathlib import Path

from .embedded import EmbeddedServer
from .install import locked

PATIENCE = 10
"""Seconds that a group has to end in order before it is killed."""


def main() -> None:
    """Follow the parent's reports until the pipe closes, then clean up."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: set[int] = set()
    postgres = None
    for line in sys.stdin:
        if line.startswith("{"):
            postgres = json.loads(line)
        else:
            word, group = line.split()
            (groups.add if word == "started" else groups.discard)(int(group))
    end_groups(groups)
    if postgres:
        stop_postgres(postgres)


def end_groups(groups: set[int]) -> None:
    """End process groups: SIGTERM, then SIGKILL for what is left.

    After `PATIENCE` seconds.
    """
    for group in groups:
        _signal(group, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    while any(_signal(group, 0) for group in groups) and time.monotonic() < deadline:
        time.sleep(0.1)
    for group in groups:
        _signal(group, signal.SIGKILL)


def stop_postgres(postgres: dict[str, str]) -> None:
    """Stop the embedded server unless another run uses it."""
    server = EmbeddedServer(
        Path(sys.executable), Path(postgres["home"]), Path(postgres["binaries"])
    )
    with locked(server.home / "start.lock", "PostgreSQL"):
        server.stop_if_unused()


def _signal(group: int, number: int) -> bool:
    """Send a signal to a group; False when nobody is left in it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
        return True
    return False


if __name__ == "__main__":
    main()
