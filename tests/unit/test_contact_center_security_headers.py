"""Headers of the application's pages, by themselves and beside the core's."""

import pytest

from contact_center.core import headers as core
from contact_center_security.core import headers

HTML = "text/html; charset=utf-8"
NOSNIFF = {"X-Content-Type-Options": "nosniff"}


def test_pages_have_the_whole_policy():
    # also those that Odoo marks in part
    for present in (None, "frame-ancestors 'self'"):
        page = headers.added(HTML, present)
        assert page[headers.CSP] == headers.APPLICATION
        assert page["X-Frame-Options"] == "SAMEORIGIN"
    for kind in ("application/json", "application/pdf", "text/javascript", ""):
        assert headers.added(kind) == NOSNIFF


def test_a_websites_pages_are_left_alone():
    assert headers.added(HTML, of_website=True) == NOSNIFF


@pytest.mark.parametrize("policy", [core.REPORT, core.FILE, "default-src 'none'"])
def test_what_may_do_nothing_is_given_no_more(policy):
    assert headers.CSP not in headers.added(HTML, policy)
    assert headers.CSP not in headers.added(HTML, policy, of_website=True)


@pytest.mark.parametrize("policy", [None, headers.APPLICATION])
def test_a_report_is_a_report_whichever_addon_comes_first(policy):
    assert core.policy(HTML, "/report/html/x/1", policy) == core.REPORT


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
