"""Row: what one message costs: in, stored, answered, sent, told by its statuses.

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
REPEATS = 3


def measure(bench: Bench) -> Result:
    """Let citizens at all stages write 40 messages a second, then drain all.

    The flow is the demo's.

    Several times, each beside what simple things cost at that moment; the median run is reported.
    """
    runs = [_run(bench) for _time in range(bench.pick(REPEATS, 1, 1))]
    runs.sort(key=lambda run: run["posts"])
    median = runs[len(runs) // 2]
    each, posts, inserts = median["per_message"], median["posts"], median["inserts"]
    missing = sum(run["unanswered"] for run in runs)
    measured = f"{words(each)}; {posts:.1f} message_post, {inserts:.1f} insert-only requests"
    if len(runs) > 1:
        measured += f" (median of {len(runs)}: {runs[0]['posts']:.1f} to {runs[-1]['posts']:.1f})"
    if missing:
        measured += f", {missing} without an answer"
    return Result(
        NAME,
        f"processor time per message with its answer and statuses, at {_rate(bench)}/s",
        f"< {GOAL_MS} ms, < {GOAL_POSTS} message_post",
        measured,
        not missing and each["total_ms"] < GOAL_MS and posts < GOAL_POSTS,
        {**median, "unanswered": missing, "runs": runs},
    )


def _rate(bench: Bench) -> int:
    return bench.pick(RATE, RATE, 5)


def _run(bench: Bench) -> dict:
    """Return the figures of one run."""
    simple = baseline.measure(bench)
    exchange = Exchange(bench, _rate(bench))
    with Cost(bench) as cost:
        exchange.run(bench.seconds(60))
        drained = bench.drain()
    sent = len(exchange.samples)
    each = cost.per(sent)
    return {
        "per_message": each,
        "posts": round(each["total_ms"] / simple.message_post, 2),
        "inserts": round(each["total_ms"] / simple.insert, 2),
        "message_post_ms": simple.message_post,
        "insert_only_ms": simple.insert,
        "sent": sent,
        "unanswered": sent - len(exchange.answered()),
        "drained": drained,
        "processor_seconds": cost.used,
    }
