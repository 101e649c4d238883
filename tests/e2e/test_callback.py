"""A full queue: the citizen is offered a call-back and leaves.

They are written to in their turn.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from devtools.servers import Stack
from devtools.story import wait_until
from sandbox.client import PhoneClient
from tests.e2e.desk import CONVERSATION, admin, clear_desks, person, row
from tests.e2e.people import People
from tests.e2e.test_desk import rows, waiting
from tests.e2e.test_distribution import QUEUE, offers

__all__ = ["waiting"]

CALLBACK = "contact_center.callback"
FULL = {"mode": "offer", "max_waiting": 1, "when_full": "call_back", "calendar_id": False}
NAME = "Zuleica Amaral"


@pytest.fixture
def full(stack: Stack) -> Iterator[int]:
    """Leave the queue of joana and pedro room for one; restore it after the test."""
    queue = row(admin(stack), QUEUE, [("name", "=", "Suporte de TI")], ["id", "calendar_id"])
    before = {"mode": "pull", "max_waiting": 0, "when_full": "message"}
    admin(stack).call(QUEUE, "write", [queue["id"]], FULL)
    yield queue["id"]
    calendar = queue["calendar_id"] and queue["calendar_id"][0]
    admin(stack).call(QUEUE, "write", [queue["id"]], {**before, "calendar_id": calendar})
    clear_desks(stack)


def callback(stack: Stack) -> dict:
    """Return the citizen's call-back."""
    domain = [("partner_id.name", "=", NAME)]
    found = admin(stack).search_read(CALLBACK, domain, ["state", "tries"])
    return found[0] if found else {"state": "", "tries": 0}


@pytest.mark.parametrize("waiting", [1], indirect=True)
def test_called_back(people: People, stack: Stack, waiting: list, full: int) -> None:
    """Somebody waits, nobody is there; one more comes."""
    account = row(admin(stack), "whatsapp.account", [], ["flow_id"])
    admin(stack).call("whatsapp.account", "write", [account["id"]], {"flow_id": False})
    phone = PhoneClient(stack.meta_url, "5531975099001", NAME, timeout=90)
    phone.send_text("Preciso de ajuda com a impressora")
    offered = phone.wait_text("guardamos o seu lugar")
    flow_id = account["flow_id"][0]
    admin(stack).call("whatsapp.account", "write", [account["id"]], {"flow_id": flow_id})

    # The citizen taps the button, is told that the place is kept, and leaves.
    phone.choose("Quero retorno")
    phone.wait_text("está guardado")
    assert offered
    assert callback(stack) == {"id": callback(stack)["id"], "state": "waiting", "tries": 0}

    # Supervisors see who waits, and since when.
    sofia = people.user("sofia", "/odoo/retornos")
    line = sofia.locator(".o_data_row").filter(has_text=NAME)
    expect(line).to_be_visible()
    expect(line).to_contain_text("Aguardando o retorno")

    # It is their turn: the agent accepts by the keyboard, the citizen is written to.
    clear_first = [("state", "=", "queued"), ("callback_id", "=", False)]
    for conversation in admin(stack).call(CONVERSATION, "search", clear_first):
        admin(stack).call(CONVERSATION, "action_close", [conversation])
    joana = people.agent("joana")
    person(stack, "joana").call("contact_center.agent.state", "set_mine", "available")
    expect(offers(joana).get_by_test_id("offer-callback")).to_be_visible()
    expect(offers(joana)).to_contain_text(NAME)
    joana.keyboard.press("Alt+Shift+Y")
    expect(rows(joana, "mine", NAME)).to_be_visible()
    phone.wait_text("Chegou a sua vez")

    # The citizen comes back and answers; the agent reads it.
    phone.send_text("Estou aqui, obrigada por chamar")
    expect(joana.get_by_text("Estou aqui, obrigada por chamar").first).to_be_visible()
    wait_until(lambda: callback(stack)["state"] == "answered", "the answer was not noted")
    assert callback(stack)["tries"] == 1
