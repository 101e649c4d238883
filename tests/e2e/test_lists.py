"""Lists at 1366x768: nothing cut without need, deadlines as dates, closed found."""

import datetime
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from devtools.servers import Stack
from devtools.story import wait_until
from tests.e2e.desk import CONVERSATION, admin, clear_desks, person
from tests.e2e.people import IMAGES, People
from tests.e2e.screens_data import fill
from tests.e2e.screens_look import clear_notices, keep_clear
from tests.e2e.screens_people import NETWORK, PASSWORD, PRINTER, Citizen
from tests.e2e.screens_walk import CONTENT, settle, switch_view

DATE = re.compile(r"\d\d/\d\d/\d{4}")
TODAY = str(datetime.date.today())
SHORT = 160
"""What needs no more than so much is never cut, in pixels."""
# Of each column: whether its title or a cell is cut, the widest cell's need, the room.
COLUMNS = """() => {
    const table = document.querySelector(".o_list_renderer table");
    const rows = [...table.querySelectorAll("tbody tr.o_data_row")];
    const needs = (cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return Math.max(range.getBoundingClientRect().width, cell.scrollWidth - 10);
    };
    return [...table.querySelectorAll("thead th[data-name]")].map((head) => {
        const name = head.dataset.name;
        const cells = rows.map((row) => row.querySelector(`td[name="${name}"]`)).filter(Boolean);
        const title = head.querySelector(".text-truncate");
        return {
            name,
            titleCut: Boolean(title) && title.scrollWidth > title.clientWidth,
            cut: cells.some((cell) => cell.scrollWidth > cell.clientWidth + 1),
            needs: Math.round(Math.max(0, ...cells.map(needs))),
            has: head.clientWidth - 10,
        };
    });
}"""


@pytest.fixture(scope="module", autouse=True)
def day(stack: Stack) -> Iterator[Citizen]:
    """Fill a day: one served to the end, one being served; requests, incidents."""
    clear_desks(stack)
    done, served = Citizen(stack, NETWORK), Citizen(stack, PRINTER)
    for citizen in (done, served):
        citizen.open_ticket()
        citizen.ask_for_a_person()
        citizen.be_taken("joana")
    found = admin(stack).search_read(
        CONVERSATION, [("protocol", "=", done.protocol)], ["partner_id"]
    )
    admin(stack).call(CONVERSATION, "action_close", [found[0]["id"]])
    # It ends with the answer to the survey.
    done.phone.wait_text("avalia")
    done.phone.choose("Ótimo")
    closed = [("protocol", "=", done.protocol), ("state", "=", "closed")]
    wait_until(
        lambda: admin(stack).call(CONVERSATION, "search_count", closed), "the survey did not end it"
    )
    fill(stack, found[0]["partner_id"][0])
    yield done
    clear_desks(stack)


