"""Row 2: from a citizen's message to the bot's answer at the Cloud API."""

from .exchange import Exchange
from .load import in_milliseconds
from .processor import ProcessorTime
from .result import Result, milliseconds
from .setting import Bench

NAME = "answer"
GOAL_MS = 1000
RATE = 20


def measure(bench: Bench) -> Result:
    """Let citizens at all stages of the demo flow write 20 messages a second."""
    seconds = bench.seconds(60)
    rate = bench.pick(RATE, RATE, 5)
    exchange = Exchange(bench, rate)
    with ProcessorTime(bench.stack) as processor:
        exchange.run(seconds)
        drained = bench.drain()
    answered = exchange.answered()
    times = list(answered.values())
    facts = in_milliseconds(times)
    missing = len(exchange.samples) - len(times)
    measured = f"p95 {milliseconds(facts['p95_ms'])}"
    if missing:
        measured += f", {missing} without an answer"
    return Result(
        NAME,
        f"citizen's message -> answer accepted, at {rate}/s ({seconds:.0f} s)",
        "p95 < 1 s",
        measured,
        not missing and facts["p95_ms"] < GOAL_MS,
        {
            **facts,
            "sent": len(exchange.samples),
            "unanswered": missing,
            "why": exchange.explain(answered),
            "drained": drained,
            "processor_seconds": processor.used,
        },
    )
