"""Odoo is killed in the middle of its work: nothing is lost, nothing comes twice."""

import contextlib
import logging
import threading
import time
from collections.abc import Iterator

import psycopg2
import pytest

from benchmarks.answers import INBOUND, OUTBOUND, Row, accepted_since, first_answers
from benchmarks.ledger import Balance, balance, counted
from devtools.databases import of_this_process
from devtools.servers import Stack
from devtools.story import TICKET, Story, wait_until
from sandbox.client import MetaControl, PhoneClient
from tests.e2e.desk import ACCOUNT, admin, expect_pattern_in_log

_logger = logging.getLogger(__name__)

TEXTS = ("oi", "Maria das Graças Souza", "isto não é um e-mail", "maria.gracas@exemplo.com.br")
CITIZENS = 12
PAUSE = 1.0
"""Seconds between two messages of one citizen, who does not wait for answers."""

UNSETTLED = """
SELECT (SELECT count(*) FROM whatsapp_event WHERE state = 'received'
           OR state = 'failed' AND next_try_at IS NOT NULL)
     + (SELECT count(*) FROM whatsapp_message WHERE direction = 'out' AND merged_into_id IS NULL
           AND state IN ('queued', 'sending', 'unknown'))
"""
STORED = """
SELECT wamid, count(*) FROM whatsapp_message
WHERE direction = 'in' AND wamid IS NOT NULL GROUP BY wamid
"""
IN_DISCUSS = """
SELECT count(*) FROM mail_message m
JOIN contact_center_conversation c ON c.discuss_channel_id = m.res_id
WHERE m.model = 'discuss.channel' AND m.author_id = c.partner_id
"""

NUMBER = """
SELECT t.glpi_id FROM glpi_ticket t
JOIN contact_center_conversation c ON c.id = t.conversation_id WHERE c.protocol = %s
"""

LONGEST_WAIT = 10
"""Seconds that anything waits after a kill, from the moment when a server is there again."""

# What a process leaves that is killed when a delivery is on record and no job is woken for it yet
LEFT_BEHIND = """
INSERT INTO whatsapp_event (kind, unique_key, contact_key, account_id, phone_number_id, waba_id, at,
    payload, state, tries, create_date, write_date, create_uid, write_uid)
SELECT kind, replace(unique_key, %(old)s, %(new)s), contact_key, account_id, phone_number_id,
    waba_id, at, replace(payload::text, %(old)s, %(new)s)::jsonb, 'received', 0,
    now() AT TIME ZONE 'utc', now() AT TIME ZONE 'utc', create_uid, write_uid
FROM whatsapp_event WHERE kind = 'message' AND payload->'message'->>'id' = %(old)s
"""

# What was there before the server came back, and how long the last of it waited from then on
WAITED = """
SELECT count(*), max(EXTRACT(EPOCH FROM processed_at - to_timestamp(%(back)s) AT TIME ZONE 'utc'))
FROM whatsapp_event WHERE kind = 'message' AND state = 'processed'
AND create_date < to_timestamp(%(back)s) AT TIME ZONE 'utc'
AND processed_at >= date_trunc('second', to_timestamp(%(back)s) AT TIME ZONE 'utc')
"""


@pytest.fixture(scope="module")
def own_stack() -> Iterator[Stack]:
    """Servers of these tests' own, since they kill them."""
    with Stack(db_name=of_this_process("kill"), demo=True, quiet=0) as running:
        yield running


def query(stack: Stack, statement: str, *values: object, **named: object) -> list[tuple]:
    """Return rows from the database, past Odoo."""
    connection = psycopg2.connect(stack.db_url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, named or values)
            return cursor.fetchall()
    finally:
        connection.close()


def change(stack: Stack, statement: str, **values: object) -> None:
    """Change one row of the database, past Odoo."""
    with contextlib.closing(psycopg2.connect(stack.db_url)) as connection, connection:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            assert cursor.rowcount == 1, statement


def warm_up(stack: Stack, sent: list[str]) -> None:
    """Let somebody be answered: while Odoo loads what the first needs all others would gather."""
    phone = PhoneClient(stack.meta_url, f"55319750{CITIZENS:05}", "Rosa", timeout=90)
    sent.append(phone.send_text("oi"))
    phone.wait_for(lambda message: bool(message["text"]))


