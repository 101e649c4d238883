"""What agents' time went into: the parts add up to the whole, to the microsecond."""

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from contact_center.core import agent_time, presence
from contact_center.core.agent_time import Interval
from contact_center.core.presence import Seen

KINDS = ("available", "in_service", "after_work", "break", "away", "logged_out")
SWITCHES = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(-(10**6), 10**9)), min_size=1)
SERVICES = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 300)), max_size=20)


def ledger(switches, start=0):
    """Return the intervals of such switches.

    (kind, microseconds until the next one).
    """
    intervals, now = [], start
    for kind, pause in switches:
        if intervals:
            last = intervals[-1]
            intervals[-1] = Interval(
                last.kind, last.start, agent_time.moment_of_switch(last.start, now)
            )
        begins = intervals[-1].end if intervals else now
        intervals.append(Interval(kind, begins))
        now += pause
    return intervals


@given(SWITCHES)
def test_no_gaps_and_no_overlaps(switches):
    assert agent_time.faults(ledger(switches)) == []


@given(SWITCHES, st.integers(0, 10**9))
def test_the_parts_add_up_to_the_logged_time(switches, more):
    intervals = ledger(switches)
    since, until = intervals[0].start, intervals[-1].start + more
    times = agent_time.time_by_kind(intervals, since, until)
    out = [one for one in intervals if one.kind == "logged_out"]
    logged_out = sum(one.end - one.start for one in agent_time.clipped(out, since, until))
    assert sum(times.values()) + logged_out == until - since
    assert not times or abs(sum(agent_time.shares(times).values()) - 100) < 1e-6


@given(st.dictionaries(st.sampled_from(KINDS), st.integers(1, 10**12)))
def test_whole_shares_fill_the_bar(times):
    whole, exact = agent_time.whole_shares(times), agent_time.shares(times)
    assert sum(whole.values()) == (100 if times else 0)
    assert whole.keys() == exact.keys()
    assert all(abs(whole[kind] - exact[kind]) < 1 for kind in whole)


@given(SWITCHES, st.lists(st.integers(0, 10**10), min_size=2, max_size=6))
def test_days_add_up_to_the_month(switches, moments):
    """Cut anywhere, nothing is counted twice and nothing is lost."""
    intervals, cuts = ledger(switches), sorted(moments)
    whole = agent_time.time_by_kind(intervals, cuts[0], cuts[-1])
    parts = {}
    for since, until in pairwise(cuts):
        for kind, time in agent_time.time_by_kind(intervals, since, until).items():
            parts[kind] = parts.get(kind, 0) + time
    assert parts == whole


def test_a_hundred_thousand_switches_lose_no_microsecond():
    draw = random.Random(6_3)
    switches = [(draw.choice(KINDS), draw.randrange(-1000, 10**8)) for _ in range(100_000)]
    intervals = ledger(switches, start=1_790_000_000_000_000)
    assert agent_time.faults(intervals) == []
    since, until = intervals[0].start, intervals[-1].start + 1
    times = agent_time.time_by_kind(intervals, since, until)
    out = sum(
        (until if one.end is None else one.end) - one.start
        for one in intervals
        if one.kind == "logged_out"
    )
    assert sum(times.values()) + out == until - since


@given(SERVICES, st.integers(0, 500), st.integers(500, 1500))
def test_time_with_contacts_counts_once_where_they_overlap(drawn, since, until):
    services = [Interval("service", start, start + length) for start, length in drawn]
    moments = {
        moment for one in services for moment in range(max(one.start, since), min(one.end, until))
    }
    assert agent_time.busy_time(services, since, until) == len(moments)
    assert agent_time.contact_time(services, since, until) >= len(moments)


SEEN = st.builds(
    Seen,
    st.sampled_from(("available", "in_service", "break", "away", "training", "offered")),
    st.booleans(),
    st.booleans(),
    st.floats(0, 10**5),
    st.none() | st.floats(0, 10**5),
)


@given(SEEN)
def test_nobody_who_is_there_becomes_away(seen):
    if not seen.offline and seen.silent < presence.SILENT:
        assert presence.step(seen) not in (presence.AWAY, presence.LOG_OUT, presence.NOTE)


@given(SEEN)
def test_nobody_works_with_a_browser_lost_for_long(seen):
    lost = seen.lost is not None and seen.lost >= presence.LOST
    if seen.kind in presence.AT_WORK and seen.offline and lost:
        assert presence.step(seen) == presence.AWAY


@given(SEEN)
def test_a_pause_is_never_made_into_another_state(seen):
    if seen.kind in ("break", "training") and not seen.by_loss:
        assert presence.step(seen) in ("", presence.NOTE, presence.FORGET, presence.LOG_OUT)
