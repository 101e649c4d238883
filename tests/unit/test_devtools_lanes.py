"""Jobs that need one another, side by side."""

import threading
import time

import pytest

from devtools.lanes import Job, Lanes


def run(count: int, *jobs: tuple) -> tuple[list[str], Lanes]:
    """Run jobs of (name, needs, weight); return the names in the order done."""
    done: list[str] = []
    lanes = Lanes(count)
    lanes.run(
        Job(name, lambda name=name: done.append(name), needs, weight)
        for name, needs, weight in jobs
    )
    return done, lanes


def test_what_is_needed_comes_first_then_the_heaviest() -> None:
    done, _lanes = run(
        1, ("tests", ("core",), 5), ("light", (), 1), ("core", (), 9), ("heavy", (), 3)
    )
    assert done == ["core", "tests", "heavy", "light"]


def test_two_run_at_the_same_time() -> None:
    """Each waits for the other: one after the other, they would wait for ever."""
    meeting = threading.Barrier(2, timeout=10)
    lanes = Lanes(2)
    lanes.run([Job("a", meeting.wait), Job("b", meeting.wait)])
    assert lanes.failed == []


def test_a_lane_waits_for_what_another_one_makes() -> None:
    order: list[str] = []

    def install() -> None:
        time.sleep(0.05)
        order.append("installed")

    lanes = Lanes(2)
    lanes.run(
        [
            Job("core", install),
            Job("a", lambda: order.append("a"), ("core",)),
            Job("b", lambda: order.append("b"), ("core",)),
        ]
    )
    assert order[0] == "installed"
    assert sorted(order[1:]) == ["a", "b"]


def test_what_needs_a_failed_job_is_left_out() -> None:
    def fail() -> None:
        raise OSError("no disk")

    done: list[str] = []
    lanes = Lanes(2)
    lanes.run(
        [
            Job("core", fail),
            Job("above", lambda: done.append("above"), ("core",)),
            Job("top", lambda: done.append("top"), ("above",)),
            Job("other", lambda: done.append("other")),
        ]
    )
    assert done == ["other"]
    assert [(name, str(error)) for name, error in lanes.failed] == [("core", "no disk")]
    assert lanes.left_out == ["above", "top"]


def test_a_need_that_nobody_makes_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="tests needs core"):
        run(1, ("tests", ("core",), 1))
