import threading
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from contact_center.core.background_work import BackgroundWork


def test_a_stop_waits_for_work_that_has_begun():
    work, done, begun = BackgroundWork(), [], threading.Event()

    def long_task():
        with work.slot() as allowed:
            assert allowed
            begun.set()
            while not work.stopping:
                time.sleep(0.001)
            done.append("its last step")

    thread = threading.Thread(target=long_task)
    thread.start()
    begun.wait(10)
    assert work.stop(seconds=10) == 0
    assert done == ["its last step"]
    thread.join()


def test_nothing_begins_once_the_process_was_told_to_stop():
    work = BackgroundWork()
    work.announce()
    with work.slot() as allowed:
        assert not allowed
    assert work.stop(seconds=0) == 0


def test_work_that_does_not_end_holds_a_stop_up_for_a_time_only():
    work, release = BackgroundWork(), threading.Event()

    def stuck():
        with work.slot():
            release.wait(10)

    thread = threading.Thread(target=stuck)
    thread.start()
    while not work._running:
        time.sleep(0.001)
    assert work.stop(seconds=0.01) == 1
    release.set()
    thread.join()
    assert work.stop(seconds=10) == 0


def test_work_that_fails_is_over():
    work = BackgroundWork()
    try:
        with work.slot():
            raise ValueError
    except ValueError:
        assert work.stop(seconds=0) == 0


@settings(max_examples=50)
@given(st.lists(st.integers(0, 2), max_size=12), st.integers(0, 3))
def test_after_a_stop_nothing_runs(delays, pause):
    work, ran_late, over = BackgroundWork(), [], threading.Event()

    def task(delay):
        time.sleep(delay / 1000)
        with work.slot() as allowed:
            if allowed:
                time.sleep(0.001)
                ran_late.extend([True] * over.is_set())

    threads = [threading.Thread(target=task, args=[delay]) for delay in delays]
    for thread in threads:
        thread.start()
    time.sleep(pause / 1000)
    assert work.stop(seconds=10) == 0
    over.set()
    for thread in threads:
        thread.join()
    assert not ran_late