def snapshot(page: Page, name: str) -> None:
    """Take a picture of the page as it is now."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=IMAGES / f"{name}.png")


LISTS = {
    "conversas": "contact_center.conversation_action",
    "cidadaos": "contact_center_contact.contact_action",
    "chamados": "glpi_connector.ticket_action",
    "lgpd-pedidos": "contact_center_privacy.request_action",
    "lgpd-incidentes": "contact_center_privacy.incident_action",
    "lgpd-retencao": "contact_center_privacy.retention_action",
    "lgpd-acessos": "contact_center_privacy.access_log_action",
    "lgpd-autoridades": "contact_center_privacy.authority_request_action",
}


def open_list(page: Page, stack: Stack, action: str) -> None:
    """Show the records of an action as a list."""
    page.goto(f"{stack.odoo_url}/odoo/action-{action}")
    page.locator(CONTENT).first.wait_for()
    clear_notices(page)
    if page.locator(".o_switch_view.o_list").count():
        switch_view(page, "list")
    settle(page)


def test_what_has_room_is_not_cut(people: People, stack: Stack) -> None:
    """No title is cut, nothing short is, and nothing is while other columns stand empty."""
    page = people.user("adriana")
    problems = []
    for name, action in LISTS.items():
        open_list(page, stack, action)
        expect(page.locator(".o_data_row").first).to_be_visible()
        snapshot(page, f"lista-{name}")
        columns = page.evaluate(COLUMNS)
        cut = [column for column in columns if column["cut"]]
        missing = sum(max(0, column["needs"] - column["has"]) for column in cut)
        spare = sum(max(0, column["has"] - column["needs"] - 60) for column in columns)
        problems += [
            f"{name}: title of {column['name']}" for column in columns if column["titleCut"]
        ]
        problems += [f"{name}: {column}" for column in cut if column["needs"] <= SHORT]
        if cut and spare >= missing > 0:
            problems.append(f"{name}: {spare} px stand empty while these are cut: {cut}")
    assert not problems, "\n".join(problems)


def test_closed_conversations_are_found(people: People, stack: Stack, day: Citizen) -> None:
    """By protocol, name, number, agent and date; while they are hidden the screen says so."""
    page = people.user("joana")
    keep_clear(page)
    open_list(page, stack, LISTS["conversas"])
    search(page, day.protocol)
    expect(page.locator(".o_data_row")).to_have_count(0)
    expect(page.locator(".o_view_nocontent")).to_contain_text("Encerrados")
    page.locator(".o_facet_remove").first.click()
    expect(page.locator(".o_data_row")).to_have_count(1)
    expect(page.locator(".o_data_row")).to_contain_text(day.protocol)
    number = day.phone.number
    for words in (NETWORK.name, number[-8:], f"({number[2:4]}) {number[-8:-4]}-{number[-4:]}"):
        open_list(page, stack, LISTS["conversas"])
        page.locator(".o_facet_remove").first.click()
        choose_filter(page, "Encerrados")
        search(page, words)
        row = page.locator(".o_data_row", has_text=day.protocol)
        expect(row).to_have_count(1)
    page.locator(".o_searchview_dropdown_toggler").click()
    for group in ("Aberto em", "Encerrado em"):
        expect(page.locator(".o_filter_menu").get_by_text(group, exact=True)).to_be_visible()


def search(page: Page, words: str) -> None:
    """Type into the search and take its first proposal."""
    page.locator(".o_searchview_input").fill(words)
    page.locator(".o_searchview_autocomplete .o-dropdown-item").first.wait_for()
    page.keyboard.press("Enter")
    settle(page)


def choose_filter(page: Page, name: str) -> None:
    """Choose a filter of the search."""
    page.locator(".o_searchview_dropdown_toggler").click()
    page.locator(".o_filter_menu").get_by_text(name, exact=True).click()
    page.keyboard.press("Escape")
    settle(page)


def test_deadlines_are_dates(people: People, stack: Stack) -> None:
    """The day until which to answer, not only how many are left; overdue in red."""
    client = person(stack, "adriana")
    late = {
        "kind": "access",
        "requester": "Dona Atrasada",
        "asked_at": str(datetime.date.today() - datetime.timedelta(days=20)),
    }
    (request,) = client.call("contact_center.privacy.request", "create", [late])
    page = people.user("adriana")
    open_list(page, stack, LISTS["lgpd-pedidos"])
    row = page.locator(".o_data_row", has_text="Dona Atrasada")
    expect(row.locator("td[name=due_date]")).to_have_text(DATE)
    expect(row).to_have_class(re.compile("text-danger"))
    other = page.locator(".o_data_row").filter(has_not_text="Dona Atrasada").first
    expect(other.locator("td[name=due_date]")).to_have_text(DATE)
    expect(other).not_to_have_class(re.compile("text-danger"))
    open_list(page, stack, LISTS["lgpd-incidentes"])
    expect(page.locator(".o_data_row td[name=deadline]").first).to_have_text(DATE)
    months = client.search_read("contact_center.privacy.retention", [], ["id"])[0]["id"]
    client.call("contact_center.privacy.retention", "write", [months], {"months": 60})
    open_list(page, stack, LISTS["lgpd-retencao"])
    expect(page.locator("td[name=erases_before]", has_text=DATE).first).to_be_visible()
    client.call("contact_center.privacy.retention", "write", [months], {"months": 0})
    client.call("contact_center.privacy.request", "write", [request], {"asked_at": TODAY})


def test_colours_follow_the_queues_own_goal(people: People, stack: Stack) -> None:
    """A wait is late at the desk and on the team's board when the queue's goal says so."""
    client = admin(stack)
    queue = client.call("contact_center.queue", "search", [("name", "=", "Suporte de TI")])
    before = client.call("contact_center.queue", "read", queue, ["service_level_seconds"])[0]
    assert before["service_level_seconds"] >= 180, "minutes, for what is written"
    citizen = Citizen(stack, PASSWORD)
    citizen.open_ticket()
    citizen.ask_for_a_person()
    try:
        for seconds, state in ((100_000, None), (1, "late")):
            client.call("contact_center.queue", "write", queue, {"service_level_seconds": seconds})
            desk = people.agent("joana")
            row = desk.locator(
                f"[data-testid=desk-waiting-row][data-protocol='{citizen.protocol}']"
            )
            board = people.user("sofia")
            board.goto(f"{stack.odoo_url}/odoo/equipe")
            waits = board.locator("[data-queue='Suporte de TI'] [data-testid=team-waiting]")
            expect(waits).to_contain_text(re.compile("[1-9]"))
            for shown in (row, waits):
                if state:
                    expect(shown).to_have_attribute("data-goal", state)
                else:
                    expect(shown).not_to_have_attribute("data-goal", re.compile("."))
    finally:
        client.call(
            "contact_center.queue",
            "write",
            queue,
            {"service_level_seconds": before["service_level_seconds"]},
        )
        clear_desks(stack)
