"""Every row of `./dev bench` can be measured: at a size that means nothing.

The servers are its own: rows kill them, fill tables and change settings.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks import row_gateway
from benchmarks.run import ORDER, measure
from benchmarks.setting import Bench, BenchStack

MAIL_GATEWAY = os.environ.get("CONTACT_CENTER_MAIL_GATEWAY", "")
"""Folder with OCA's `mail_gateway`, which is no requirement of the product."""


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    """One process with threads: it starts fast, and needs no proxy."""
    with BenchStack(workers=0) as stack:
        bench = Bench(stack, tiny=True, mail_gateway=MAIL_GATEWAY)
        bench.warm_up()
        yield bench
        bench.close()


@pytest.mark.parametrize("row", ORDER, ids=lambda row: row.NAME)
def test_a_row_can_be_measured(bench: Bench, row) -> None:
    if row is row_gateway and not MAIL_GATEWAY:
        pytest.skip(
            f"not compared with mail_gateway: $CONTACT_CENTER_MAIL_GATEWAY or {row.MISSING}"
        )
    # In a thread of its own: some rows drive a browser, and the tests' own has its loop in this one
    with ThreadPoolExecutor(1) as thread:
        result = thread.submit(measure, row, bench).result()
    assert result.ok is not None, result.details["error"]
