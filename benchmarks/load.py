"""Open-loop load: work starts at a fixed rate, whatever of it is done already.

A closed loop (send, wait, send) slows down together with the server and hides its queue;
citizens do not wait for each other, so the rate here is kept and late answers show as such.
"""

import concurrent.futures
import dataclasses
import statistics
import threading
import time
from collections.abc import Callable


@dataclasses.dataclass
class Sample:
    """One piece of work: when it was due and how long its answer took, in seconds.

    ``due`` is in Unix seconds, to be compared with what other processes noted.
    """

    index: int
    due: float
    seconds: float
    error: str = ""


def percentile(values: list[float], share: float) -> float:
    """Return the value below which ``share`` (0 to 1) of ``values`` lie.

    ``nan`` without values.
    """
    if not values:
        return float("nan")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered)) - 1))]


def in_milliseconds(seconds: list[float]) -> dict:
    """Return Count, median, 95th percentile, mean and largest of some durations."""
    return {
        "count": len(seconds),
        "p50_ms": round(percentile(seconds, 0.50) * 1000, 1),
        "p95_ms": round(percentile(seconds, 0.95) * 1000, 1),
        "max_ms": round(max(seconds, default=float("nan")) * 1000, 1),
        "mean_ms": round(statistics.fmean(seconds) * 1000, 1) if seconds else float("nan"),
    }


def summary(samples: list[Sample]) -> dict:
    """Return counts and latencies (ms) of ``samples``; failed ones are only counted."""
    good = [sample.seconds for sample in samples if not sample.error]
    return {
        **in_milliseconds(good),
        "count": len(samples),
        "errors": len(samples) - len(good),
        "first_error": next((s.error for s in samples if s.error), ""),
    }


def run_at_rate(
    work: Callable[[int], None], *, rate: float, seconds: float, threads: int = 32
) -> list[Sample]:
    """Call ``work(index)`` ``rate`` times a second for ``seconds``, from a pool.

    A pool of threads.

    :param work: raises to report a failure; its time counts from the moment it was due, so
        waiting for a free thread counts as latency too
    :return: one sample per call, in order
    """
    total = int(rate * seconds)
    samples: list[Sample | None] = [None] * total
    start = time.time() + 0.05

    def call(index: int) -> None:
        due = start + index / rate
        error = ""
        try:
            work(index)
        except Exception as problem:  # noqa: BLE001 - any failure is a result of the measurement
            error = f"{type(problem).__name__}: {problem}"
        samples[index] = Sample(index, due, time.time() - due, error)

    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        for index in range(total):
            delay = start + index / rate - time.time()
            if delay > 0:
                time.sleep(delay)
            pool.submit(call, index)
    return [sample for sample in samples if sample is not None]


class PerThread:
    """One value per thread, made on first use: an HTTP connection is not shared."""

    def __init__(self, make: Callable[[], object]):
        self._make = make
        self._local = threading.local()

    def get(self):
        """Return the calling thread's value."""
        if not hasattr(self._local, "value"):
            self._local.value = self._make()
        return self._local.value
