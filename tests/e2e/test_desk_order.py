"""The last request is shown, in whatever order answers reach the desk."""

import pytest
from playwright.sync_api import Route, expect

from sandbox.client import PhoneClient
from tests.e2e.people import People
from tests.e2e.test_desk import NAMES, press, rows, take_next, waiting

__all__ = ["waiting"]


@pytest.mark.parametrize("waiting", [2], indirect=True)
def test_lists_that_come_late_are_no_step_back(people: People, waiting: list[PhoneClient]) -> None:
    """While the lists are read again somebody else takes a citizen, who then waits no more."""
    joana, pedro = people.agent("joana"), people.agent("pedro")
    take_next(joana, NAMES[0])
    late = []
    joana.route("**/get_desk", lambda route: late.append((route, route.fetch())))
    press(joana, "t")
    joana.locator(".modal").get_by_role("button", name="Cancelar").click()
    expect(joana.locator(".modal")).to_have_count(0)
    while not late:
        joana.wait_for_timeout(50)
    rows(pedro, "waiting", NAMES[1]).get_by_test_id("desk-take").click()
    expect(rows(joana, "waiting", NAMES[1])).to_have_count(0)
    [(route, answered)] = late
    assert NAMES[1] in answered.text()
    with joana.expect_event("requestfinished", lambda request: "get_desk" in request.url):
        route.fulfill(response=answered)
    # the answer has come: what it would bring back would be there by now
    joana.wait_for_timeout(300)
    expect(rows(joana, "waiting", NAMES[1])).to_have_count(0)
    expect(rows(joana, "mine", NAMES[0])).to_be_visible()


@pytest.mark.parametrize("waiting", [2], indirect=True)
def test_the_desk_opens_nothing_over_what_was_chosen(
    people: People, waiting: list[PhoneClient]
) -> None:
    """An agent is quicker than the conversation which the desk would show by itself."""
    joana = people.agent("joana")
    for name in NAMES[:2]:
        take_next(joana, name)
    held = []

    def hold(route: Route) -> None:
        held.append(route)

    joana.route("**/mail/data", lambda route: hold(route) if not held else route.continue_())
    joana.goto(joana.url.split("/odoo/")[0] + "/odoo/mesa")
    row = rows(joana, "mine", NAMES[1])
    row.click()
    served = joana.locator(".o-mail-Thread")
    for route in held:
        route.continue_()
    expect(served).to_contain_text(NAMES[1])
    # what comes late would be there by now
    joana.wait_for_timeout(1_000)
    expect(served).to_contain_text(f"aqui é {NAMES[1]}")
    joana.unroute_all(behavior="ignoreErrors")


HEAR = """([id, state, agent_id]) => {
    const desk = odoo.__WOWL_DEBUG__.root.env.services["contact_center.desk"];
    const row = desk.mine[0];
    desk.hear({ ...row, state, agent_id }, id === "old" ? desk.busId : desk.busId + 1_000_000);
}"""
"""Let the desk hear that its first conversation is elsewhere, before or after its lists."""


@pytest.mark.parametrize("waiting", [2], indirect=True)
def test_what_the_bus_repeats_is_no_news(people: People, waiting: list[PhoneClient]) -> None:
    """A browser new to the bus is told the last minute again, which is no news.

    An agent who begins in a second one keeps the conversation, and what really happens later still
    counts.
    """
    take_next(people.agent("joana"), NAMES[0])
    joana, pedro = people.agent("joana"), people.agent("pedro")
    row, thread = rows(joana, "mine", NAMES[0]), joana.locator(".o-mail-Thread")
    expect(thread).to_contain_text(NAMES[0])
    # what the bus repeats would be there by now
    joana.wait_for_timeout(2_000)
    with joana.expect_response("**/get_desk*"):
        joana.evaluate(HEAR, ["old", "queued", False])
    expect(thread).to_contain_text(NAMES[0])
    expect(row).to_be_visible()
    expect(joana.get_by_text("não está mais com você")).to_have_count(0)
    expect(rows(joana, "waiting", NAMES[1])).to_be_visible()
    rows(pedro, "waiting", NAMES[1]).get_by_test_id("desk-take").click()
    expect(rows(joana, "waiting", NAMES[1])).to_have_count(0)
    joana.evaluate(HEAR, ["new", "queued", False])
    expect(joana.get_by_text("não está mais com você")).to_be_visible()
    expect(row).to_have_count(0)
