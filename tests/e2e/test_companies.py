"""A city hall and its water company on one Odoo: each desk has its own citizens."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from devtools.servers import Stack
from devtools.story import wait_until
from tests.e2e.desk import CONVERSATION, admin, clear_desks
from tests.e2e.people import People
from tests.e2e.screens_people import NETWORK, PRINTER, Citizen

USERS, QUEUE = "res.users", "contact_center.queue"
WATER, CITY = "Águas Municipais", "Prefeitura de João Monlevade"


@pytest.fixture
def water(stack: Stack) -> Iterator[int]:
    """Return a second company's queue, which Carla serves; Sofia leads in both.

    To be asked for before `people`: no browser may be open in a company that goes.
    """
    client = admin(stack)
    users = client.search_read(
        USERS, [("login", "in", ["carla", "sofia"])], ["login", "company_id", "company_ids"]
    )
    (company,) = client.call("res.company", "create", [{"name": WATER}])
    for user in users:
        own = {"carla": [company], "sofia": [*user["company_ids"], company]}[user["login"]]
        first = company if user["login"] == "carla" else user["company_id"][0]
        client.call(
            USERS, "write", [user["id"]], {"company_ids": [[6, 0, own]], "company_id": first}
        )
    carla = next(user["id"] for user in users if user["login"] == "carla")
    (queue,) = client.call(
        QUEUE,
        "create",
        [
            {
                "name": "Falta de água",
                "company_id": company,
                "calendar_id": False,
                "member_ids": [[6, 0, [carla]]],
            }
        ],
    )
    yield queue
    clear_desks(stack)
    client.call(QUEUE, "write", [queue], {"active": False})
    for user in users:
        before = {"company_id": user["company_id"][0], "company_ids": [[6, 0, user["company_ids"]]]}
        client.call(USERS, "write", [user["id"]], before)
    client.call("res.company", "write", [company], {"active": False})


def waiting(page: Page, citizen: Citizen) -> Locator:
    """Return the citizen's row among the waiting ones, on the desk at ``page``."""
    return page.locator(f"[data-testid=desk-waiting-row][data-protocol='{citizen.protocol}']")


def pass_on(stack: Stack, citizen: Citizen, queue: int) -> None:
    """Transfer a citizen's conversation to the other company's queue."""
    client = admin(stack)
    (found,) = client.call(CONVERSATION, "search", [("protocol", "=", citizen.protocol)])
    values = {"conversation_id": found, "target": "queue", "queue_id": queue, "reason": "subject"}
    (wizard,) = client.call("contact_center.conversation.transfer", "create", [values])
    client.call("contact_center.conversation.transfer", "action_transfer", [wizard])
    there = [("id", "=", found), ("queue_id", "=", queue)]
    wait_until(lambda: client.call(CONVERSATION, "search_count", there), "it was not passed on")


def choose_company(page: Page, name: str, besides: bool = False) -> None:
    """Go on with another company, alone or besides this one; the desk opens again."""
    page.locator(".o_switch_company_menu button").click()
    item = page.locator(".o_switch_company_item", has_text=name)
    with page.expect_navigation():
        if besides:
            item.get_by_role("menuitemcheckbox").click()
            page.locator(".o_switch_company_menu_buttons .btn-primary").click()
        else:
            item.locator(".log_into").click()
    page.wait_for_selector("[data-testid=desk-waiting]")


def test_each_company_serves_its_own(water: int, people: People, stack: Stack) -> None:
    """Agents see one company's citizens; a leader of both sees both or the chosen one."""
    of_city, of_water = Citizen(stack, PRINTER), Citizen(stack, NETWORK)
    for citizen in (of_city, of_water):
        citizen.open_ticket()
        citizen.ask_for_a_person()
    pass_on(stack, of_water, water)

    carla, pedro, sofia = (people.agent(login) for login in ("carla", "pedro", "sofia"))
    for page, own, foreign in ((carla, of_water, of_city), (pedro, of_city, of_water)):
        expect(waiting(page, own)).to_be_visible()
        expect(waiting(page, foreign)).to_have_count(0)
    expect(waiting(sofia, of_city)).to_be_visible()
    expect(waiting(sofia, of_water)).to_have_count(0)
    choose_company(sofia, WATER)
    expect(waiting(sofia, of_water)).to_be_visible()
    expect(waiting(sofia, of_city)).to_have_count(0)
    choose_company(sofia, CITY, besides=True)
    for citizen in (of_city, of_water):
        expect(waiting(sofia, citizen)).to_be_visible()

    waiting(carla, of_water).get_by_test_id("desk-take").click()
    expect(carla.get_by_test_id("conversation-protocol")).to_have_text(of_water.protocol)
    expect(waiting(sofia, of_water)).to_have_count(0)
