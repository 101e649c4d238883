"""Contacts offered to two agents: accepted, refused, ignored, a browser gone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from devtools.servers import Stack
from devtools.story import wait_until
from tests.e2e.desk import CONVERSATION, admin, clear_desks, person, row
from tests.e2e.people import People
from tests.e2e.test_desk import rows, waiting
from tests.e2e.test_story_in_browsers import snapshot

__all__ = ["waiting"]

QUEUE = "contact_center.queue"
OFFER = "contact_center.offer"
OFFERS = {"mode": "offer", "offer_seconds": 30, "wrap_up_seconds": 60}
PULL = {"mode": "pull", "offer_seconds": 45, "wrap_up_seconds": 0}


@pytest.fixture
def support(stack: Stack) -> Iterator[int]:
    """Return the queue of joana and pedro; picked from by hand again after the test."""
    queue = row(admin(stack), QUEUE, [("name", "=", "Suporte de TI")], ["id"])["id"]
    yield queue
    admin(stack).call(QUEUE, "write", [queue], PULL)
    clear_desks(stack)


def offers(page: Page) -> Locator:
    """Return what is offered to the person at ``page``."""
    return page.get_by_test_id("offer")


def results(stack: Stack, result: str) -> int:
    """How many offers had this result."""
    return admin(stack).call(OFFER, "search_count", [("result", "=", result)])


def serves(stack: Stack, login: str) -> list[int]:
    """Return the conversations that a person serves."""
    domain = [("agent_id.login", "=", login), ("state", "=", "in_service")]
    return admin(stack).call(CONVERSATION, "search", domain)


@pytest.mark.parametrize("waiting", [3], indirect=True)
def test_distribution(people: People, stack: Stack, waiting: list, support: int) -> None:
    """Three citizens wait, two agents are offered them."""
    joana, pedro = people.agent("joana"), people.agent("pedro")
    expect(rows(joana, "waiting")).to_have_count(3)
    admin(stack).call(QUEUE, "write", [support], OFFERS)
    expect(offers(joana).first).to_be_visible()
    expect(offers(pedro).first).to_be_visible()
    wait_until(
        lambda: offers(joana).count() + offers(pedro).count() == len(waiting),
        "not everybody who waits is offered",
    )

    # Accepted by the keyboard it opens, and is his.
    expect(pedro.get_by_test_id("offer-left").first).to_contain_text(" s")
    pedro.get_by_test_id("offer-sound").click()
    expect(pedro.get_by_test_id("offer-sound")).to_have_attribute("aria-pressed", "false")
    snapshot(pedro, "oferta")
    pedro.keyboard.press("Alt+Shift+Y")
    expect(rows(pedro, "mine")).to_have_count(1)
    expect(pedro.get_by_test_id("conversation-protocol")).to_be_visible()

    # A browser that is closed leaves its offers to others.
    joana.context.close()
    passed_on = ("gone", "expired")
    wait_until(lambda: any(results(stack, one) for one in passed_on), "nothing was passed on")
    expect(offers(pedro)).to_have_count(2)

    # Refused it asks why; what is not answered waits for others.
    pedro.get_by_test_id("offer-refuse").first.click()
    pedro.get_by_test_id("offer-refusal").first.click()
    wait_until(lambda: results(stack, "refused") == 1, "nothing was refused")
    wait_until(lambda: results(stack, "expired"), "no offer expired")

    # Whoever comes back is offered what waits, at the head of the queue.
    joana = people.agent("joana")
    person(stack, "joana").call("contact_center.agent.state", "set_mine", "available")
    offers(joana).first.get_by_test_id("offer-accept").click()
    expect(rows(joana, "mine")).to_have_count(1)
    wait_until(lambda: results(stack, "accepted") == 2, "two offers were accepted")

    # After the end: notes, with a clock, until he is ready.
    [conversation] = serves(stack, "pedro")
    person(stack, "pedro").call(CONVERSATION, "action_close", [conversation])
    expect(pedro.get_by_test_id("after-work-left")).to_contain_text(" s")
    snapshot(pedro, "pos-atendimento")
    pedro.get_by_test_id("after-work-ready").click()
    expect(pedro.get_by_test_id("after-work")).to_have_count(0)
