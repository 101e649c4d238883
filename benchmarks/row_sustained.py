"""Row 3: the highest rate at which messages are answered as fast as they come."""

import time

from .exchange import Exchange
from .load import in_milliseconds
from .processor import ProcessorTime
from .result import Result
from .setting import TINY_SECONDS, Bench

NAME = "sustained"
GOAL = 80
STEPS = (20, 30, 40, 60, 80, 100)
LOWER = (15, 10, 5)
STEPS_TINY = (5,)
BACKLOG_SECONDS = 2.0
"""A rate is sustained when, at the end of its step, fewer messages wait than come in this time."""


def measure(bench: Bench) -> Result:
    """Step up until answers fall behind; step down first if the lowest is too much."""
    steps = []
    best = 0.0
    for rate in bench.pick(STEPS, STEPS, STEPS_TINY):
        step = _step(bench, rate)
        steps.append(step)
        if not step["sustained"]:
            break
        best = rate
    for rate in LOWER if not best and not bench.tiny else ():
        step = _step(bench, rate)
        steps.append(step)
        if step["sustained"]:
            best = rate
            break
    return Result(
        NAME,
        "messages/s with an answer to each, sustained",
        f">= {GOAL}/s",
        f"{best:g}/s",
        best >= GOAL,
        {"steps": steps, "processor_seconds": steps[-1]["processor_seconds"]},
    )


def keeps_up(rate: float, sent: int, answered: int) -> bool:
    """Return whether a step's backlog says that answers come as fast as messages."""
    return sent - answered <= rate * BACKLOG_SECONDS


def _step(bench: Bench, rate: float) -> dict:
    """Send at one rate for 20 s and look at what is still without an answer at that moment."""
    bench.say(f"{rate:g} messages/s")
    exchange = Exchange(bench, rate)
    with ProcessorTime(bench.stack) as processor:
        exchange.run(bench.pick(20.0, 10.0, TINY_SECONDS))
    end = time.time()
    due = exchange.due
    bench.drain(150)
    times = exchange.answered()
    unanswered = exchange.explain(times)
    in_time = sum(1 for wamid, seconds in times.items() if due[wamid] + seconds <= end)
    sent = len(exchange.samples)
    return {
        "rate": rate,
        "sent": sent,
        "answered_at_the_end": in_time,
        "never_answered": sent - len(times),
        "unanswered": unanswered,
        "sustained": keeps_up(rate, sent, in_time) and len(times) == sent,
        **in_milliseconds(list(times.values())),
        "drained_after_seconds": round(time.time() - end, 1),
        "processor_seconds": processor.used,
    }
