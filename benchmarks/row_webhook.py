"""Row 1: how long Meta waits for the webhook while the bot serves what comes in."""

from . import citizens
from .load import run_at_rate, summary
from .processor import ProcessorTime
from .result import Result, milliseconds
from .setting import Bench

NAME = "webhook"
GOAL_MS = 50
RATE = 100
CITIZENS = 500


def measure(bench: Bench) -> Result:
    """Post a new message 100 times a second; each wakes the bot, as always."""
    group = bench.new_group()
    seconds, rate = bench.seconds(30), bench.pick(RATE, RATE, 10)

    def work(index: int) -> None:
        turn = citizens.turn(index, CITIZENS)
        bench.write(citizens.wa_id(turn.citizen, group), turn.text)

    with ProcessorTime(bench.stack) as processor:
        samples = run_at_rate(work, rate=rate, seconds=seconds, threads=64)
    facts = summary(samples)
    unread, _unsent = bench.waiting()
    measured = f"p95 {milliseconds(facts['p95_ms'])}"
    if facts["errors"]:
        measured += f", {facts['errors']} failed"
    return Result(
        NAME,
        f"webhook answer at {rate} requests/s ({seconds:.0f} s)",
        f"p95 < {GOAL_MS} ms",
        measured,
        not facts["errors"] and facts["p95_ms"] < GOAL_MS,
        {**facts, "waiting_at_the_end": unread, "processor_seconds": processor.used},
    )
