"""Recorded inputs that once failed, played on the whole running product.

What the clock decides is played with a queue whose days are set to be open or closed now; cases
that need hours to pass are read by the unit tests.
"""

import contextlib
import datetime
import json
import random
import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from devtools.servers import Stack
from devtools.story import TICKET, wait_until
from sandbox.client import PhoneClient
from tests.cases import case
from tests.e2e.desk import (
    ACCOUNT,
    CONVERSATION,
    admin,
    calm,
    clear_desks,
    person,
    refused,
    row,
)
from tests.e2e.screens_people import PRINTER, Citizen
from tests.e2e.technician import Technician, at_work

QUEUE = "contact_center.queue"
EXCEPTION = "contact_center.queue.exception"
SUPPORT, OMBUDSMAN = "Suporte de TI", "Ouvidoria"
BACK = "Nossa equipe volta"
CLOSED_TICKET = "já foi encerrado"


# --- agents and queues ----------------------------------------------------------------------------


def queue_id(stack: Stack, name: str) -> int:
    """Return the id of a queue of the demonstration."""
    return row(admin(stack), QUEUE, [("name", "=", name)], ["name"])["id"]


@contextlib.contextmanager
def days_of(stack: Stack, queue: int, kind: str, **more) -> Iterator[None]:
    """Give a queue other hours today and on the days beside it.

    :param kind: "closed", or "hours", and then `hours` in words
    """
    root, today = admin(stack), datetime.datetime.now(ZoneInfo("America/Sao_Paulo")).date()
    days = [today + datetime.timedelta(days) for days in (-1, 0, 1)]
    values = {"queue_id": queue, "kind": kind, **more}
    made = root.call(EXCEPTION, "create", [{**values, "date": day.isoformat()} for day in days])
    try:
        yield
    finally:
        root.call(EXCEPTION, "unlink", made)


@pytest.fixture
def own_queue(stack: Stack) -> Iterator[int]:
    """Return a queue of the test's own, always open, which only Carla serves."""
    root = admin(stack)
    carla = row(root, "res.users", [("login", "=", "carla")], ["id"])["id"]
    name = f"Fila {random.getrandbits(32):x}"
    values = {"name": name, "calendar_id": False, "member_ids": [(6, 0, [carla])]}
    (made,) = root.call(QUEUE, "create", [values])
    yield made
    clear_desks(stack)
    root.call(QUEUE, "write", [made], {"active": False})


class Waiting:
    """A citizen who wrote, asked for a person, and waits with the support."""

    def __init__(self, stack: Stack):
        self.stack = stack
        self.citizen = Citizen(stack, PRINTER)
        self.phone = self.citizen.phone
        self.protocol = self.citizen.greet()
        self.phone.send_text("atendente")
        self.id = self.seen_by("joana")["id"]

    def seen_by(self, login: str) -> dict:
        """Return the conversation on somebody's waiting list."""
        return wait_until(lambda: self.row_of(login), f"{login} does not see it wait")

    def row_of(self, login: str) -> dict | None:
        """Return the present row of the list; None if it is not there."""
        rows = person(self.stack, login).call(CONVERSATION, "get_waiting")
        return next((one for one in rows if one["protocol"] == self.protocol), None)

    def taken_by(self, login: str) -> None:
        """Let somebody take it."""
        person(self.stack, login).call(CONVERSATION, "action_take", [self.id])
        self.phone.wait_text("falando com")

    def passed_to(self, queue: int) -> None:
        """Let Joana take it and pass it to another queue."""
        self.taken_by("joana")
        person(self.stack, "joana").call(CONVERSATION, "action_transfer", [self.id], queue=queue)
        self.phone.wait_text("Encaminhamos")

    def heard(self, words: str) -> list[str]:
        """Return texts with these words on the phone, once everything came."""
        calm(self.stack)
        return [m["text"] for m in self.phone.received() if words in m["text"]]


def test_last_member_does_not_leave_a_queue_in_which_somebody_waits(
    stack: Stack, own_queue: int
) -> None:
    case("bN1-last-member-leaves.json")
    waiting = Waiting(stack)
    waiting.passed_to(own_queue)
    waiting.seen_by("carla")
    carla = person(stack, "carla").user_id
    out = {"member_ids": [(3, carla)]}
    assert "Não sobraria ninguém" in refused(stack, "adriana", f"{QUEUE}/write", [own_queue], out)
    out = {"contact_center_queue_ids": [(3, own_queue)]}
    assert "Não sobraria ninguém" in refused(stack, "admin", "res.users/write", [carla], out)
    assert waiting.row_of("carla"), "she does not see it any more"


