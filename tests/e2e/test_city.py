"""The living demo: a past made on demand, and hours of a day played on top of it."""

import re
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from devtools.city.playing import Pace, Places, Play
from devtools.city.program import City, today
from devtools.databases import of_this_process
from devtools.servers import Stack
from devtools.story import wait_until
from tests.e2e.desk import admin, expect_pattern_in_log, person
from tests.e2e.people import People
from tests.e2e.test_story_in_browsers import snapshot

PAST_DAYS, PAST_CONTACTS = 21, 90
# From nine to noon in a bit more than half a minute
PACE = Pace(minutes=5, contacts=90, begins=9, ends=12)
CONVERSATION = "contact_center.conversation"
FORECAST = "contact_center.volume.forecast"
SIMULATION = "contact_center.simulation"
STAY = "contact_center.stay"


@pytest.fixture(scope="module")
def own_stack() -> Iterator[Stack]:
    """Servers of this file's own: the queues of the 156 would be in others' way."""
    with Stack(db_name=of_this_process("city"), demo=True, working_hours=True) as running:
        expect_pattern_in_log(
            running,
            "An agent and a citizen act on one conversation at once; Odoo repeats the request",
            r"ERROR odoo\.sql_db: bad query[\s\S]*deadlock detected",
        )
        yield running


@pytest.fixture(scope="module")
def city(own_stack: Stack) -> City:
    """Return the demo of those servers."""
    places = Places(own_stack.odoo_url, own_stack.meta_url, own_stack.db_name, own_stack.db_url)
    return City(own_stack.databases, places, made_here=True)


@pytest.fixture(scope="module")
def facts(city: City) -> dict:
    """Make the 156 with its past; return what is known of it."""
    return city.make(PAST_DAYS, PAST_CONTACTS)


def count(stack: Stack, model: str, *domain) -> int:
    """Return how many records there are."""
    return admin(stack).call(model, "search_count", list(domain))


def test_the_past_is_one_that_can_be_planned_from(
    own_stack: Stack, city: City, facts: dict
) -> None:
    """Contacts of weeks, and from them forecast, simulation of a day that fits, closed ledgers."""
    stack = own_stack
    served = count(stack, CONVERSATION, ("state", "=", "closed"), ("attendance", "=", "human"))
    assert served > PAST_DAYS * PAST_CONTACTS / 2
    assert not count(stack, STAY, ("left_at", "=", False))
    assert count(stack, CONVERSATION, ("satisfaction", "=", "very_good")) > 100
    still_in = [
        ("end", "=", False),
        ("kind", "!=", "logged_out"),
        ("user_id.login", "like", "agente"),
    ]
    assert not count(stack, "contact_center.agent.state", *still_in)

    before = count(stack, STAY)
    queues = facts["queues"]
    # The wallboard's link is a new one each time
    facts.update(city.make(PAST_DAYS, PAST_CONTACTS))
    assert facts["queues"] == queues
    assert count(stack, STAY) == before, "the past was made twice"

    sofia = person(stack, "sofia")
    forecast = sofia.call(FORECAST, "create", {"queue_id": facts["queues"]["streets"], "days": 7})
    sofia.call(FORECAST, "action_calculate", [forecast])
    (row,) = sofia.call(FORECAST, "read", [forecast], ["history_days", "words"])
    assert row["history_days"] >= PAST_DAYS - 2
    lines = sofia.search_read(
        "contact_center.volume.forecast.line", [("forecast_id", "=", forecast)], ["expected"]
    )
    assert sum(line["expected"] for line in lines) > PAST_CONTACTS / 4
    # Odoo closes the days of the contract by itself, one after the other
    wait_until(
        lambda: count(stack, "contact_center.indicator.seal") >= 3,
        "no day of the contract was closed",
        seconds=180,
    )


def test_a_past_day_is_reproduced(own_stack: Stack, facts: dict) -> None:
    """The simulation of a day of the past gives that day's service level."""
    sofia = person(own_stack, "sofia")
    yesterday = today() - timedelta(days=1)
    monday = yesterday - timedelta(days=yesterday.weekday())
    simulation = sofia.call(
        SIMULATION,
        "create",
        {
            "name": "Um dia da demonstração",
            "day": monday.isoformat(),
            "queue_ids": [(6, 0, list(facts["queues"].values()))],
        },
    )
    own_stack.shell(
        f"env['{SIMULATION}'].browse({simulation}).sudo()._simulate(print); env.cr.commit()"
    )
    (row,) = sofia.call(SIMULATION, "read", [simulation], ["fit", "words", "state"])
    assert (row["state"], row["fit"]) == ("done", "fits"), row["words"]


def test_a_day_is_played(own_stack: Stack, city: City, facts: dict, browser: Browser) -> None:
    """Citizens are served; board and wallboard show it; nothing is left open at the end."""
    told: list[str] = []
    play = Play(city.places, facts, PACE, told.append)
    ended: list[Counter] = []
    city.answer_by(facts["flow"])
    player = threading.Thread(target=lambda: ended.append(play.run(today(), "e2e")))
    player.start()
    people = People(browser, own_stack)
    try:
        wall = people.page("televisão", width=1920, height=1080)
        wall.goto(facts["wallboard"])
        sofia = people.user("sofia", "/odoo/equipe", width=1600, height=1000)
        sofia.wait_for_selector("[data-testid=team]")
        expect(wall.locator(".tile[data-kind=answered] .value")).to_have_text(
            re.compile(r"^([4-9]|\d\d+)$"), timeout=120_000
        )
        expect(wall.locator(".tile[data-kind=logged_in] .value")).to_have_text(re.compile(r"[1-9]"))
        in_service = sofia.locator("[data-testid=team-agent] [data-protocol]")
        expect(in_service.first).to_be_visible(timeout=60_000)
        snapshot(wall, "demonstracao-painel")
        snapshot(sofia, "demonstracao-equipe")
    finally:
        player.join(240)
        if player.is_alive():
            play.over.set()
            player.join()
        city.answer_by(0)
        for context in browser.contexts:
            context.close()
    assert ended and ended[0]["served"] >= 5, told
    assert ended[0]["self_service"] >= 3
    assert any("atendidos" in line for line in told)
    ours = [("queue_id", "in", list(facts["queues"].values()))]
    left = [("state", "in", ["queued", "in_service"])]
    assert not count(own_stack, CONVERSATION, *ours, *left)
    here = [("end", "=", False), ("kind", "!=", "logged_out"), ("user_id.login", "like", "agente")]
    assert not count(own_stack, "contact_center.agent.state", *here)
    usual = own_stack.shell(
        "print(env.ref('whatsapp_helpdesk.account_demo').flow_id.get_external_id())"
    )
    assert "flow_demo_it_support" in usual
