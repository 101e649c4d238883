"""Odoo, told to stop while it works with GLPI, ends in order; nothing is lost."""

import contextlib
import re
from collections.abc import Iterator

import psycopg2
import pytest

from devtools.databases import of_this_process
from devtools.servers import Stack
from devtools.story import Story, wait_until
from tests.e2e.technician import Technician

POLL = "glpi_server_cron_poll"
DUE = """
UPDATE ir_cron SET nextcall = (now() AT TIME ZONE 'utc') - INTERVAL '1 minute'
WHERE id = (SELECT res_id FROM ir_model_data WHERE module = 'glpi_connector' AND name = %s)
"""
IDLE = """
SELECT id FROM ir_cron
WHERE id = (SELECT res_id FROM ir_model_data WHERE module = 'glpi_connector' AND name = %s)
FOR UPDATE SKIP LOCKED
"""
NUMBER = """
SELECT coalesce(t.glpi_id, 0) FROM glpi_ticket t
JOIN contact_center_conversation c ON c.id = t.conversation_id WHERE c.protocol = %s
"""
ANSWER = "A equipe passa hoje à tarde."


@pytest.fixture(scope="module")
def own_stack() -> Iterator[Stack]:
    """Servers of this test's own, since it stops them."""
    with Stack(db_name=of_this_process("stop"), demo=True, quiet=0) as running:
        yield running


def execute(url: str, statement: str, *values: object) -> list[tuple]:
    """Run a statement past Odoo, in a transaction of its own; returns its rows."""
    with contextlib.closing(psycopg2.connect(url)) as connection:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []


def poll_soon(stack: Stack) -> None:
    """Have the scheduler read GLPI's news now."""
    execute(stack.db_url, DUE, POLL)
    execute(stack.environment.server.url("postgres"), f"NOTIFY cron_trigger, '{stack.db_name}'")


def polling(stack: Stack) -> bool:
    """Return whether the scheduler is running the action at this moment."""
    return not execute(stack.db_url, IDLE, POLL)


def said_while_stopping(stack: Stack) -> str:
    """Return the log since Odoo was told to stop; no connection may be lost in it."""
    log = stack.odoo_log.read_text(encoding="utf-8", errors="replace")
    stopped = log.rpartition("Initiating shutdown")[2]
    assert "already closed" not in stopped
    assert "Exception in cron" not in stopped
    assert "Closed " in stopped, "it was killed before it could close its connections"
    return stopped


def test_a_server_that_stops_lets_the_poll_of_glpi_end_first(own_stack: Stack) -> None:
    story = Story(own_stack, "5531976000077")
    for step in (story.greeting, story.identification, story.description, story.confirmation):
        step()
    story.ticket(60)
    (ticket,) = story.glpi_tickets()
    story.glpi("PUT", "/control/faults", {"delay_ms": 1_000})
    poll_soon(own_stack)
    wait_until(lambda: polling(own_stack), "the scheduler does not poll", 30)
    own_stack.stop_odoo()
    story.glpi("PUT", "/control/faults", {"delay_ms": 0})

    assert re.search(r"GLPI: read the news of open tickets.* done ", said_while_stopping(own_stack))

    followup = {"itemtype": "Ticket", "items_id": ticket["id"], "content": ANSWER}
    Technician(own_stack, "").call("POST", "ITILFollowup", followup)
    own_stack.start_odoo()
    poll_soon(own_stack)
    wait_until(
        lambda: sum(ANSWER in message["text"] for message in story.phone.received()) == 1,
        "the citizen does not hear what GLPI said",
        60,
    )


def test_a_server_that_stops_lets_the_job_that_opens_a_ticket_end_first(own_stack: Stack) -> None:
    story = Story(own_stack, "5531976000078")
    for step in (story.greeting, story.identification, story.description):
        step()
    story.glpi("PUT", "/control/faults", {"delay_after_create_ms": 5_000})
    story.confirmation()
    wait_until(lambda: len(story.glpi_tickets()) == 1, "the ticket is not made in GLPI", 60)
    assert execute(own_stack.db_url, NUMBER, story.protocol) == [(0,)], "GLPI had answered already"
    own_stack.stop_odoo()
    story.glpi("PUT", "/control/faults", {"delay_after_create_ms": 0})

    said_while_stopping(own_stack)
    (ticket,) = story.glpi_tickets()
    assert execute(own_stack.db_url, NUMBER, story.protocol) == [(ticket["id"],)]
    own_stack.start_odoo()
    story.ticket(60)
