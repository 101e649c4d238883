"""GLPI 11 names a requester in a request of its own, which may fail.

It may be refused or do nothing.
"""

import pytest

from glpi_connector import rest
from sandbox.glpi import GlpiSandbox
from sandbox.glpi.demo_state import CITIZEN

from .test_glpi_dialects import DIALECTS, draft


@pytest.fixture
def glpi():
    with GlpiSandbox() as server:
        yield server


def connected(glpi, name):
    dialect, credentials = DIALECTS[name]
    return rest.connect(dialect, glpi.url, **credentials)


def requesters(glpi, number):
    return [row["users_id"] for row in glpi.store.rows("Ticket_User", tickets_id=number, type=1)]


@pytest.mark.parametrize("name", DIALECTS)
def test_requester_that_was_taken_is_not_named_twice(glpi, name):
    with connected(glpi, name) as client:
        number = client.create_ticket(draft(requester_id=CITIZEN))
        for _again in range(2):
            assert client.settle_requester(number, CITIZEN)
    assert requesters(glpi, number) == [CITIZEN]


@pytest.mark.parametrize("how", ["refused", "ignored"])
def test_team_member_without_effect_is_named_by_the_legacy_api(glpi, how):
    glpi.store.settings["team_member"] = how
    with connected(glpi, "hlapi") as client:
        number = client.create_ticket(draft(requester_id=CITIZEN))
        assert requesters(glpi, number) == [], "lost in silence"
        assert client.settle_requester(number, CITIZEN)
    assert requesters(glpi, number) == [CITIZEN]


@pytest.mark.parametrize("how", ["refused", "ignored"])
def test_without_the_legacy_api_it_is_said(glpi, how):
    glpi.store.settings["team_member"] = how
    with connected(glpi, "hlapi-alone") as client:
        number = client.create_ticket(draft(requester_id=CITIZEN))
        assert not client.settle_requester(number, CITIZEN)
        glpi.store.settings["team_member"] = ""
        assert client.settle_requester(number, CITIZEN)
    assert requesters(glpi, number) == [CITIZEN]


@pytest.mark.parametrize("name", DIALECTS)
def test_address_without_account(glpi, name):
    with connected(glpi, name) as client:
        number = client.create_ticket(draft(requester_email="visita@example.test"))
        assert client.settle_requester(number, email="Visita@example.test")
    rows = glpi.store.rows("Ticket_User", tickets_id=number, type=1)
    wanted = [] if name == "hlapi-alone" else ["visita@example.test"]
    assert [row["alternative_email"] for row in rows] == wanted
