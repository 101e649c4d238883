"""Row: everybody writes at once, and the center comes back to normal by itself.

10,000 citizens write within a minute (a breakdown in the whole city); every fifth of them writes a
second time. One agent goes on serving a conversation meanwhile.
"""

import threading
import time

from devtools.odoo_client import OdooClient

from . import citizens
from .answers import accepted_since
from .both_sides import Marks
from .chaos_ledger import Found, compare
from .load import in_milliseconds, run_at_rate
from .processor import ProcessorTime
from .result import Result, milliseconds
from .row_screen import HAND_OVER
from .setting import Bench

NAME = "storm"
CITIZENS = 10_000
SECONDS = 60
TWICE_EVERY = 5
AGENT_PAUSE = 3.0
AGENT_GOAL_MS = 5000
NORMAL_SECONDS = 5.0
"""Back to normal: whoever writes afterwards is answered within this time."""

PATIENCE = 3600
TRIES = 200
LOGIN = "joana"
OPAQUE = """
SELECT mail_message_id, opaque FROM whatsapp_message
WHERE mail_message_id = ANY(%s) AND direction = 'out'
"""
CHANNEL = "SELECT discuss_channel_id FROM contact_center_conversation WHERE id = %s"


class Agent:
    """An agent who serves one citizen and answers on and on while the storm lasts."""

    def __init__(self, bench: Bench):
        self.bench = bench
        number = citizens.wa_id(0, bench.new_group())
        bench.write(number, "oi")
        bench.drain()
        ((self.conversation, _number),) = bench.json_shell(HAND_OVER, wa_ids=[number])
        self.client = OdooClient(bench.stack.odoo_url, bench.stack.db_name)
        self.client.login(LOGIN, f"{LOGIN}-demo-2026")
        self.client.call("contact_center.conversation", "action_take", [self.conversation])
        ((self.channel,),) = bench.query(CHANNEL, [self.conversation])
        bench.drain()
        self.posted: dict[int, float] = {}
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._answer)

    def _answer(self) -> None:
        while not self.over.is_set():
            began = time.time()
            text = f"Estou verificando, um momento. {len(self.posted)}"
            self.posted[self.client.post(self.channel, text)] = began
            self.over.wait(AGENT_PAUSE)

    def stop(self) -> None:
        """Answer no more."""
        self.over.set()
        self.thread.join()

    def waits(self, accepted: dict[str, list[float]]) -> list[float]:
        """Return the seconds from Enter until Meta had the answer, of those it has."""
        rows = dict(self.bench.query(OPAQUE, [list(self.posted)]))
        return [
            min(accepted[rows[message]]) - began
            for message, began in self.posted.items()
            if rows.get(message) in accepted
        ]


def measure(bench: Bench) -> Result:
    """Let everybody write; see what becomes of it, and how long it takes."""
    number = bench.pick(CITIZENS, CITIZENS // 10, 20)
    seconds = bench.pick(SECONDS, SECONDS, 2)
    agent, group, marks = Agent(bench), bench.new_group(), Marks(bench)
    sent: list[str] = []
    first = number * TWICE_EVERY // (TWICE_EVERY + 1)

    def work(index: int) -> None:
        citizen = index if index < first else (index - first) * TWICE_EVERY
        text = "oi" if index < first else "Está sem água na minha rua"
        wamid = f"wamid.storm.{group}.{index}"
        _deliver(bench, citizens.wa_id(citizen, group), text, wamid)
        sent.append(wamid)

    agent.thread.start()
    with ProcessorTime(bench.stack) as processor:
        samples = run_at_rate(work, rate=number / seconds, seconds=seconds, threads=64)
        began = time.monotonic()
        drained = bench.drain(PATIENCE)
        after = round(time.monotonic() - began, 1)
    agent.stop()
    normal = _answered_after(bench)
    bench.drain()
    found = compare(bench, marks, sent, {}, set())
    accepted = accepted_since(bench.meta, marks.accepted)[0]
    waits = agent.waits(accepted)
    refused = [sample.error for sample in samples if sample.error]
    return _result(
        found,
        in_milliseconds(waits),
        {
            "citizens": number,
            "seconds": seconds,
            "refused": refused[:3],
            "drained": drained,
            "drained_after_seconds": after,
            "answered_afterwards_seconds": normal,
            "agent_lost": len(agent.posted) - len(waits),
            "processor_seconds": processor.used,
        },
    )


def _deliver(bench: Bench, wa_id: str, text: str, wamid: str) -> None:
    """Deliver a message as Meta does: again until it is answered 200."""
    for attempt in range(TRIES):
        try:
            bench.write(wa_id, text, wamid)
        except Exception:
            if attempt == TRIES - 1:
                raise
            time.sleep(min(0.5 * 2**attempt, 15))
        else:
            return


def _answered_after(bench: Bench) -> float | None:
    """Return the seconds until somebody who writes now is answered; None when they are not."""
    last, began = accepted_since(bench.meta, 0)[1], time.monotonic()
    bench.write(citizens.wa_id(0, bench.new_group()), "oi")
    while time.monotonic() - began < 60:
        if accepted_since(bench.meta, last)[0]:
            return round(time.monotonic() - began, 2)
        time.sleep(0.02)
    return None


def _result(found: Found, agent: dict, details: dict) -> Result:
    normal = details["answered_afterwards_seconds"]
    whole = not (found.lost or found.doubled or found.disorder or details["agent_lost"])
    calm = details["drained"] and normal is not None and normal < NORMAL_SECONDS
    return Result(
        NAME,
        f"{details['citizens']:,} messages within {details['seconds']} s, an agent answering",
        f"none lost, doubled, out of order; agent p95 < {AGENT_GOAL_MS // 1000} s; back to normal",
        f"{found.lost} lost, {found.doubled} doubled, {found.disorder} out of order; all answered "
        f"{details['drained_after_seconds']} s later; agent p95 {milliseconds(agent['p95_ms'])}; "
        f"then an answer in {normal} s",
        bool(whole and calm and not details["refused"] and agent["p95_ms"] < AGENT_GOAL_MS),
        {
            **details,
            "agent": agent,
            **found.balance.as_dict(),
            "disorder": found.disorder,
            "failed": dict(found.failed),
            "evidence": found.evidence,
        },
    )
