"""Row: what one message costs, in, stored, answered, sent and told by its statuses.

Processor time depends less than latencies on who else uses the machine, and the ratios even less.
"""

from . import baseline
from .cost import Cost, words
from .exchange import Exchange
from .result import Result
from .setting import Bench

NAME = "cost"
RATE = 40
GOAL_MS = 17
GOAL_POSTS = 2


def measure(bench: Bench) -> Result:
    """Let citizens at all stages of the demo flow write 40 messages a second; then drain all."""
    simple = baseline.measure(bench)
    rate = bench.pick(RATE, RATE, 5)
    exchange = Exchange(bench, rate)
    with Cost(bench) as cost:
        exchange.run(bench.seconds(60))
        drained = bench.drain()
    sent = len(exchange.samples)
    missing = sent - len(exchange.answered())
    each = cost.per(sent)
    posts, inserts = each["total_ms"] / simple.message_post, each["total_ms"] / simple.insert
    measured = f"{words(each)}; {posts:.1f} message_post, {inserts:.1f} insert-only requests"
    if missing:
        measured += f", {missing} without an answer"
    return Result(
        NAME,
        f"processor time per message with its answer and statuses, at {rate}/s",
        f"< {GOAL_MS} ms, < {GOAL_POSTS} message_post",
        measured,
        not missing and each["total_ms"] < GOAL_MS and posts < GOAL_POSTS,
        {
            "per_message": each,
            "message_post_ms": simple.message_post,
            "insert_only_ms": simple.insert,
            "sent": sent,
            "unanswered": missing,
            "drained": drained,
            "processor_seconds": cost.used,
        },
    )
