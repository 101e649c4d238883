"""Row: does memory grow, do rows outlive their retention, do threads still start?"""

import contextlib
import threading
import time
from collections.abc import Iterator

from .exchange import Exchange
from .load import in_milliseconds
from .memory import growth, held, largest_address_space
from .processor import ProcessorTime
from .result import Result, milliseconds
from .setting import Bench

NAME = "soak"
RATE = 15
MINUTES = 20
GOAL_MB = 0.1
"""MiB for each 1,000 messages from which on a process is said to leak."""

NO_THREAD = "can't start new thread"

# What the nightly cleaning does, with everything that it is to do so old that it must go
CLEAN = """
import json
env.cr.execute("UPDATE whatsapp_event SET create_date = create_date - interval '400 days'")
old = env.cr.rowcount
env.cr.commit()
env.ref("base.autovacuum_job").method_direct_trigger()
env.cr.execute(
    "SELECT count(*) FROM whatsapp_event WHERE create_date < now() - interval '399 days'")
print(json.dumps([old, env.cr.fetchone()[0]]))
"""


def measure(bench: Bench) -> Result:
    """Let citizens at all stages write 15 messages a second for twenty minutes.

    The flow is the demo's.
    """
    minutes = bench.minutes or bench.pick(MINUTES, 3, 0.05)
    exchange = Exchange(bench, RATE)
    samples: list[tuple[int, dict[int, float]]] = []
    with ProcessorTime(bench.stack) as processor, _watching(bench, minutes, samples):
        exchange.run(minutes * 60)
        bench.drain(300)
    peak = largest_address_space(bench.stack)
    answered = exchange.answered()
    threads = bench.stack.odoo_log.read_text(errors="replace").count(NO_THREAD)
    old, left = bench.json_shell(CLEAN)
    facts = in_milliseconds(list(answered.values()))
    missing, leak = len(exchange.samples) - len(answered), growth(samples)
    return Result(
        NAME,
        f"{RATE} messages/s for {minutes:g} min",
        f"none lost, < {GOAL_MB} MiB per 1,000, no row outlives its retention, threads start",
        f"{missing} lost of {len(exchange.samples):,}, {leak:+.3f} MiB per 1,000, p95 "
        f"{milliseconds(facts['p95_ms'])}; {left} of {old:,} old rows left; {threads} threads "
        f"refused, address space {peak:.0f} MiB",
        not (missing or left or threads) and leak < GOAL_MB,
        {
            **facts,
            "minutes": minutes,
            "sent": len(exchange.samples),
            "missing": missing,
            "mib_per_1000": round(leak, 4),
            "old_rows": old,
            "old_rows_left": left,
            "threads_refused": threads,
            "address_space_mib": round(peak),
            "memory_mib": samples,
            "processor_seconds": processor.used,
        },
    )


@contextlib.contextmanager
def _watching(bench: Bench, minutes: float, samples: list) -> Iterator[None]:
    """Within, note thirty times in so many minutes what Odoo's processes hold.

    :param samples: gets (messages so far, MiB of each process)
    """
    began, over = time.monotonic(), threading.Event()

    def watch() -> None:
        while not over.wait(minutes * 2):
            samples.append((int((time.monotonic() - began) * RATE), held(bench.stack)))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
