"""Both sides of a run: where they stood, when all is settled, what differs."""

import json
import time
import urllib.request

from .answers import INBOUND, OUTBOUND, Row, accepted_since, first_answers
from .ledger import Balance, balance, counted, occurrences
from .setting import Bench

SETTLED = """
SELECT (SELECT count(*) FROM whatsapp_event WHERE state = 'received'
           OR state = 'failed' AND next_try_at IS NOT NULL)
     + (SELECT count(*) FROM whatsapp_message WHERE direction = 'out' AND merged_into_id IS NULL
           AND state IN ('queued', 'sending', 'unknown'))
     + (SELECT count(*) FROM whatsapp_message WHERE media_state = 'pending')
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
    """Where the tables and the far side's list stood before the run."""

    def __init__(self, bench: Bench):
        def last(name: str) -> int:
            # The names stand below
            query = f"SELECT COALESCE(max(id), 0) FROM {name}"  # nosec B608
            return bench.query(query)[0][0]

        self.message = last("whatsapp_message")
        self.event = last("whatsapp_event")
        self.conversation = last("contact_center_conversation")
        self.accepted = accepted_since(bench.meta, 0)[1]


def settle(bench: Bench, seconds: float) -> float | None:
    """Wait until nothing is on its way; return the time, None when it is too long."""
    start = time.monotonic()
    calm = 0
    while time.monotonic() - start < seconds:
        quiet = not bench.query(SETTLED)[0][0] and not bench.meta.health()["pending_webhooks"]
        calm = calm + 1 if quiet else 0
        if calm == 4:
            return round(time.monotonic() - start, 1)
        time.sleep(1)
    return None


def count(bench: Bench, marks: Marks, sent: list[str]) -> Balance:
    """Compare what citizens sent, archive, outbox, what Meta took, GLPI's tickets."""
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
    contents = [ticket["content"] for ticket in glpi(bench, "GET", "/control/state")["tickets"]]
    return balance(
        sent,
        stored,
        len(unanswered),
        [row.key for row in outbound],
        counted(accepted),
        occurrences(protocols, contents),
    )


def glpi(bench: Bench, method: str, path: str, value: dict | None = None) -> dict:
    """Ask the control API of the simulated GLPI."""
    data = json.dumps(value).encode() if value is not None else None
    request = urllib.request.Request(bench.stack.glpi_url + path, data, method=method)
    request.add_header("Content-Type", "application/json")
    # The sandbox, at an address of our own; thousands of tickets take it a while to tell
    with urllib.request.urlopen(request, timeout=600) as answer:  # nosec B310
        return json.load(answer)