def test_citizen_who_waits_is_told_once_when_people_are_back(stack: Stack, own_queue: int) -> None:
    words = [
        re.search("'(.+)'", step)[1] for step in case("bN5-closing-hour-in-queue.json")["input"][1:]
    ]
    with days_of(stack, queue_id(stack, SUPPORT), "hours", hours="0h-24h"):
        waiting = Waiting(stack)
        waiting.passed_to(own_queue)
    assert not waiting.heard(BACK)
    morning = datetime.datetime.now(ZoneInfo("America/Sao_Paulo")).hour < 12
    hours = "23h58-23h59" if morning else "0h-0h01"
    with days_of(stack, own_queue, "hours", hours=hours):
        for word in words:
            waiting.phone.send_text(word)
            waiting.phone.wait_text(BACK, since="start")
        assert len(waiting.heard(BACK)) == 1
        assert waiting.seen_by("carla")["unread"] == len(words)


def test_queue_of_a_number_is_not_archived(stack: Stack) -> None:
    opening = case("bN6-archived-queue.json")["input"][1]
    clear_desks(stack)
    out = {"active": False}
    support = queue_id(stack, SUPPORT)
    said = refused(stack, "adriana", f"{QUEUE}/write", [support], out)
    assert row(admin(stack), ACCOUNT, [("queue_id", "=", support)], ["name"])["name"] in said
    assert re.search("'(.+)'", opening)[1] == "oi"
    waiting = Waiting(stack)
    assert waiting.row_of("pedro")["queue"] == SUPPORT


def test_transfer_to_a_closed_queue_warns_the_agent_and_tells_the_citizen(stack: Stack) -> None:
    given = case("w17-transfer-to-closed-queue.json")
    assert OMBUDSMAN in given["steps"]
    ombudsman = queue_id(stack, OMBUDSMAN)
    waiting = Waiting(stack)
    waiting.taken_by("joana")
    joana = person(stack, "joana")
    with days_of(stack, ombudsman, "closed", reason="ponto facultativo"):
        values = {"conversation_id": waiting.id, "target": "queue", "queue_id": ombudsman}
        (dialog,) = joana.call(f"{CONVERSATION}.transfer", "create", [values])
        (shown,) = joana.call(f"{CONVERSATION}.transfer", "read", [dialog], ["warning"])
        assert "está fechada agora" in shown["warning"]
        joana.call(CONVERSATION, "action_transfer", [waiting.id], queue=ombudsman)
        told = waiting.phone.wait_text("Encaminhamos")["text"]
        assert "não está em atendimento agora e volta" in told
        assert "Aguarde um momento" not in told
        waiting.seen_by("carla")


def test_what_an_archived_agent_served_goes_back_to_the_queue(stack: Stack) -> None:
    case("w18-archived-agent.json")
    root, support = admin(stack), queue_id(stack, SUPPORT)
    login = f"agente{random.getrandbits(32):x}"
    groups = row(root, "res.users", [("login", "=", "joana")], ["group_ids"])["group_ids"]
    values = {
        "name": "Paulo Teles",
        "login": login,
        "password": f"{login}-demo-2026",
        "group_ids": [(6, 0, groups)],
    }
    (agent,) = root.call("res.users", "create", [values], context={"no_reset_password": True})
    root.call(QUEUE, "write", [support], {"member_ids": [(4, agent)]})
    waiting = Waiting(stack)
    waiting.taken_by(login)
    assert not waiting.row_of("joana")
    root.call("res.users", "write", [agent], {"active": False})
    waiting.phone.wait_text("voltou para o início da fila")
    waiting.phone.send_text("alguém aí?")
    back = wait_until(
        lambda: (one := waiting.row_of("joana")) and one["unread"] and one, "nobody sees it"
    )
    assert back["returned_at"]
    assert not back["agent_id"]
    waiting.taken_by("joana")
    person(stack, "joana").post(back["channel_id"], "Sou a Joana, continuo daqui.")
    waiting.phone.wait_text("continuo daqui", since="start")


