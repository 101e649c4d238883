"""Run a target on many inputs; the one that fails is made small, saved and told."""

import random
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from tests.fuzz.targets import Target

BATCH = 20
"""Inputs made from one number that hypothesis draws: its own work is shared by them."""
SLOW = 2.0
"""Seconds of one input's own processor time after which it is a failure."""


class Found(Exception):
    """An input for which a target does not hold.

    :ivar given: the input
    """

    def __init__(self, name: str, given: Any, cause: str) -> None:
        super().__init__(f"{name}: {cause}\n    input: {given!r:.2000}")
        self.given = given


def inputs(target: Target, number: int) -> list[Any]:
    """Return the inputs that a number stands for."""
    draw = random.Random(number)
    return [target.make(draw) for _ in range(BATCH)]


def check(name: str, target: Target, given: Any) -> None:
    """Check one input.

    :raise Found: it does not hold, raises, or takes too long
    """
    begun = time.process_time()
    try:
        target.check(given)
    except Exception as error:
        raise Found(name, given, f"{type(error).__name__}: {error}") from error
    took = time.process_time() - begun
    if took > SLOW:
        raise Found(name, given, f"took {took:.1f} s")


def fuzz(
    name: str,
    target: Target,
    count: int,
    seed: int,
    told: Callable[[int], None] = lambda done: None,
) -> int:
    """Check `count` inputs or a few more, and return how many it were.

    :param seed: the same number gives the same inputs
    :param told: called with the number of inputs so far
    :raise Found: with the first input that fails, of the smallest number that hypothesis found
    """
    done = 0

    # derandomize goes without the seed, so the seed is given and nothing is remembered
    @seeded(seed)
    @settings(
        max_examples=max(1, -(-count // BATCH)),
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )
    @given(st.integers(0, 2**64 - 1))
    def run(number: int) -> None:
        nonlocal done
        for given_input in inputs(target, number):
            check(name, target, given_input)
        done += BATCH
        told(done)

    with warnings.catch_warnings():
        # Libraries warn of odd files; that they are odd is the point
        warnings.simplefilter("ignore")
        run()
    return done


def save(folder: Path, name: str, given: Any) -> Path:
    """Write a failing input to a file and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{int(time.time())}.txt"
    if isinstance(given, bytes):
        path.write_bytes(given)
    elif isinstance(given, str):
        path.write_text(given, encoding="utf-8", errors="surrogatepass")
    else:
        path.write_text(repr(given), encoding="utf-8")
    return path
