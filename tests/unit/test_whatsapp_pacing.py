"""How fast to send and when to try again."""

from hypothesis import given
from hypothesis import strategies as st

from whatsapp_helpdesk.cloud_api import errors, pacing
from whatsapp_helpdesk.cloud_api.errors import ErrorClass


def test_burst_of_45_then_one_in_six_seconds():
    full_at = 0.0
    for _number in range(pacing.PAIR_BURST):
        wait, full_at = pacing.take(full_at, 1000.0, pacing.PAIR_PERIOD, pacing.PAIR_BURST)
        assert wait == 0
    wait, same = pacing.take(full_at, 1000.0, pacing.PAIR_PERIOD, pacing.PAIR_BURST)
    assert abs(wait - 6.0) < 1e-6 and same == full_at
    wait, full_at = pacing.take(full_at, 1006.0, pacing.PAIR_PERIOD, pacing.PAIR_BURST)
    assert wait == 0


@given(st.lists(st.floats(min_value=0, max_value=5), min_size=1, max_size=200))
def test_never_more_than_burst_plus_rate(gaps):
    now, full_at, sent = 1000.0, 0.0, 0
    for gap in gaps:
        now += gap
        wait, full_at = pacing.take(full_at, now, 6.0, 45)
        sent += wait == 0
    assert sent <= 45 + (now - 1000.0) / 6.0 + 1


def test_number_rate_is_kept():
    limiter = pacing.RateLimiter(80.0)
    allowed = sum(limiter.take(100.0 + step / 1000.0) == 0 for step in range(1000))
    assert 80 <= allowed <= 80 + 20 + 1


def test_delays_grow_to_a_limit():
    delays = [pacing.retry_delay(tries, jitter=0.0) for tries in range(1, 40)]
    assert delays[:4] == [2.0, 4.0, 8.0, 16.0]
    assert max(delays) == 900.0 and delays == sorted(delays)
    assert pacing.pair_retry_delay(2) == 16.0


CLASSES = {
    ErrorClass.RETRY: [4, 80007, 130429, "unreachable"],
    ErrorClass.RETRY_PAIR: [131056],
    ErrorClass.UNKNOWN: [1, 2, 131000, 131016, 131057, 133004, "timeout"],
    ErrorClass.PAUSE_ACCOUNT: [
        0,
        190,
        3,
        10,
        200,
        299,
        131005,
        368,
        131031,
        131048,
        131042,
    ],
    ErrorClass.NEEDS_TEMPLATE: [131047],
    ErrorClass.NO_RETRY: [
        130497,
        131026,
        131050,
        130472,
        131021,
        100,
        131053,
        132000,
        132001,
        999999,
    ],
}


def test_every_class_of_the_table():
    for kind, codes in CLASSES.items():
        for code in codes:
            assert errors.info(code).kind is kind, code
            assert errors.info(code).reason
    assert errors.info("190").kind is ErrorClass.PAUSE_ACCOUNT
    assert errors.info(None, http=503).kind is ErrorClass.UNKNOWN
    assert errors.info(55, transient=True).kind is ErrorClass.UNKNOWN
    assert errors.info(None, http=401).kind is ErrorClass.PAUSE_ACCOUNT
    assert errors.info(None, http=429).kind is ErrorClass.RETRY


@given(st.one_of(st.text(), st.integers(), st.none(), st.booleans()), st.integers(0, 999))
def test_any_code_has_a_class_and_words(code, http):
    row = errors.info(code, http=http)
    assert isinstance(row.kind, ErrorClass) and row.reason
