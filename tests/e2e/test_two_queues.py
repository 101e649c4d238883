"""Three agents, two queues: offers, overflow and its return, a loan and its end.

What citizens are told meanwhile is read on their telephones.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from devtools.servers import Stack
from devtools.story import wait_until
from sandbox.client import PhoneClient
from tests.e2e.desk import CONVERSATION, admin, clear_desks, person, row
from tests.e2e.people import People
from tests.e2e.test_desk import found, rows
from tests.e2e.test_distribution import OFFER, QUEUE, offers

AGENTS = ("joana", "pedro", "carla")
ONE_AT_A_TIME = 30
"""Capacity of an agent: what one conversation weighs."""
WAIT_TOLD = "Você é o número {posicao} da fila. Espera: {previsao}."
LEDGER = (
    *("queued", "overflowed", "overflow_ended"),
    *("offered", "refused", "expired", "accepted"),
)
"""Kinds of events that say where a contact was, and what became of its offers."""


@dataclass
class Centre:
    """Two queues of their own and their agents, who serve one contact at a time.

    :param lamps: id of the queue of joana and pedro
    :param taxes: id of the queue of carla
    """

    stack: Stack
    account: int
    lamps: int
    taxes: int

    def write(self, queue: int, **values) -> None:
        """Change a queue."""
        admin(self.stack).call(QUEUE, "write", [queue], values)

    def citizen(self, number: int, name: str, queue: int) -> PhoneClient:
        """Let a citizen write to a queue; return their telephone once they wait there."""
        values = {"queue_id": queue}
        admin(self.stack).call("whatsapp.account", "write", [self.account], values)
        phone = PhoneClient(self.stack.meta_url, f"55319753{number:05}", name, timeout=90)
        phone.send_text(f"Preciso de ajuda, aqui é {name}")
        wait_until(lambda: found(self.stack, name), f"{name} is not in the queue")
        return phone

    def conversation(self, name: str, *fields: str) -> dict:
        """Return fields of a citizen's conversation."""
        domain = [("partner_id.name", "=", name)]
        return row(admin(self.stack), CONVERSATION, domain, [*fields])

    def ledger(self, name: str) -> list[str]:
        """Return the kinds of events of a citizen's conversation, in their order."""
        domain = [("conversation_id.partner_id.name", "=", name), ("kind", "in", LEDGER)]
        events = admin(self.stack).search_read("contact_center.event", domain, ["kind"], order="id")
        return [event["kind"] for event in events]

    def stays(self, name: str) -> list[dict]:
        """Return the stays of a citizen's conversation, the first one first."""
        domain = [("conversation_id.partner_id.name", "=", name)]
        fields = ["queue_id", "place", "entered_us", "since_us", "left_how", "agent_id"]
        return admin(self.stack).search_read("contact_center.stay", domain, fields, order="id")

    def close(self, login: str) -> None:
        """Let an agent end what they serve."""
        domain = [("agent_id.login", "=", login), ("state", "=", "in_service")]
        (conversation,) = admin(self.stack).call(CONVERSATION, "search", domain)
        person(self.stack, login).call(CONVERSATION, "action_close", [conversation])


def is_available(stack: Stack, login: str) -> None:
    """Let an agent be there for contacts."""
    person(stack, login).call("contact_center.agent.state", "set_mine", "available")


@pytest.fixture
def centre(stack: Stack) -> Iterator[Centre]:
    """Return the two queues, without rules; archive all of it afterwards."""
    clear_desks(stack)
    client = admin(stack)
    ids = {
        one["login"]: one["id"]
        for one in client.search_read("res.users", [("login", "in", AGENTS)], ["login"])
    }
    usual = {"mode": "offer", "calendar_id": False, "survey": False, "offer_seconds": 60}
    lamps, taxes = client.call(
        QUEUE,
        "create",
        [
            {"name": "Iluminação", "member_ids": [ids["joana"], ids["pedro"]], **usual},
            {"name": "Tributos", "member_ids": [ids["carla"]], **usual},
        ],
    )
    rooms = client.call(
        "contact_center.agent.capacity",
        "create",
        [{"user_id": one, "capacity": ONE_AT_A_TIME} for one in ids.values()],
    )
    account = row(client, "whatsapp.account", [], ["flow_id", "queue_id"])
    client.call("whatsapp.account", "write", [account["id"]], {"flow_id": False})
    for login in AGENTS:
        is_available(stack, login)
    yield Centre(stack, account["id"], lamps, taxes)
    before = {name: account[name] and account[name][0] for name in ("flow_id", "queue_id")}
    client.call("whatsapp.account", "write", [account["id"]], before)
    clear_desks(stack)
    loans = client.call("contact_center.queue.loan", "search", [])
    client.call("contact_center.queue.loan", "write", loans, {"active": False})
    for name in ("queue.ring", "queue.overflow", "automatic.message"):
        model = f"contact_center.{name}"
        own = client.call(model, "search", [("queue_id", "in", [lamps, taxes])])
        client.call(model, "unlink", own)
    client.call(QUEUE, "write", [lamps, taxes], {"mode": "pull", "active": False})
    client.call("contact_center.agent.capacity", "unlink", rooms)
    for login in AGENTS:
        is_available(stack, login)


