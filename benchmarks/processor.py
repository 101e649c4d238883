"""Processor time of each of the servers."""

import contextlib
import os
import re
import time
from collections.abc import Iterator

import psutil

from .setting import BenchStack

BUSY = ("user", "nice", "system", "irq", "softirq", "steal")
"""What adds up to the time that processors are not idle, where the system counts it."""


class ProcessorTime:
    """Seconds of processor time within a `with` block: by our servers, by others.

    What other programs take of a machine makes every figure worse; it stands beside them so.
    """

    def __init__(self, stack: BenchStack):
        self._stack = stack
        self.used: dict[str, float] = {}

    def __enter__(self):
        self._before = self._now()
        self._started = time.monotonic()
        return self

    def __exit__(self, *_error):
        after = self._now()
        self.used = {name: round(after[name] - self._before.get(name, 0), 1) for name in after}
        self.used["elapsed"] = round(time.monotonic() - self._started, 1)

    def _now(self) -> dict[str, float]:
        # With what it started and has ended by now: shells, browsers
        totals = {"load generator": sum(psutil.Process().cpu_times()[:4])}
        times = psutil.cpu_times()
        busy = sum(getattr(times, name, 0.0) for name in BUSY)
        for name, process in self._servers():
            with contextlib.suppress(psutil.Error):
                totals[name] = totals.get(name, 0) + _seconds(process, name == "PostgreSQL")
        totals["other programs"] = busy - sum(totals.values())
        return totals

    def _servers(self) -> Iterator[tuple[str, psutil.Process]]:
        """Yield our servers' processes, with their names.

        A PostgreSQL server may have other databases: of its processes those that serve ours count,
        and those that serve all.
        """
        database = f" {self._stack.db_name} "
        for process in psutil.process_iter(["cmdline", "ppid"]):
            words = " ".join(process.info["cmdline"] or [])
            if process.info["ppid"] == os.getpid():
                if str(self._stack.run_dir) in words:
                    yield from _family("Odoo" if "odoo.conf" in words else "proxy", process)
                elif "-m sandbox" in words:
                    yield from _family("sandbox", process)
                else:
                    yield from _family("load generator", process)
            elif f"{self._stack.environment.settings.cache}/postgres" in words:
                for name, one in _family("PostgreSQL", process):
                    title = " ".join(one.cmdline()) if _exists(one) else ""
                    if database in f"{title} " or not BACKEND.search(title):
                        yield name, one


BACKEND = re.compile(r"^postgres: \S+ \S+ (\[local\]|[\d.:a-f]+\(\d+\)) ")
"""Title of a process of PostgreSQL that serves one connection: user, database, from where."""


def _family(name: str, first: psutil.Process) -> list[tuple[str, psutil.Process]]:
    """Return a process and all below it, with the name of the server that they are."""
    with contextlib.suppress(psutil.Error):
        return [(name, one) for one in (first, *first.children(recursive=True))]
    return []


def _exists(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def _seconds(process: psutil.Process, is_database: bool) -> float:
    """Return what a process used; with the children of it that have ended.

    PostgreSQL's ended children may have served others.
    """
    times = process.cpu_times()
    own = times.user + times.system
    return own if is_database else own + times.children_user + times.children_system


def others_share(used: dict[str, float], cores: int) -> float:
    """Return the share of the processors (0 to 1) that programs of others took."""
    return max(0.0, used.get("other programs", 0.0)) / max(used.get("elapsed", 0.0) * cores, 0.1)
