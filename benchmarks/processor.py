"""Which of the servers used how much of the processors."""

import contextlib
import os
import time
from collections.abc import Iterator

import psutil

from .setting import BenchStack


class ProcessorTime:
    """Seconds of processor time that the servers use, by program, within a `with` block."""

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
        for name, process in self._servers():
            with contextlib.suppress(psutil.Error):
                for one in (process, *process.children(recursive=True)):
                    times = one.cpu_times()
                    totals[name] = totals.get(name, 0) + times.user + times.system
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
