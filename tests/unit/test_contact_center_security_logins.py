"""Counting of attempts to log in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center_security.core import logins


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        (None, ""),
        ("unix:", "unix:"),
    ],
)
def test_addresses_of_one_subscriber_are_one(address, key):
    assert logins.source_key(address) == key


@given(st.one_of(st.text(), st.none(), st.integers(), st.lists(st.text())))
def test_any_login_fits_the_table(login):
    key = logins.login_key(login)
    assert len(key) <= 200
    assert "\0" not in key
    key.encode()


def test_counters_go_from_the_narrowest_to_the_widest():
    narrow, login, source = logins.counters("password", "joana", "203.0.113.7", 5)
    assert (narrow.limit, login.limit, source.limit) == (5, 50, 50)
    assert (narrow.login, narrow.source) == ("joana", "203.0.113.7")
    assert (login.login, login.source) == ("joana", logins.ANY)
    assert (source.login, source.source) == (logins.ANY, "203.0.113.7")