def accept(page: Page, name: str) -> None:
    """Accept what is offered, this citizen's contact, and see it among one's own."""
    expect(offers(page)).to_have_count(1)
    expect(offers(page).get_by_test_id("offer-partner")).to_have_text(name)
    offers(page).get_by_test_id("offer-accept").click()
    expect(rows(page, "mine", name)).to_be_visible()
    expect(offers(page)).to_have_count(0)


def refuse(page: Page, name: str) -> None:
    """Refuse what is offered, which is this citizen's contact."""
    expect(offers(page).get_by_test_id("offer-partner")).to_have_text(name)
    offers(page).get_by_test_id("offer-refuse").click()
    page.get_by_test_id("offer-refusal").first.click()


def told(phone: PhoneClient, place: int) -> tuple[int, int]:
    """Return the range of minutes that a citizen in this place was told."""
    words = phone.wait_text(f"o número {place} da fila")["text"]
    low, high = re.search(r"Espera: entre (\d+) e (\d+) minutos\.", words).groups()
    return int(low), int(high)


def test_accepted_refused_expired_and_told(people: People, stack: Stack, centre: Centre) -> None:
    """Three agents answer their offers differently; others are told their wait."""
    # Whoever waits for carla in vain for a moment is offered to the agents of the other queue too
    rings = [
        (0, 0, {"seconds": 0, "min_level": "1"}),
        (0, 0, {"seconds": 10, "min_level": "1", "group_ids": [centre.lamps]}),
    ]
    centre.write(centre.taxes, offer_seconds=10, ring_ids=rings)
    message = {"kind": "queued", "queue_id": centre.lamps, "body": WAIT_TOLD}
    admin(stack).call("contact_center.automatic.message", "create", [message])
    joana, pedro, carla = (people.agent(login) for login in AGENTS)
    for number, name in enumerate(("Norma Lessa", "Otávio Pires")):
        centre.citizen(number, name, centre.lamps)
    expect(offers(joana)).to_have_count(1)
    expect(offers(pedro)).to_have_count(1)
    expect(offers(carla)).to_have_count(0)

    # Accepted, and refused: that goes to somebody else, as soon as there is room
    hers = offers(joana).get_by_test_id("offer-partner").inner_text()
    his = offers(pedro).get_by_test_id("offer-partner").inner_text()
    assert {hers, his} == {"Norma Lessa", "Otávio Pires"}
    accept(joana, hers)
    refuse(pedro, his)
    expect(offers(pedro)).to_have_count(0)
    expect(rows(pedro, "waiting", his)).to_be_visible()
    centre.close("joana")
    accept(joana, his)
    assert centre.ledger(his) == ["queued", "offered", "refused", "offered", "accepted"]

    # Not answered: carla sees it go, pedro is asked from the second circle on
    centre.citizen(3, "Quitéria Ramos", centre.taxes)
    expect(offers(carla).get_by_test_id("offer-partner")).to_have_text("Quitéria Ramos")
    expect(offers(carla)).to_have_count(0)
    expect(offers(pedro)).to_contain_text("Tributos")
    accept(pedro, "Quitéria Ramos")
    assert centre.ledger("Quitéria Ramos") == [
        *("queued", "offered", "expired"),
        *("offered", "accepted"),
    ]

    # Both agents of the queue are busy: whoever comes now is told place and range
    first = told(centre.citizen(4, "Rosalina Melo", centre.lamps), 1)
    second = told(centre.citizen(5, "Silvério Braga", centre.lamps), 2)
    assert 1 <= first[0] < first[1]
    assert second[0] >= first[0]
    assert second[1] > first[1]
    results = admin(stack).search_read(OFFER, [("queue_id", "=", centre.taxes)], ["result"])
    assert sorted(one["result"] for one in results) == ["accepted", "expired"]


