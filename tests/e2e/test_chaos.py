"""Everything falls over within a minute: nothing lost, doubled or out of order.

The short version of `./dev bench --chaos`, on servers of its own, PostgreSQL included.
"""

from collections.abc import Iterator

import pytest

from benchmarks import chaos
from benchmarks.chaos_stack import ChaosBench

# Odoo kills and restarts cost most of the time; statuses are delivered again within seconds here
SHORT = chaos.Sizes(
    minutes=0.75,
    messages=140,
    pause=3,
    gap=0.5,
    lasting=2.5,
    grace=15,
    settle=300,
    redelivery_cap=2,
)
SEED = 2026


@pytest.fixture(scope="module")
def bench() -> Iterator[ChaosBench]:
    """One process with threads: it starts fast, and needs no proxy."""
    with chaos.servers(workers=0) as running:
        yield running


def test_whatever_falls_over_nothing_is_lost_doubled_or_out_of_order(bench: ChaosBench) -> None:
    outcome = chaos.run(bench, SHORT, SEED)
    found = outcome.found
    assert outcome.settled_after is not None, f"not everything settled:\n{outcome.report()}"
    assert (found.lost, found.doubled, found.disorder) == (0, 0, 0), outcome.report()
    assert not outcome.refused
    assert outcome.ok
    # It was chaos indeed
    assert len(outcome.trouble.happened) == len(outcome.trouble.kinds()) + 1
    assert found.facts["sent by citizens"] >= SHORT.messages - 1
    assert found.facts["tickets"] and found.facts["photos"]
