"""Row: side by side with OCA's `mail_gateway`, which stores and does not answer.

Both as fast as they can, one after the other on the same machine: messages that the telegram
gateway stores, as shipped and with its bot kept, and messages that are answered here, statuses
among them. Only on request: `--mail-gateway FOLDER`.
"""

import time
from pathlib import Path

from .cost import Cost, words
from .exchange import Exchange
from .gateway import HOW_TO_GET_IT, GatewayStack, feed
from .result import Result
from .setting import Bench

NAME = "gateway"
SECONDS = 30
RATE = 100
"""Messages a second that are delivered here: more than a small machine answers."""

THREADS = 8
CITIZENS = 25
"""Of each thread; they have written before the measurement."""

TEXT = "A impressora da recepção não liga desde ontem."
MISSING = f"--mail-gateway FOLDER is missing, made by: {HOW_TO_GET_IT}"


def measure(bench: Bench) -> Result:
    """Measure theirs twice and ours once."""
    if not bench.mail_gateway:
        raise ValueError(MISSING)
    shipped, kept = _theirs(bench, Path(bench.mail_gateway).resolve())
    ours = _ours(bench)
    return Result(
        NAME,
        "messages answered here, beside messages only stored by OCA's mail_gateway (telegram)",
        "more answered than stored with its bot kept",
        f"{ours['rate']:.0f}/s answered, {words(ours['cost'])}; mail_gateway stores "
        f"{shipped['rate']:.0f}/s as shipped, {words(shipped['cost'])}; with its bot kept "
        f"{kept['rate']:.0f}/s, {words(kept['cost'])}",
        ours["rate"] > kept["rate"] and not ours["unanswered"],
        {"ours": ours, "shipped": shipped, "kept": kept},
    )


def _theirs(bench: Bench, folder: Path) -> tuple[dict, dict]:
    """Return the figures of the gateway as shipped, and with its bot kept."""
    with GatewayStack(bench.stack.workers, folder, bench.stack.settings) as stack:
        other = Bench(stack, bench.quick, bench.tiny)
        try:
            shipped = _stored(other)
            stack.keep_bot()
            return shipped, _stored(other)
        finally:
            other.close()


def _stored(other: Bench) -> dict:
    """Return messages a second that are stored, and what each costs."""
    other.say("OCA's mail_gateway")
    # Every process loads what the first message needs, every citizen has a channel
    feed(other, other.seconds(SECONDS / 3), THREADS, CITIZENS, "oi")
    with Cost(other) as cost:
        began = time.monotonic()
        stored = feed(other, other.seconds(SECONDS), THREADS, CITIZENS, TEXT)
        took = time.monotonic() - began
    return {"rate": stored / took, "stored": stored, "cost": cost.per(stored)}


def _ours(bench: Bench) -> dict:
    """Return messages a second that are answered, and what each costs."""
    bench.say("ours")
    exchange = Exchange(bench, bench.pick(RATE, RATE, 5))
    with Cost(bench) as cost:
        exchange.run(bench.seconds(SECONDS))
        drained = bench.drain(600)
    answered, due = exchange.answered(), exchange.due
    took = max((due[wamid] + wait for wamid, wait in answered.items()), default=0.0) - min(
        due.values(), default=0.0
    )
    return {
        "rate": len(answered) / took if took > 0 else 0.0,
        "answered": len(answered),
        "unanswered": len(exchange.samples) - len(answered),
        "drained": drained,
        "cost": cost.per(len(exchange.samples)),
    }
