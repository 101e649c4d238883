"""Caps per person: so many in a period, one answer, no clock that locks one out."""

from hypothesis import given
from hypothesis import strategies as st

from contact_center.core import caps
from contact_center.core.caps import Count

_MINUTE = 60.0


def run(times, most, period=_MINUTE):
    """Return (how many went through, how many answers were given)."""
    count, through, answers = Count(), 0, 0
    for at in times:
        count = caps.add(count, at, period)
        through += not caps.is_over(count, most)
        answers += caps.is_first_over(count, most)
    return through, answers


def test_thirty_in_a_minute_and_one_answer():
    assert run([1000.0 + number / 10 for number in range(40)], 30) == (30, 1)


def test_over_two_caps_the_longer_period_speaks_once():
    most = {caps.MESSAGES: 3, caps.HOURLY: 6}
    counts, answers, through = {kind: Count() for kind in most}, [], 0
    for number in range(40):
        at = 1000.0 + number * 10
        counts = {kind: caps.add(count, at, caps.PERIODS[kind]) for kind, count in counts.items()}
        kind, is_first = caps.exceeded(counts, most)
        answers += [kind] * is_first
        through += not kind
    assert through == 3
    assert answers == [caps.MESSAGES, caps.HOURLY]


def test_next_period_begins_anew_with_an_answer_of_its_own():
    times = [1000.0 + number / 10 for number in range(40)]
    assert run(times + [at + 61 for at in times], 30) == (60, 2)


def test_pace_of_an_hour_below_the_cap_is_never_refused():
    assert run([number * 3.0 for number in range(1200)], 30) == (1200, 0)


def test_no_cap():
    assert run([0.0] * 1000, 0) == (1000, 0)


def test_wrong_time_of_one_message_locks_nobody_out():
    assert run([10**9] + [1000.0 + number for number in range(20)], 30)[0] == 21
    count = caps.add(Count(10**9, 99), 1000.0, _MINUTE)
    assert count == Count(1000.0, 1)


@given(
    st.lists(st.floats(0, 10_000), max_size=200).map(sorted),
    st.integers(1, 40),
    st.sampled_from([60.0, 3600.0]),
)
def test_never_more_than_the_cap_in_its_period_and_never_two_answers(times, most, period):
    count, starts, passed, answered = Count(), [], {}, {}
    for at in times:
        count = caps.add(count, at, period)
        starts.append(count.since)
        passed[count.since] = passed.get(count.since, 0) + (not caps.is_over(count, most))
        answered[count.since] = answered.get(count.since, 0) + caps.is_first_over(count, most)
    assert all(number <= most for number in passed.values())
    assert all(number <= 1 for number in answered.values())
    assert starts == sorted(starts)
