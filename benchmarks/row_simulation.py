"""Row: a day of 6,000 contacts, 100 agents and 30 queues is simulated 20 times."""

from . import simulation
from .result import Result
from .setting import Bench

NAME = "simulation"


def measure(bench: Bench) -> Result:
    """Simulate in this process: the servers have no part in it."""
    contacts = bench.pick(simulation.CONTACTS, simulation.CONTACTS, 200)
    found = simulation.measure(contacts, bench.pick(simulation.REPLICATIONS, 20, 2))
    return Result(
        NAME,
        f"simulated day: {contacts:,} contacts, {simulation.AGENTS} agents, "
        f"{simulation.QUEUES} queues, {simulation.REPLICATIONS} times",
        f"< {simulation.GOAL_SECONDS:.0f} s of processor time",
        f"{found['usual']:.1f} s, {found['busy']:.1f} s with half of the agents; "
        f"agents needed {found['erlang']:.0f} ms",
        found["ok"],
        found,
    )