def test_overflow_and_return(people: People, stack: Stack, centre: Centre) -> None:
    """Nobody of the queue is there: the other one is asked too, until somebody is back."""
    rule = {"condition": "few_agents", "above": 1, "target_id": centre.taxes, "way": "keep_place"}
    centre.write(centre.lamps, overflow_ids=[(0, 0, rule)])
    for login in ("joana", "pedro"):
        person(stack, login).call("contact_center.agent.state", "set_mine", "break", "Lanche")
    joana, carla = people.agent("joana"), people.agent("carla")
    names = ("Tarcísio Vidal", "Ursulina Dias", "Valdemar Rocha")
    for number, name in enumerate(names):
        centre.citizen(10 + number, name, centre.lamps)
    oldest, second, last = names
    (began,) = centre.stays(oldest)

    # Carla refuses the oldest and serves the next one, for the other queue
    expect(offers(carla)).to_contain_text("Iluminação")
    expect(offers(carla).get_by_test_id("offer-why")).to_contain_text("transbordo")
    refuse(carla, oldest)
    accept(carla, second)
    served = centre.conversation(second, "queue_id", "served_via_id")
    assert (served["queue_id"][0], served["served_via_id"][0]) == (centre.lamps, centre.taxes)
    shown = centre.conversation(oldest, "shown_queue_ids", "queue_id")
    assert (shown["shown_queue_ids"], shown["queue_id"][0]) == ([centre.taxes], centre.lamps)
    expect(offers(joana)).to_have_count(0)

    # Somebody of the queue is back: it is theirs alone again, with its place and its age
    is_available(stack, "joana")
    accept(joana, oldest)
    assert centre.conversation(oldest, "shown_queue_ids")["shown_queue_ids"] == []
    assert centre.ledger(oldest) == [
        *("queued", "overflowed", "offered", "refused"),
        *("overflow_ended", "offered", "accepted"),
    ]
    (stay,) = centre.stays(oldest)
    assert (stay["queue_id"][0], stay["place"]) == (centre.lamps, 1)
    ended = {key: stay[key] for key in ("left_how", "agent_id")}
    assert stay == {**began, **ended}, "the stay with which it began, and no other"
    assert ended["left_how"] == "accepted"
    assert ended["agent_id"][0] == person(stack, "joana").user_id
    assert [stay["left_how"] for stay in centre.stays(last)] == [False]
    expect(rows(joana, "waiting", last)).to_be_visible()


def test_lent_and_home_again(people: People, stack: Stack, centre: Centre) -> None:
    """Carla helps while her own queue is well, and comes home by herself when it is not."""
    for login in ("joana", "pedro"):
        person(stack, login).call("contact_center.agent.state", "set_mine", "break", "Lanche")
    carla = people.agent("carla")
    # One contact that she serves is well within the goal, another one that waits is not
    centre.write(centre.taxes, expected_seconds=600, service_level_seconds=700)
    rule = {
        "lender_id": centre.taxes,
        "user_ids": [person(stack, "carla").user_id],
        "borrower_ids": [centre.lamps],
        "on_factor": 1.0,
        "on_seconds": 0,
        "off_seconds": 3600,
        "gap_seconds": 0,
    }
    (rule_id,) = admin(stack).call("contact_center.queue.loan", "create", [rule])
    centre.citizen(20, "Wanda Xisto", centre.lamps)
    expect(offers(carla)).to_contain_text("Iluminação")
    expect(offers(carla).get_by_test_id("offer-why")).to_contain_text("emprestado")
    accept(carla, "Wanda Xisto")
    marcos = people.user("marcos", "/odoo/atendentes-emprestados")
    line = marcos.locator(".o_data_row").filter(has_text="Carla")
    expect(line).to_have_count(1)
    expect(line.locator("[name=until]")).to_have_text("")
    expect(line.locator("[name=why]")).to_contain_text("Iluminação")

    # Her own citizens wait: she is home at once, and ends what she serves
    centre.citizen(21, "Yolanda Zuim", centre.taxes)
    wait_until(lambda: loans(stack, rule_id)[0]["until"], "nobody came home")
    expect(rows(carla, "mine", "Wanda Xisto")).to_be_visible()
    marcos.reload()
    expect(line.locator("[name=until]")).not_to_have_text("")
    expect(line.locator("[name=why_home]")).to_have_text("a própria fila precisa")
    centre.citizen(22, "Zenaide Brum", centre.lamps)
    centre.close("carla")
    accept(carla, "Yolanda Zuim")
    assert len(loans(stack, rule_id)) == 1

    # It is well again: she is lent once more, and serves who waited there
    centre.close("carla")
    accept(carla, "Zenaide Brum")
    first, again = loans(stack, rule_id)
    assert first["since_us"] < first["until_us"] < again["since_us"]
    assert again["until"] is False


def loans(stack: Stack, rule_id: int) -> list[dict]:
    """Return the loans by a rule, the first one first."""
    fields = ["since_us", "until_us", "until"]
    domain = [("rule_id", "=", rule_id)]
    return admin(stack).search_read("contact_center.loan", domain, fields, order="id")