# --- GLPI -----------------------------------------------------------------------------------------


@pytest.fixture
def technician(stack: Stack) -> Technician:
    """GLPI's technician, with GLPI's webhook switched on."""
    return at_work(stack)


def ticket_of(stack: Stack) -> tuple[PhoneClient, int]:
    """Return the phone and the ticket of a citizen who opened one and left."""
    citizen = Citizen(stack, PRINTER)
    number = citizen.open_ticket()
    citizen.phone.choose("Encerrar")
    citizen.phone.wait_text("Obrigado pelo contato")
    return citizen.phone, number


def test_no_to_a_ticket_that_is_closed_meanwhile_is_told_as_it_is(
    stack: Stack, technician: Technician
) -> None:
    assert "closes (6) before the reason" in case("g03-refusal-of-a-closed-ticket.json")["case"]
    phone, number = ticket_of(stack)
    technician.write(number, "ITILSolution", "<p>Cabo trocado.</p>")
    phone.wait_text("foi resolvido?")
    phone.choose("Não")
    phone.wait_text("ainda não está resolvido")
    technician.close(number)
    phone.send_text("Continua sem ligar")
    said = phone.wait_text(CLOSED_TICKET)
    assert TICKET.search(said["text"])[1] == str(number)
    assert len(said["options"]) == 2
    calm(stack)
    texts = [message["text"] for message in phone.received()]
    assert not [text for text in texts if "volta para a equipe" in text]
    assert technician.status(number) == 6


def test_words_for_a_closed_ticket_are_not_lost_and_a_new_one_is_offered(
    stack: Stack, technician: Technician
) -> None:
    request = case("g10-followup-on-closed-refused.json")["request"]
    words = re.search(r"<br>(.+?)</p>", json.loads(request)["input"]["content"])[1]
    phone, number = ticket_of(stack)
    technician.write(number, "ITILFollowup", "<p>Qual o patrimônio?</p>")
    phone.wait_text("Qual o patrimônio?")
    phone.send_text("É o 1234")
    phone.choose("Sim, responder")
    phone.wait_text("Anotado no chamado")
    entries = f"Ticket/{number}/ITILFollowup?range=0-50"
    wait_until(
        lambda: "É o 1234" in json.dumps(technician.call("GET", entries), ensure_ascii=False),
        "GLPI does not have the answer",
    )
    technician.close(number)
    phone.send_text(words)
    said = phone.wait_text(CLOSED_TICKET, since="start")
    phone.choose(said["options"][0]["title"])
    phone.wait_for(lambda message: CLOSED_TICKET not in message["text"])
    assert words not in json.dumps(technician.call("GET", entries), ensure_ascii=False)


def test_entry_of_33_megabytes_hides_nothing_else(stack: Stack, technician: Technician) -> None:
    huge, short, solved = case("b35-huge-followup.json")["input"]
    size = int(re.search(r"(\d+) MB", huge)[1]) * 1024 * 1024
    question, solution = re.search("'(.+)'", short)[1], re.search("'(.+)'", solved)[1]
    citizen = Citizen(stack, PRINTER)
    number = citizen.open_ticket()
    citizen.ask_for_a_person()
    conversation = citizen.be_taken("joana")
    picture = f'<img src="data:image/png;base64,{"A" * size}">'
    technician.allow_posts_of(2 * size)
    try:
        technician.write(number, "ITILFollowup", picture)
    finally:
        technician.allow_posts_of(8 * 1024 * 1024)
    technician.write(number, "ITILFollowup", f"<p>{question}</p>")
    technician.write(number, "ITILSolution", f"<p>{solution}</p>")
    citizen.phone.wait_text(question, since="start", timeout=120)
    citizen.phone.wait_text(solution, since="start", timeout=120)
    technician.tell()
    calm(stack)
    joana = person(stack, "joana")
    held = row(joana, CONVERSATION, [("id", "=", conversation)], ["discuss_channel_id"])
    channel = held["discuss_channel_id"][0]
    domain = [("model", "=", "discuss.channel"), ("res_id", "=", channel)]
    shown = [one["body"] for one in joana.search_read("mail.message", domain, ["body"])]
    assert len([one for one in shown if "grande demais para ser lida" in one]) == 1, shown
