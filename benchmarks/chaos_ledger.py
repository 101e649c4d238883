"""What phones, Odoo and GLPI have at a run's end: lost, doubled, out of order."""

import dataclasses
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from .answers import INBOUND, OUTBOUND, Row, accepted_since, first_answers
from .both_sides import BY_PEOPLE, EXTRA_IN_DISCUSS, STORED, Marks, glpi
from .ledger import Balance, balance, counted
from .setting import Bench

SHOWN = 5
"""So many ids of what is wrong stand in the report."""

TOO_LATE = timedelta(seconds=5)
"""What came within this time before another one was processed may have been on its way."""

PROTOCOL = re.compile(r"\b20\d{8}\b")

ARRIVED = """
SELECT COALESCE(identity_id, 0), mail_message_id, wamid FROM whatsapp_message
WHERE direction = 'in' AND id > %s AND mail_message_id IS NOT NULL
"""
EVENTS = """
SELECT unique_key, id, at, create_date, processed_at FROM whatsapp_event
WHERE kind = 'message' AND id > %s AND processed_at IS NOT NULL
"""
OUTBOX = """
SELECT m.opaque, m.id, i.wa_id, m.state, m.error_code
FROM whatsapp_message m LEFT JOIN whatsapp_identity i ON i.id = m.identity_id
WHERE m.direction = 'out' AND m.id > %s AND m.merged_into_id IS NULL ORDER BY m.id
"""
PHOTOS = """
SELECT m.wamid, a.checksum FROM whatsapp_message m
LEFT JOIN ir_attachment a ON a.id = m.attachment_id
WHERE m.direction = 'in' AND m.id > %s AND m.wamid = ANY(%s)
"""
NOT_IN_DISCUSS = """
SELECT COALESCE(sum(in_archive - in_discuss), 0) FROM (
    SELECT (SELECT count(*) FROM mail_message m WHERE m.model = 'discuss.channel'
               AND m.res_id = c.discuss_channel_id AND m.author_id = c.partner_id) AS in_discuss,
           (SELECT count(*) FROM whatsapp_message w WHERE w.direction = 'in'
               AND w.conversation_id = c.id) AS in_archive
    FROM contact_center_conversation c WHERE c.id > %s) counts
WHERE in_discuss < in_archive
"""
TICKETS = """
SELECT c.protocol, t.state FROM glpi_ticket t
JOIN contact_center_conversation c ON c.id = t.conversation_id WHERE c.id > %s
"""


@dataclasses.dataclass(frozen=True)
class Arrived:
    """A citizen's message in the archive.

    :param place: its place in Discuss
    :param event: number of its row in the inbox
    :param at: when it was sent
    :param stored: when the inbox had it
    :param processed: when it was processed
    """

    wamid: str
    person: int
    place: int
    event: int
    at: datetime
    stored: datetime
    processed: datetime


@dataclasses.dataclass
class Found:
    """What a run left.

    :ivar balance: what is missing and what is too much
    :ivar disorder_in: messages of citizens behind a later one, though the inbox had them in time
    :ivar disorder_out: messages of the city that Meta took before an earlier one of that citizen
    :ivar too_late: messages that came when a later one had been answered: nobody could sort them
    :ivar photos_lost: photos that are not in Odoo as they were sent
    :ivar not_in_discuss: messages in the archive that their conversation does not show
    :ivar failed: {error: how many messages of the city failed with it}
    :ivar facts: how many of everything there is
    :ivar evidence: ids of some of what is wrong
    """

    balance: Balance
    disorder_in: list[str]
    disorder_out: list[str]
    too_late: int
    photos_lost: list[str]
    not_in_discuss: int
    failed: Counter
    facts: dict[str, int]
    evidence: dict[str, list] = dataclasses.field(default_factory=dict)

    @property
    def lost(self) -> int:
        """All that is missing somewhere."""
        failed = sum(number for code, number in self.failed.items() if code != "window")
        return self.balance.lost + len(self.photos_lost) + self.not_in_discuss + failed

    @property
    def doubled(self) -> int:
        """All that is somewhere too often."""
        return self.balance.doubled

    @property
    def disorder(self) -> int:
        """All that is not in order."""
        return len(self.disorder_in) + len(self.disorder_out)


def out_of_order(messages: Iterable[Arrived]) -> tuple[list[str], int]:
    """Return the ids of messages out of order, and how many came too late for it.

    Out of order stands behind a later one though it was there in time; too late came what came when
    a later one had been processed already.
    """
    people = defaultdict(list)
    for message in messages:
        people[message.person].append(message)
    wrong, too_late = [], 0
    for theirs in people.values():
        theirs.sort(key=lambda message: message.place)
        for index, message in enumerate(theirs):
            later = [one for one in theirs[:index] if one.at > message.at]
            if not later:
                continue
            in_time = [
                one
                for one in later
                if message.event < one.event or message.stored + TOO_LATE <= one.processed
            ]
            if in_time:
                wrong.append(message.wamid)
            else:
                too_late += 1
    return wrong, too_late


