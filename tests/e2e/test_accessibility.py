"""The screens used most work with a screen reader and by keyboard.

Those of agents and administrators.
"""

import pytest
from playwright.sync_api import expect

from devtools.servers import Stack
from tests.e2e.accessibility import violations
from tests.e2e.people import People
from tests.e2e.screens_people import NETWORK, PRINTER, Citizen
from tests.e2e.screens_walk import open_app, open_menu, renewed, settle

FLOW = "Suporte de TI: abertura de chamado"


@pytest.fixture(scope="module")
def served(stack: Stack) -> Citizen:
    """Return a citizen whom Joana serves; another one waits."""
    citizen = Citizen(stack, PRINTER)
    citizen.open_ticket()
    citizen.ask_for_a_person()
    citizen.be_taken("joana")
    waiting = Citizen(stack, NETWORK)
    waiting.open_ticket()
    waiting.ask_for_a_person()
    return citizen


def test_desk(people: People, served: Citizen) -> None:
    """The desk with a conversation open: side bar, header, panel, messages, composer."""
    page = people.agent("joana")
    page.locator(f"[data-testid=desk-mine-row][data-protocol='{served.protocol}']").click()
    expect(page.get_by_test_id("conversation-protocol")).to_have_text(served.protocol)
    expect(page.locator(".o-mail-Thread .o-mail-Message").first).to_be_visible()
    settle(page)
    assert violations(page) == []


def test_contacts(people: People, stack: Stack, served: Citizen) -> None:
    """The list of contacts and the form of one."""
    page = people.user("adriana")
    page.goto(f"{stack.odoo_url}/odoo/contacts?view_type=list")
    page.locator(".o_list_renderer .o_data_row").first.wait_for()
    settle(page)
    assert violations(page) == []
    cell = page.get_by_role("cell", name=served.wish.name).first
    renewed(page, cell.click)
    settle(page)
    assert violations(page) == []


def test_flow(people: People) -> None:
    """The form of a flow, with its steps."""
    page = people.user("adriana")
    open_app(page)
    open_menu(page, "Fluxos")
    renewed(page, page.get_by_role("cell", name=FLOW, exact=True).click)
    expect(page.locator("[name=step_ids] .o_data_row")).not_to_have_count(0)
    settle(page)
    assert violations(page) == []
