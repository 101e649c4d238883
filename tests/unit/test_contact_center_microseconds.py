"""Moments in microseconds: exact both ways, also through the floats of RPC."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contact_center.core import microseconds

MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2400, 1, 1))


@given(MOMENTS)
def test_a_moment_and_its_number_say_the_same(at):
    us = microseconds.to_us(at)
    assert microseconds.EPOCH + timedelta(microseconds=us) == at
    assert microseconds.from_us(us) == at.replace(microsecond=0)


@given(MOMENTS, MOMENTS)
def test_differences_are_exact(one, other):
    between = microseconds.to_us(other) - microseconds.to_us(one)
    assert timedelta(microseconds=between) == other - one


def test_a_float_as_rpc_passes_it_holds_every_moment_exactly():
    last = microseconds.to_us(datetime(2200, 1, 1)) - 1
    assert int(float(last)) == last


def test_now_is_of_this_second():
    before = datetime.now(UTC).replace(tzinfo=None)
    now = microseconds.now_us()
    assert 0 <= now - microseconds.to_us(before) < 60 * microseconds.SECOND
