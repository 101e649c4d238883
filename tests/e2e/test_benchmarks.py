"""Every row of `./dev bench` can be measured: at a size that means nothing.

The servers are its own: rows kill them, fill tables and change settings.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks.run import ORDER, measure
from benchmarks.setting import Bench, BenchStack


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    """One process with threads: it starts fast, and needs no proxy."""
    with BenchStack(workers=0) as stack:
        bench = Bench(stack, tiny=True)
        bench.warm_up()
        yield bench
        bench.close()


@pytest.mark.parametrize("row", ORDER, ids=lambda row: row.NAME)
def test_a_row_can_be_measured(bench: Bench, row) -> None:
    # In a thread of its own: some rows drive a browser, and the tests' own has its loop in this one
    with ThreadPoolExecutor(1) as thread:
        result = thread.submit(measure, row, bench).result()
    assert result.ok is not None, result.details["error"]
