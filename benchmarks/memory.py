"""Memory of Odoo's processes: what they hold, what address space they ask for."""

import contextlib
import re
from pathlib import Path

import psutil

from .setting import BenchStack

PEAK = re.compile(r"^VmPeak:\s+(\d+) kB", re.MULTILINE)


def odoo_processes(stack: BenchStack) -> list[psutil.Process]:
    """Return Odoo's first process and all that it started."""
    with contextlib.suppress(psutil.Error):
        first = psutil.Process(stack.odoo_pid)
        return [first, *first.children(recursive=True)]
    return []


def held(stack: BenchStack) -> dict[int, float]:
    """Return {process: MiB that it alone holds}."""
    found = {}
    for process in odoo_processes(stack):
        with contextlib.suppress(psutil.Error):
            found[process.pid] = round(process.memory_full_info().uss / 2**20, 1)
    return found


def largest_address_space(stack: BenchStack) -> float:
    """Return the most MiB of address space that a process asked for; Linux only."""
    peaks = [0.0]
    for process in odoo_processes(stack):
        with contextlib.suppress(OSError):
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
            peaks += [int(number) / 1024 for number in PEAK.findall(status)]
    return max(peaks)


def growth(samples: list[tuple[int, dict[int, float]]]) -> float:
    """Return the MiB by which the process that grew most grew for each 1,000 messages.

    What the first third loads for good is left out; so are processes that did not live throughout.

    :param samples: (messages so far, what `held` returned), in order
    """
    later = samples[len(samples) // 3 :]
    (first, before), (last, after) = later[0], later[-1]
    if last <= first:
        return 0.0
    grown = [after[pid] - before[pid] for pid in after if pid in before]
    return max(grown, default=0.0) * 1000 / (last - first)
