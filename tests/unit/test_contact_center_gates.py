"""The lists of open routes, and the headers of pages with citizens' words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.core import gates, headers


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


def test_figures_that_are_no_number_name_no_channel():
    assert gates.named_channels({"channel_id": "²", "channel_ids": ["7", "①"]}) == {7}


def test_people_of_web_pages_and_people_who_work_here():
    assert gates.is_web_chat("/im_livechat/get_session")
    assert gates.is_web_chat("/chatbot/step/trigger")
    assert not gates.is_web_chat("/im_livechat/session/update_note")
    assert not gates.is_web_chat("/web/login")


def test_reports_and_files_each_have_their_policy():
    for kind in ("text/html", "text/plain", "application/pdf"):
        assert headers.policy(kind, "/report/html/x/1") == headers.REPORT
    for kind in ("text/html", "image/svg+xml", "application/atom+xml", "TEXT/HTML; charset=utf-8"):
        file = headers.added(kind, "/web/content/1", "default-src 'none'")
        assert file == {headers.CSP: headers.FILE, "X-Content-Type-Options": "nosniff"}
    assert headers.policy("application/pdf", "/web/content/1", "default-src 'none'") is None


def test_all_else_is_left_alone():
    for path in ("/odoo", "/web/login", "/slides/a", "/mail/data"):
        for present in (None, "frame-ancestors 'self'"):
            assert headers.added("text/html; charset=utf-8", path, present) == {}


def test_scripts_come_from_nowhere_in_reports_and_files():
    for policy in (headers.REPORT, headers.FILE):
        assert "script-src" not in policy
        assert "default-src 'none'" in policy
        assert "form-action 'none'" in policy
