"""The lists of what is open, how tries are counted, and what browsers are told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.core import gates, headers, logins


@pytest.mark.parametrize(
    "path",
    [
        "/discuss/channel/messages",
        "/discuss/channel/12",
        "/discuss/channel/12/attachment/5",
        "/discuss/channel/12/image/5/64x64",
        "/mail/message/post",
        "/mail/attachment/upload",
        "/mail/data",
    ],
)
def test_what_the_desk_needs_is_open(path):
    assert gates.is_guarded(path)
    assert gates.is_open(path)
    assert gates.is_open(path + "/")


@pytest.mark.parametrize(
    "path",
    [
        "/discuss/channel/join",
        "/discuss/channel/messagesx",
        "/discuss/channel/12/anything/5",
        "/discuss/channel/sub_channel/create",
        "/im_livechat/visitor_leave_session",
        "/mail/rtc/channel/join_call",
        "/mail/message/postpone",
        "/mail/something_new",
        "/chatbot/restart",
    ],
)
def test_what_is_not_listed_is_closed(path):
    assert gates.is_guarded(path)
    assert not gates.is_open(path)


@pytest.mark.parametrize("value", [7, "7", " 7 ", [7], ["7", None], (7,)])
def test_channels_are_found_however_they_are_written(value):
    assert gates.named_channels({"channel_id": value}) == {7}
    assert gates.named_channels({"thread_model": "discuss.channel", "thread_id": value}) == {7}
    assert gates.named_channels({"thread_model": "res.partner", "thread_id": value}) == set()
    assert gates.named_messages({"message_id": value}) == {7}


@given(st.one_of(st.none(), st.booleans(), st.text(), st.floats(), st.lists(st.text())))
def test_nothing_that_a_request_brings_breaks_the_guard(value):
    found = gates.named_channels({"channel_id": value, "res_id": value, "model": value})
    assert all(isinstance(number, int) for number in found)


def test_people_of_web_pages_and_people_who_work_here():
    assert gates.is_web_chat("/im_livechat/get_session")
    assert gates.is_web_chat("/chatbot/step/trigger")
    assert not gates.is_web_chat("/im_livechat/session/update_note")
    assert not gates.is_web_chat("/web/login")


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


def test_pages_reports_and_files_each_have_their_policy():
    page = headers.added("text/html; charset=utf-8", "/odoo")
    assert page[headers.CSP] == headers.APPLICATION
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    for kind in ("text/html", "text/plain", "application/pdf"):
        assert headers.policy(kind, "/report/html/x/1") == headers.REPORT
    for kind in ("text/html", "image/svg+xml", "application/atom+xml", "TEXT/HTML"):
        assert headers.policy(kind, "/web/content/1", "default-src 'none'") == headers.FILE
    assert headers.policy("application/pdf", "/web/content/1", "default-src 'none'") is None
    assert headers.policy("application/json", "/mail/data") is None
    # Pages that Odoo itself marks get the whole policy
    assert (
        headers.policy("text/html", "/web/login", "frame-ancestors 'self'") == headers.APPLICATION
    )


def test_scripts_come_from_nowhere_in_reports_and_files():
    for policy in (headers.REPORT, headers.FILE):
        assert "script-src" not in policy
        assert "default-src 'none'" in policy
        assert "form-action 'none'" in policy


@pytest.mark.parametrize(
    ("line", "secure", "flags"),
    [
        ("session_id=abc; Path=/", True, {"Secure", "HttpOnly", "SameSite=Lax"}),
        ("session_id=abc; HttpOnly; Path=/", False, {"HttpOnly", "SameSite=Lax"}),
        ("td_id=x; samesite=Strict; secure", True, {"samesite=Strict", "secure", "HttpOnly"}),
        ("frontend_lang=pt_BR; Path=/", True, {"Secure", "SameSite=Lax"}),
        ("cids=; Max-Age=0", True, {"Max-Age=0", "Secure", "SameSite=Lax"}),
    ],
)
def test_cookies_are_kept_from_other_pages(line, secure, flags):
    sent = headers.cookie(line, secure)
    assert {part.strip() for part in sent.split(";")[1:]} - {"Path=/"} == flags
    assert sent.startswith(line)
