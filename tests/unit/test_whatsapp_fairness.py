"""Turns of people in the inbox: a backlog delays nobody, and shrinks all the same."""

from hypothesis import given
from hypothesis import strategies as st

from whatsapp_helpdesk.cloud_api import fairness

WAITING = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 300), max_size=20)


def test_a_thousand_messages_come_after_everybody_elses():
    waiting = [("first", 1), ("flood", 1000), *((f"citizen {one}", 1) for one in range(100))]
    assert fairness.in_order(waiting)[-1] == "flood"


def test_alone_a_backlog_goes_fast_and_together_slowly():
    assert fairness.share(1) == fairness.MOST
    assert fairness.share(20) == fairness.LEAST
    assert fairness.share(0) == fairness.MOST


@given(WAITING)
def test_everybody_is_there_once_and_the_longest_wait_is_first(waiting):
    order = fairness.in_order(waiting.items())
    assert sorted(order) == sorted(waiting)
    assert order[:1] == list(waiting)[:1]
    rest = [fairness.is_backlog(waiting[key]) for key in order[1:]]
    assert rest == sorted(rest)


@given(WAITING, st.integers(1, 20))
def test_every_backlog_ends_while_others_go_on_writing(waiting, lanes):
    """Newcomers fill every round; whoever waits is served nevertheless."""
    queue, rounds = dict(waiting), 0
    while any(key in queue for key in waiting):
        rounds += 1
        queue.update((f"new {rounds} {one}", 1) for one in range(lanes))
        for key in fairness.in_order(queue.items())[:lanes]:
            queue[key] -= fairness.share(lanes)
            if queue[key] <= 0:
                del queue[key]
        assert rounds <= sum(waiting.values()) * (lanes + 1)
