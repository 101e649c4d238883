"""Six technicians at work at once (A06 asks for five), each with a citizen."""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from benchmarks.row_screen import HAND_OVER, MAKE_AGENTS, new_password
from benchmarks.screens import Screen
from devtools.odoo_client import OdooClient
from devtools.servers import Stack
from devtools.story import wait_until
from sandbox.client import PhoneClient
from tests.e2e.desk import CONVERSATION, calm, row

COUNT = 6
# As Meta names telephones of this area: without the ninth digit.
NUMBERS = [f"5531760000{number:02}" for number in range(COUNT)]


@dataclass
class Desk:
    """One technician, their screen, and the citizen whom they serve."""

    screen: Screen
    phone: PhoneClient
    channel_id: int
    mark: str


@pytest.fixture
def desks(stack: Stack) -> Iterator[list[Desk]]:
    """Open the technicians' desks, websockets open, each with a conversation taken."""
    phones = {number: PhoneClient(stack.meta_url, number) for number in NUMBERS}
    for phone in phones.values():
        phone.send_text("oi")
    calm(stack)
    waiting = dict(json.loads(stack.shell(HAND_OVER, wa_ids=NUMBERS).splitlines()[-1]))
    run, password = secrets.token_hex(4), new_password()
    logins = [f"tecnico-{run}-{number}" for number in range(COUNT)]
    stack.shell(MAKE_AGENTS, logins=logins, password=password)
    found = []
    for number, (conversation_id, wa_id) in enumerate(waiting.items()):
        client = OdooClient(stack.odoo_url, stack.db_name).login(logins[number], password)
        client.call(CONVERSATION, "action_take", [conversation_id])
        taken = row(client, CONVERSATION, [("id", "=", conversation_id)], ["discuss_channel_id"])
        screen = Screen(client, stack.odoo_url.replace("http", "ws", 1) + "/websocket")
        channel_id = taken["discuss_channel_id"][0]
        found.append(Desk(screen, phones[wa_id], channel_id, f"bench-{run}-{number}"))
    for desk in found:
        desk.screen.open()
    yield found
    for desk in found:
        desk.screen.close()


def test_six_at_once(desks: list[Desk]) -> None:
    """Each sees what their citizen writes, nobody else's, and answers; nothing is mixed up."""
    assert len(desks) == COUNT
    for desk in desks:
        desk.phone.send_text(f"Ainda está aí? {desk.mark}")
    for desk in desks:
        wait_until(lambda desk=desk: desk.mark in desk.screen.seen, f"{desk.mark} never came", 30)
    for desk in desks:
        assert set(desk.screen.seen) == {desk.mark}
        assert desk.screen.problem == ""
    for desk in desks:
        desk.screen.client.post(desk.channel_id, f"Estou aqui: {desk.mark}")
    for desk in desks:
        desk.phone.wait_text(f"Estou aqui: {desk.mark}")
    for desk in desks:
        others = {other.mark for other in desks} - {desk.mark}
        heard = " ".join(message.get("text") or "" for message in desk.phone.received())
        assert not [mark for mark in others if mark in heard]
