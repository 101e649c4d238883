"""A firewall before GLPI that dislikes one request and lets the others through.

Or a web server.
"""

import pytest

from glpi_connector import rest
from glpi_connector.rest.hlapi_transport import from_answer as from_high_level
from tests.unit.test_glpi_connector_wire import connect, server  # noqa: F401 - a fixture

PAGE = b"<html><head><title>403 Forbidden</title></head><body>ModSecurity</body></html>"
F5 = (
    b"<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. "
    b"Please consult with your administrator.<br><br>Your support ID is: 123</body></html>"
)


def before_glpi(status, body, wherever=False):
    """Answer posts (or everything) with a page, and the rest as GLPI does."""

    def say(handler):
        if wherever or handler.command == "POST":
            handler.raw(status, body)
        else:
            handler.json(200, {"active_profile": {"id": 1}})

    return say


@pytest.mark.parametrize("status", [400, 403, 404, 405, 406, 414, 415, 422, 451])
def test_page_to_one_text_is_that_texts_own(server, status):  # noqa: F811
    server.say = before_glpi(status, PAGE)
    with connect(server) as client, pytest.raises(rest.GlpiRefused) as caught:
        client.add_followup(1, "<p>' OR 1=1 -- </p>")
    assert (caught.value.kind, caught.value.status) == ("blocked", status)


@pytest.mark.parametrize("status", [403, 404, 406])
def test_page_to_everything_is_a_wrong_address(server, status):  # noqa: F811
    server.say = before_glpi(status, PAGE, wherever=True)
    with connect(server) as client, pytest.raises(rest.GlpiAuth) as caught:
        client.add_followup(1, "<p>bom dia</p>")
    assert caught.value.kind == "url"


def test_page_with_200_of_a_firewall_is_no_outage(server):  # noqa: F811
    server.say = before_glpi(200, F5)
    with connect(server) as client, pytest.raises(rest.GlpiRefused) as caught:
        client.add_followup(1, "<p>union select</p>")
    assert caught.value.kind == "blocked"


@pytest.mark.parametrize("body", [b"", PAGE, b'{"message": "too large"}', b"null"])
def test_too_large_is_that_requests_own(server, body):  # noqa: F811
    server.say = before_glpi(413, body, wherever=True)
    with connect(server) as client, pytest.raises(rest.GlpiRefused) as caught:
        client.add_followup(1, "<p>x</p>")
    assert caught.value.kind == "request_size"


def test_high_level_api_knows_too_large_as_well():
    assert from_high_level(413, None).kind == "request_size"
    assert isinstance(from_high_level(413, None), rest.GlpiRefused)
