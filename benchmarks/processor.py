"""Which of the servers used how much of the processors."""

import contextlib
import time

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
        folder = str(self._stack.environment.settings.cache)
        for process in psutil.process_iter(["pid", "name", "cmdline"]):
            name = _program(process.info, str(self._stack.run_dir), folder)
            if name:
                with contextlib.suppress(psutil.Error):
                    times = process.cpu_times()
                    totals[name] = totals.get(name, 0) + times.user + times.system
        return totals


def _program(info: dict, run_dir: str, cache: str) -> str:
    """Name of one of our servers by its command line, "" for other processes."""
    words = " ".join(info["cmdline"] or [])
    if run_dir in words:
        return "proxy" if info["name"] in ("nginx", "caddy") else "Odoo"
    if "-m sandbox" in words and cache in words:
        return "sandbox"
    return "PostgreSQL" if info["name"].startswith("postgres") else ""
