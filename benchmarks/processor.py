"""Which of the servers used how much of the processors."""

import contextlib
import os
import time
from collections.abc import Iterator

import psutil

from .setting import BenchStack

BUSY = ("user", "nice", "system", "irq", "softirq", "steal")
"""What adds up to the time that processors are not idle, where the system counts it."""


class ProcessorTime:
    """Seconds of processor time used within a `with` block: by our servers, and by others.

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
        totals = {"load generator": sum(psutil.Process().cpu_times()[:2])}
        times = psutil.cpu_times()
        busy = sum(getattr(times, name, 0.0) for name in BUSY)
        for name, process in self._servers():
            with contextlib.suppress(psutil.Error):
                for one in (process, *process.children(recursive=True)):
                    times = one.cpu_times()
                    totals[name] = totals.get(name, 0) + times.user + times.system
        totals["other programs"] = busy - sum(totals.values())
        return totals

    def _servers(self) -> Iterator[tuple[str, psutil.Process]]:
        """Our servers' first processes, with their names."""
        for process in psutil.process_iter(["cmdline", "ppid"]):
            words = " ".join(process.info["cmdline"] or [])
            if process.info["ppid"] == os.getpid():
                if str(self._stack.run_dir) in words:
                    yield ("Odoo" if "odoo.conf" in words else "proxy"), process
                elif "-m sandbox" in words:
                    yield "sandbox", process
            elif f"{self._stack.environment.settings.cache}/postgres" in words:
                yield "PostgreSQL", process


def others_share(used: dict[str, float], cores: int) -> float:
    """Share of the processors (0 to 1) that programs of others took."""
    return max(0.0, used.get("other programs", 0.0)) / max(used.get("elapsed", 0.0) * cores, 0.1)
