"""Row 6: nothing is lost and nothing comes twice when servers fail in the middle.

One run with everything at once, in scaled time: where a real outage lasts an hour, GLPI is away for
20 s and Meta for 12 s here. Odoo's waiting times are those of production.
"""

import itertools
import json
import threading
import time
import urllib.request

from sandbox.client import PhoneClient

from . import citizens
from .answers import INBOUND, OUTBOUND, Row, accepted_since, first_answers
from .ledger import Balance, balance, counted, occurrences
from .load import run_at_rate
from .result import Result
from .setting import Bench

NAME = "faults"
RATE = 6
SECONDS = 80
EVERYWHERE = {"duplicate_webhooks": 2, "disorder": True}
"""Faults during the whole run: every webhook comes three times, and not in order."""

SETTLED = """
SELECT (SELECT count(*) FROM whatsapp_event WHERE state = 'received'
           OR state = 'failed' AND next_try_at IS NOT NULL)
     + (SELECT count(*) FROM whatsapp_message WHERE direction = 'out' AND merged_into_id IS NULL
           AND state IN ('queued', 'sending', 'unknown'))
     + (SELECT count(*) FROM glpi_ticket WHERE state IN ('draft', 'pushing'))
     + (SELECT count(*) FROM queue_job WHERE state IN ('enqueued', 'started')
           OR state = 'pending' AND COALESCE(eta, now()::timestamp) < now()::timestamp
                                                                     + interval '10 seconds')
"""
# How often each message of a citizen stands in the archive: its row, and what is in Discuss.
STORED = """
SELECT wamid, count(*) FROM whatsapp_message
WHERE direction = 'in' AND id > %s AND wamid IS NOT NULL GROUP BY wamid
"""
EXTRA_IN_DISCUSS = """
SELECT COALESCE(sum(in_discuss - in_archive), 0) FROM (
    SELECT (SELECT count(*) FROM mail_message m WHERE m.model = 'discuss.channel'
               AND m.res_id = c.discuss_channel_id AND m.author_id = c.partner_id) AS in_discuss,
           (SELECT count(*) FROM whatsapp_message w WHERE w.direction = 'in'
               AND w.conversation_id = c.id) AS in_archive
    FROM contact_center_conversation c WHERE c.id > %s) counts
WHERE in_discuss > in_archive
"""
BY_PEOPLE = "SELECT id FROM contact_center_conversation WHERE id > %s AND queued_at IS NOT NULL"
TICKETS = """
SELECT c.protocol FROM glpi_ticket t JOIN contact_center_conversation c ON c.id = t.conversation_id
WHERE c.id > %s
"""
FAILED = "SELECT count(*) FROM whatsapp_event WHERE state = 'failed' AND id > %s"


class Marks:
    """Positions of the tables and the far side's list before the run."""

    def __init__(self, bench: Bench):
        def last(name: str) -> int:
            # The names stand below
            query = f"SELECT COALESCE(max(id), 0) FROM {name}"  # nosec B608
            return bench.query(query)[0][0]

        self.message = last("whatsapp_message")
        self.event = last("whatsapp_event")
        self.conversation = last("contact_center_conversation")
        self.accepted = accepted_since(bench.meta, 0)[1]


def measure(bench: Bench) -> Result:
    """Let citizens write through the simulated Meta while servers fail; count on both sides."""
    marks, group = Marks(bench), bench.new_group()
    sent: list[str] = []
    refused: list[str] = []
    seconds = bench.seconds(SECONDS)
    number = citizens.at_once(RATE, 4)

    def work(index: int) -> None:
        turn = citizens.turn(index, number)
        phone = PhoneClient(bench.stack.meta_url, citizens.wa_id(turn.citizen, group), "Maria")
        sent.append(phone.send_text(turn.text))
        if turn.stage == citizens.SCRIPT.index("pular") - 1:
            sent.append(phone.send_text("Já trocamos a tomada."))  # follows at once, and overtakes

    bench.meta.faults(**EVERYWHERE)
    load = threading.Thread(
        target=lambda: refused.extend(
            sample.error for sample in run_at_rate(work, rate=RATE, seconds=seconds) if sample.error
        )
    )
    load.start()
    try:
        kills = _fall_over(bench, seconds)
        load.join()
    finally:
        bench.meta.faults()
        _glpi(bench, "PUT", "/control/down", {"down": False})
    bench.say("waiting until everything has settled")
    settled_after = _settle(bench, 300)
    facts = _count(bench, marks, sent)
    details = _details(bench, marks, facts) | {
        "sent_by_citizens": len(sent),
        "kills": kills,
        "settled_after_seconds": settled_after,
        "refused_by_the_simulation": refused[:3],
    }
    return Result(
        NAME,
        f"lost or doubled: {kills} x kill -9, redelivery x3, disorder, GLPI and Meta down "
        f"({seconds:.0f} s, scaled)",
        "none",
        f"{facts.lost} lost, {facts.doubled} doubled of {len(sent)}",
        settled_after is not None and not facts.lost and not facts.doubled,
        details,
    )