def burst(stack: Stack, sent: list[str]) -> list[threading.Thread]:
    """Let citizens begin to write, all at once; add their messages' ids to ``sent``."""

    def write(number: str) -> None:
        phone = PhoneClient(stack.meta_url, number, "Maria")
        for text in TEXTS:
            sent.append(phone.send_text(text))
            time.sleep(PAUSE)

    threads = [
        threading.Thread(target=write, args=(f"55319750{index:05}",)) for index in range(CITIZENS)
    ]
    for thread in threads:
        thread.start()
    return threads


def both_sides(stack: Stack, meta: MetaControl, sent: list[str]) -> Balance:
    """Return the lost and doubled messages, here and at Meta."""
    inbound = [Row(*row) for row in query(stack, INBOUND, 0)]
    outbound = [Row(*row) for row in query(stack, OUTBOUND, 0)]
    answers = first_answers(inbound, outbound)
    return balance(
        sent,
        dict(query(stack, STORED)),
        sum(1 for row in inbound if row.key not in answers),
        [row.key for row in outbound],
        counted(accepted_since(meta, 0)[0]),
        {},
    )


def answered(stack: Stack, sent: list[str]) -> bool:
    """Return whether every message sent until now has its answer at Meta."""
    return both_sides(stack, MetaControl(stack.meta_url), sent) == Balance()


def kill(stack: Stack) -> None:
    """Kill Odoo with signal 9 in the middle of its work."""
    expect_pattern_in_log(
        stack, "Jobs of the killed Odoo are taken up again", r"Re-queued dead job with uuid: "
    )
    stack.kill_odoo()
    assert not stack.odoo_alive


def leave_behind(stack: Stack, sent: list[str]) -> None:
    """Have a message on record for which the killed process woke no job."""
    new = f"{sent[0]}LEFT"
    change(stack, LEFT_BEHIND, old=sent[0], new=new)
    sent.append(new)


def test_killed_odoo_loses_and_doubles_nothing(own_stack: Stack) -> None:
    meta, sent = MetaControl(own_stack.meta_url), []
    account = admin(own_stack).call(ACCOUNT, "search", [], limit=1)
    admin(own_stack).call(ACCOUNT, "write", account, {"unknown_grace_seconds": 10})

    warm_up(own_stack, sent)
    threads = burst(own_stack, sent)
    a_third = len(TEXTS) * CITIZENS // 3
    wait_until(lambda: len(meta.accepted()) >= a_third, "the burst does not begin", 60)
    kill(own_stack)
    assert len(sent) <= len(TEXTS) * CITIZENS or not answered(own_stack, sent), "it was over"
    leave_behind(own_stack, sent)
    own_stack.start_odoo()
    back = time.time()
    for thread in threads:
        thread.join()
    assert len(sent) == len(TEXTS) * CITIZENS + 2

    def settled() -> bool:
        waiting = meta.health()["pending_webhooks"] or query(own_stack, UNSETTLED)[0][0]
        return not waiting and answered(own_stack, sent)

    try:
        wait_until(settled, "not everything arrived everywhere, once", 150)
    finally:
        found = both_sides(own_stack, meta, sent)
    assert found == Balance()
    assert query(own_stack, IN_DISCUSS)[0][0] == len(sent)
    citizens = query(own_stack, "SELECT count(*) FROM contact_center_conversation")[0][0]
    assert citizens == CITIZENS + 1
    waiting, longest = query(own_stack, WAITED, back=back)[0]
    _logger.info("%s messages waited for Odoo, and %.0f s at most for their turn", waiting, longest)
    assert waiting, "nothing had been left to be taken up"
    assert longest <= LONGEST_WAIT


def test_killed_while_glpi_answers_opens_one_ticket(own_stack: Stack) -> None:
    """GLPI has made the ticket and is about to say so when Odoo is killed."""
    story = Story(own_stack, "5531976000001")
    for step in (story.greeting, story.identification, story.description):
        step()
    story.glpi("PUT", "/control/faults", {"delay_after_create_ms": 20_000})
    story.confirmation()
    wait_until(lambda: len(story.glpi_tickets()) == 1, "the ticket is not made in GLPI", 60)
    number = query(own_stack, NUMBER, story.protocol)[0][0]
    assert not number, "GLPI had answered already: the test proves nothing"
    kill(own_stack)
    story.glpi("PUT", "/control/faults", {"delay_after_create_ms": 0})
    own_stack.start_odoo()
    story.ticket(150)
    assert len(story.glpi_tickets()) == 1
    told = [message for message in story.phone.received() if TICKET.search(message["text"])]
    assert len(told) == 1
