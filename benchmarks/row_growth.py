"""Row: does it get slower with the years?

10,000, 100,000 and 1,000,000 conversations.
"""

import statistics
import time
from collections.abc import Callable

from .cost import Cost
from .exchange import Exchange
from .filling import Filling
from .result import Result
from .row_storm import Agent
from .setting import Bench

NAME = "growth"
LEVELS = (10_000, 100_000, 1_000_000)
LEVELS_QUICK = (10_000, 100_000)
LEVELS_TINY = (20, 40)
RATE = 10
SECONDS = 20
REPEAT = 9
FLAT = 1.2
"""The last figure may be so many times the first."""

SMALLEST_MS = 5.0
"""A difference below this is the noise of the machine."""

CONVERSATIONS = ("protocol", "partner_id", "queue_id", "agent_id", "state", "opened_at")
ARCHIVE = ("at", "author_kind", "content", "partner_id", "conversation_id", "queue_id")


def measure(bench: Bench) -> Result:
    """Make more and more conversations; measure messages and screens at each level."""
    levels = bench.pick(LEVELS, LEVELS_QUICK, LEVELS_TINY)
    agent, filling = Agent(bench), Filling(bench)
    figures = {}
    for level in levels:
        filling.up_to(level)
        figures[level] = _figures(bench, agent)
        bench.say(", ".join(f"{name} {value:.1f}" for name, value in figures[level].items()))
    first, last = figures[levels[0]], figures[levels[-1]]
    steep = {
        name: round(last[name] / first[name], 2)
        for name in first
        if last[name] > FLAT * first[name] and last[name] - first[name] > SMALLEST_MS
    }
    words = ", ".join(f"{name} {first[name]:.0f} -> {last[name]:.0f}" for name in first)
    return Result(
        NAME,
        f"ms with {levels[0]:,} and with {levels[-1]:,} conversations",
        f"at most {FLAT - 1:.0%} more",
        words,
        not steep,
        {"levels": {str(level): figures[level] for level in levels}, "steep": steep},
    )


def _figures(bench: Bench, agent: Agent) -> dict[str, float]:
    """Return milliseconds: processor of a message, and the wait for what screens ask for."""
    asked = {
        "desk": lambda: agent.client.call("contact_center.conversation", "get_desk"),
        "list": lambda: _list(agent, "contact_center.conversation", CONVERSATIONS, []),
        "panel": lambda: agent.client.call(
            "contact_center.conversation", "get_panel", [agent.conversation]
        ),
        "search": lambda: _list(
            agent,
            "contact_center.archive.message",
            ARCHIVE,
            [["text_search", "ilike", "estetoscopio"]],
        ),
        "contacts": lambda: _list(
            agent, "res.partner", ("name", "phone"), [["name", "ilike", "Cidadã 7 do Acervo"]]
        ),
    }
    opened = {name: _median(bench, ask) for name, ask in asked.items()}
    exchange = Exchange(bench, RATE)
    with Cost(bench) as cost:
        exchange.run(bench.pick(SECONDS, SECONDS, 1))
        bench.drain()
    return {"message": cost.per(len(exchange.samples))["total_ms"], **opened}


def _list(agent: Agent, model: str, fields: tuple[str, ...], domain: list) -> None:
    """Ask as the web client's list does."""
    agent.client.call(
        model,
        "web_search_read",
        domain=domain,
        specification={name: {} for name in fields},
        limit=80,
        count_limit=10001,
    )


def _median(bench: Bench, ask: Callable[[], object]) -> float:
    """Return the median of some repeats, in milliseconds; the first one does not count."""
    ask()
    times = []
    for _time in range(bench.pick(REPEAT, REPEAT, 1)):
        began = time.perf_counter()
        ask()
        times.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(times), 1)
