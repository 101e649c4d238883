"""A request that is carried out after its time-out is found, closed as a double."""

import secrets
import time

import pytest
import requests

from glpi_connector import rest
from glpi_connector.rest import text
from glpi_connector.rest.interface import STATUS_CLOSED, STATUS_NEW
from sandbox.glpi import GlpiSandbox

from .test_glpi_dialects import DIALECTS

LATE_MS = 2000


@pytest.fixture(scope="module")
def glpi():
    with GlpiSandbox() as server:
        yield server


@pytest.fixture(params=list(DIALECTS))
def client(glpi, request):
    dialect, credentials = DIALECTS[request.param]
    with rest.connect(dialect, glpi.url, timeout=(5, 0.9), **credentials) as connected:
        connected.test()
        yield connected


def test_late_ticket_is_found_and_closed_as_a_double(glpi, client):
    marker = f"CC-{secrets.token_hex(6)}"
    draft = rest.TicketDraft("Impressora", text.describe("Parada", marker=marker), marker)
    faults = {"late_create": 1, "late_create_ms": LATE_MS}
    requests.put(f"{glpi.url}/control/faults", json=faults, timeout=5).raise_for_status()
    with pytest.raises(rest.GlpiDown) as caught:
        client.create_ticket(draft)
    assert caught.value.maybe_done, "it may still be carried out"
    assert client.find_tickets(marker) == [], "not yet"
    kept = client.create_ticket(draft)
    deadline = time.monotonic() + 10
    while len(client.find_tickets(marker)) < 2:
        assert time.monotonic() < deadline, "the first request was never carried out"
        time.sleep(0.1)
    (double,) = set(client.find_tickets(marker)) - {kept}
    words = text.followup(f"Continua no {kept}", f"{marker}-{double}")
    for _again in range(2):
        client.close_double(double, kept, words, f"{marker}-{double}")
    news = client.read_ticket(double)
    assert news.status == STATUS_CLOSED
    (note,) = client.followups(news)
    assert note.private and str(kept) in note.content
    assert client.read_ticket(kept).status == STATUS_NEW


def test_late_followup_is_found_and_taken_away(glpi, client):
    """Deleted, or private where it may not be deleted: the citizen's words stand there once."""
    marker = f"CC-{secrets.token_hex(6)}"
    draft = rest.TicketDraft("Impressora", text.describe("Parada", marker=marker), marker)
    ticket = client.create_ticket(draft)
    words = text.followup("É o 1234", f"{marker}-f")
    faults = {"late_followup": 1, "late_create_ms": LATE_MS}
    requests.put(f"{glpi.url}/control/faults", json=faults, timeout=5).raise_for_status()
    with pytest.raises(rest.GlpiDown) as caught:
        client.add_followup(ticket, words)
    assert caught.value.maybe_done, "it may still be carried out"
    assert client.find_followups(ticket, f"{marker}-f") == [], "not yet"
    kept = client.add_followup(ticket, words)
    deadline = time.monotonic() + 10
    while len(client.find_followups(ticket, f"{marker}-f")) < 2:
        assert time.monotonic() < deadline, "the first request was never carried out"
        time.sleep(0.1)
    (double,) = set(client.find_followups(ticket, f"{marker}-f")) - {kept}
    for _again in range(2):
        client.remove_followup(ticket, double)
    public = [one.id for one in client.followups(client.read_ticket(ticket)) if not one.private]
    assert public == [kept]


def test_firewall_that_dislikes_a_text_lets_the_others_through(glpi, client):
    marker = f"CC-{secrets.token_hex(6)}"
    draft = rest.TicketDraft("Impressora", text.describe("Parada", marker=marker), marker)
    ticket = client.create_ticket(draft)
    faults = {"firewall": "union select"}
    requests.put(f"{glpi.url}/control/faults", json=faults, timeout=5).raise_for_status()
    try:
        with pytest.raises(rest.GlpiRefused) as caught:
            client.add_followup(ticket, text.followup("union select * from"))
        assert caught.value.kind == "blocked"
        assert client.add_followup(ticket, text.followup("bom dia"))
    finally:
        requests.delete(f"{glpi.url}/control/faults", timeout=5).raise_for_status()