def _details(bench: Bench, marks: Marks, facts: Balance) -> dict:
    """Return what the tables and the far side show, beside the balance."""
    accepted = accepted_since(bench.meta, marks.accepted)[0]
    return {
        **facts.as_dict(),
        "accepted_by_meta": sum(map(len, accepted.values())),
        "tickets": len(bench.query(TICKETS, [marks.conversation])),
        "events_failed": bench.query(FAILED, [marks.event])[0][0],
    }


def _fall_over(bench: Bench, seconds: float) -> int:
    """Let the servers fall over in turn; returns how often Odoo was killed."""
    start = time.monotonic()
    kills = itertools.count()

    def kill() -> None:
        bench.stack.kill_odoo()
        bench.stack.start_odoo()
        next(kills)

    for share, words, act in (
        (0.10, "GLPI goes down", lambda: _glpi(bench, "PUT", "/control/down", {"down": True})),
        (0.20, "Meta goes down", lambda: bench.meta.faults(**EVERYWHERE, down=True)),
        (0.35, "both are back", lambda: _all_back(bench)),
        (0.45, "kill -9 of Odoo", kill),
        (0.75, "kill -9 of Odoo", kill),
    ):
        time.sleep(max(0.0, start + seconds * share - time.monotonic()))
        bench.say(words)
        act()
    return next(kills)


def _all_back(bench: Bench) -> None:
    bench.meta.faults(**EVERYWHERE)
    _glpi(bench, "PUT", "/control/down", {"down": False})


def _settle(bench: Bench, seconds: float) -> float | None:
    """Wait until nothing is on its way; returns how long it took, None when it takes too long."""
    start = time.monotonic()
    calm = 0
    while time.monotonic() - start < seconds:
        quiet = not bench.query(SETTLED)[0][0] and not bench.meta.health()["pending_webhooks"]
        calm = calm + 1 if quiet else 0
        if calm == 4:
            return round(time.monotonic() - start, 1)
        time.sleep(1)
    return None


def _count(bench: Bench, marks: Marks, sent: list[str]) -> Balance:
    accepted, _last = accepted_since(bench.meta, marks.accepted)
    inbound = [Row(*row) for row in bench.query(INBOUND, [marks.message])]
    outbound = [Row(*row) for row in bench.query(OUTBOUND, [marks.message])]
    answers = first_answers(inbound, outbound)
    by_people = {row[0] for row in bench.query(BY_PEOPLE, [marks.conversation])}
    unanswered = [
        row.key for row in inbound if row.conversation not in by_people and row.key not in answers
    ]
    stored = dict(bench.query(STORED, [marks.message]))
    extra = bench.query(EXTRA_IN_DISCUSS, [marks.conversation])[0][0]
    if extra:
        stored[sent[0]] = stored.get(sent[0], 0) + int(extra)
    protocols = [row[0] for row in bench.query(TICKETS, [marks.conversation])]
    contents = [ticket["content"] for ticket in _glpi(bench, "GET", "/control/state")["tickets"]]
    return balance(
        sent,
        stored,
        len(unanswered),
        [row.key for row in outbound],
        counted(accepted),
        occurrences(protocols, contents),
    )


def _glpi(bench: Bench, method: str, path: str, value: dict | None = None) -> dict:
    """Ask the control API of the simulated GLPI."""
    data = json.dumps(value).encode() if value is not None else None
    request = urllib.request.Request(bench.stack.glpi_url + path, data, method=method)
    request.add_header("Content-Type", "application/json")
    # The sandbox, at an address of our own
    with urllib.request.urlopen(request, timeout=30) as answer:  # nosec B310
        return json.load(answer)