def taken_out_of_order(
    outbox: Mapping[str, tuple[int, str]], accepted: Mapping[str, list[float]]
) -> list[str]:
    """Return our ids of messages that Meta took after a citizen's later one.

    :param outbox: {our id: (number in the outbox, citizen)}
    :param accepted: {our id: when Meta took it}
    """
    people = defaultdict(list)
    for opaque, (number, citizen) in outbox.items():
        if opaque in accepted:
            people[citizen].append((min(accepted[opaque]), number, opaque))
    wrong = []
    for theirs in people.values():
        highest = 0
        for _at, number, opaque in sorted(theirs):
            if number < highest:
                wrong.append(opaque)
            highest = max(highest, number)
    return wrong


def compare(bench: Bench, marks: Marks, sent: list[str], photos: Mapping[str, str], late: set[str]):
    """Compare what citizens sent and got with what Odoo and GLPI have.

    :param sent: ids of all messages of citizens
    :param photos: {id of a photo's message: sha1 of the photo}
    :param late: citizens whose messages came three days late: nobody may answer them any more
    :return: `Found`
    """
    accepted, _last = accepted_since(bench.meta, marks.accepted)
    rows = bench.query(OUTBOX, [marks.message])
    failed = Counter(code or "unknown" for *_rest, state, code in rows if state == "failed")
    outbox = {
        opaque: (number, wa_id) for opaque, number, wa_id, state, _c in rows if state != "failed"
    }
    stored = dict(bench.query(STORED, [marks.message]))
    extra = int(bench.query(EXTRA_IN_DISCUSS, [marks.conversation])[0][0])
    tickets = _tickets(bench, marks)
    unanswered = _unanswered(bench, marks, set(photos), late)
    result = balance(sent, stored, len(unanswered), outbox, counted(accepted), tickets)
    result = dataclasses.replace(result, doubled_in=result.doubled_in + extra)
    wrong_in, too_late = out_of_order(_arrived(bench, marks))
    kept = dict(bench.query(PHOTOS, [marks.message, list(photos)]))
    found = Found(
        balance=result,
        disorder_in=wrong_in,
        disorder_out=taken_out_of_order(outbox, accepted),
        too_late=too_late,
        photos_lost=[wamid for wamid, sha1 in photos.items() if kept.get(wamid) != sha1],
        not_in_discuss=int(bench.query(NOT_IN_DISCUSS, [marks.conversation])[0][0]),
        failed=failed,
        facts={
            "sent by citizens": len(sent),
            "in the archive": len(set(sent) & set(stored)),
            "photos": len(photos),
            "in the outbox": len(outbox),
            "taken by Meta": sum(map(len, accepted.values())),
            "tickets": len(tickets),
        },
    )
    found.evidence = {
        "lost_in": [wamid for wamid in sent if wamid not in stored][:SHOWN],
        "unanswered": unanswered[:SHOWN],
        "lost_out": [opaque for opaque in outbox if opaque not in accepted][:SHOWN],
        "doubled_out": [key for key, times in accepted.items() if len(times) > 1][:SHOWN],
        "tickets": [key for key, number in tickets.items() if number != 1][:SHOWN],
        "disorder_in": found.disorder_in[:SHOWN],
        "disorder_out": found.disorder_out[:SHOWN],
        "photos_lost": found.photos_lost[:SHOWN],
    }
    return found


def _tickets(bench: Bench, marks: Marks) -> dict[str, int]:
    """Return {protocol of a ticket of ours: how many tickets of GLPI have it}."""
    state = glpi(bench, "GET", "/control/state")
    there = Counter(
        protocol
        for ticket in state["tickets"]
        for protocol in set(PROTOCOL.findall(ticket["content"]))
    )
    return {
        protocol: there[protocol] for protocol, _state in bench.query(TICKETS, [marks.conversation])
    }


def _arrived(bench: Bench, marks: Marks) -> list[Arrived]:
    events = {key.rpartition(":")[2]: rest for key, *rest in bench.query(EVENTS, [marks.event])}
    return [
        Arrived(wamid, person, place, *events[wamid])
        for person, place, wamid in bench.query(ARRIVED, [marks.message])
        if wamid in events
    ]


def _unanswered(bench: Bench, marks: Marks, photos: set[str], late: set[str]) -> list[str]:
    """Return messages to the bot without an answer.

    A photo has none of its own: the bot goes on when the citizen says that it was the last one.
    """
    inbound = [Row(*row) for row in bench.query(INBOUND, [marks.message])]
    outbound = [Row(*row) for row in bench.query(OUTBOUND, [marks.message])]
    answers = first_answers(inbound, outbound)
    excused = {row[0] for row in bench.query(BY_PEOPLE, [marks.conversation])}
    conversations = "SELECT c.id FROM contact_center_conversation c JOIN whatsapp_identity i"
    conversations += " ON i.id = c.whatsapp_identity_id WHERE i.wa_id = ANY(%s)"
    excused |= {row[0] for row in bench.query(conversations, [list(late)])}
    return [
        row.key
        for row in inbound
        if row.conversation not in excused and row.key not in photos and row.key not in answers
    ]
