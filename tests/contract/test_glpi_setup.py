"""Mistakes in the set-up of a GLPI are named: rights, headers, its own database."""

import pytest

from glpi_connector import rest
from glpi_connector.rest import errors
from sandbox.glpi import GlpiSandbox
from tests.cases import case

from .test_glpi_dialects import DIALECTS, draft

KINDS = {
    "Location": "location_read",
    "ITILCategory": "category_read",
    "Entity": "entity_read",
    "Group": "group_read",
    "RequestType": "request_type_read",
    "User": "user_read",
}


@pytest.fixture
def glpi():
    with GlpiSandbox() as server:
        yield server


@pytest.fixture(params=list(DIALECTS))
def client(glpi, request):
    dialect, credentials = DIALECTS[request.param]
    with rest.connect(dialect, glpi.url, **credentials) as connected:
        yield connected


@pytest.mark.parametrize("itemtype", KINDS)
def test_each_catalogue_without_its_right_is_named(glpi, client, itemtype):
    assert client.test().missing_rights == ()
    glpi.store.settings["rights_missing"] = [itemtype]
    assert client.test().missing_rights == (KINDS[itemtype],)


def test_rights_come_in_their_order(glpi, client):
    glpi.store.settings["rights_missing"] = list(KINDS)
    missing = client.test().missing_rights
    assert list(missing) == sorted(missing, key=rest.interface.RIGHTS.index)
    assert set(missing) == set(KINDS.values())


def test_header_taken_away_by_a_proxy_is_named(glpi, client):
    glpi.store.settings["authorization_lost"] = True
    with pytest.raises(rest.GlpiAuth) as caught:
        client.test()
    assert caught.value.kind == "authorization"


@pytest.mark.parametrize("status", [401, 407])
def test_password_asked_by_something_in_front_is_named(status):
    error = errors.from_answer(status, None)
    assert isinstance(error, rest.GlpiAuth)
    assert error.kind == {401: "authorization", 407: "proxy_login"}[status]


def test_database_away_is_a_glpi_that_is_away(glpi, client):
    number = client.create_ticket(draft())
    glpi.faults.set_down(True, "html")
    for call in (client.test, lambda: client.read_ticket(number), lambda: client.find_tickets("x")):
        with pytest.raises(rest.GlpiDown) as caught:
            call()
        assert caught.value.kind == "database"
    with pytest.raises(rest.GlpiDown) as caught:
        client.create_ticket(draft())
    assert caught.value.maybe_done, "who knows: looked for before it is sent again"
    glpi.faults.set_down(False)
    assert client.read_ticket(number).id == number


def test_case_of_a_database_away():
    """g02: 200 text/html to initSession."""
    recorded = case("g02-database-away-200-html.json")
    with GlpiSandbox() as server:
        server.faults.set_down(True, "html")
        with rest.connect("legacy", server.url, **DIALECTS["legacy"][1]) as client:
            with pytest.raises(rest.GlpiDown) as caught:
                client.find_tickets("x")
    assert (recorded["status"], caught.value.kind) == (200, "database")
    assert "Mysql Error" in recorded["body"]


def test_case_of_the_right_of_request_sources():
    """g09: a profile without "dropdown" may not list request sources."""
    rights = case("g09-requesttype-needs-dropdown-right.json")["profile_rights"]
    needed = {"request_type_read"}
    with (
        GlpiSandbox() as server,
        rest.connect("legacy", server.url, **DIALECTS["legacy"][1]) as client,
    ):
        assert {
            right
            for right in rest.interface.RIGHTS
            if not client._has({**rights, "dropdown": 0}, right)
        } == needed


def test_case_of_a_lost_header():
    """b36: initSession answers 400 ERROR_LOGIN_PARAMETERS_MISSING although a token was sent."""
    status, data = case("b36-authorization-lost.json")["input"]["initSession (token was sent)"]
    assert errors.from_answer(status, data, login=True).kind == "authorization"
