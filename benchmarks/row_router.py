"""Row: the router looks at 1,000 waiting contacts, 200 agents and 30 queues."""

from . import router
from .result import Result, milliseconds
from .setting import Bench

NAME = "router"


def measure(bench: Bench) -> Result:
    """Match in this process: the servers have no part in it."""
    contacts, agents = bench.pick(
        (router.CONTACTS, router.AGENTS), (router.CONTACTS, router.AGENTS), (50, 10)
    )
    found = router.measure(bench.pick(25, 9, 1), contacts, agents)
    return Result(
        NAME,
        f"router: {contacts:,} waiting, {agents} agents, {router.QUEUES} queues",
        f"< {router.GOAL_MILLISECONDS:.0f} ms of processor time",
        f"{milliseconds(found['free'])} with {found['offers_free']} offers, "
        f"{milliseconds(found['busy'])} with {found['offers_busy']}",
        found["ok"],
        found,
    )
